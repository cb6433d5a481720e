"""What webhooks need of a worker: a way out, and answers to payload documents."""

from dataclasses import replace

from api.graphql.payloads import PayloadRenderer
from deskbell.bootstrap import Wiring
from deskbell.settings import Settings
from integrations.http_out import Reach
from plugins.delivery import Deliverer


def reach(settings: Settings) -> Reach:
    """Where webhooks may go."""
    return Reach.parse(settings.webhook_networks, settings.webhook_ports)


def deliverer(wiring: Wiring) -> Deliverer:
    """What a worker does, with everything that webhooks need."""
    return replace(
        wiring.deliverer,
        http=wiring.equipment.http,
        accounts=wiring.equipment.accounts,
        renderer=PayloadRenderer(wiring.unit_of_work, wiring.live, wiring.registry),
    )
