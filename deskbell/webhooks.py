"""What plugins need of a worker: a way out and in, and answers to payload documents."""

from dataclasses import replace

from api.graphql.payloads import PayloadRenderer
from deskbell.bootstrap import Wiring
from deskbell.settings import Settings
from integrations.http_out import Reach
from plugins.delivery import Deliverer
from plugins.routes import PluginLinks


def reach(settings: Settings) -> Reach:
    """Where webhooks may go."""
    return Reach.parse(settings.webhook_networks, settings.webhook_ports)


def plugin_links(wiring: Wiring) -> PluginLinks:
    """Makes and reads the addresses of plugins."""
    secret = wiring.deployment.secret("plugins")
    return PluginLinks(wiring.deployment.settings.public_url, secret)


def deliverer(wiring: Wiring) -> Deliverer:
    """What a worker does, with everything that plugins need."""
    return replace(
        wiring.deliverer,
        http=wiring.equipment.http,
        accounts=wiring.equipment.accounts,
        links=plugin_links(wiring),
        renderer=PayloadRenderer(wiring.unit_of_work, wiring.live, wiring.registry),
    )
