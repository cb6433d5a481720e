"""What connected accounts need: the services an operator named, and a way out to them."""

from deskbell.settings import Settings
from domain.work import UnitsOfWork
from integrations.http_out import Outbound, Reach, usual_trust
from integrations.oauth import OAuthClient
from plugins.connections.desk import ConnectionDesk
from plugins.connections.providers import Providers
from plugins.connections.way_out import ToServices

# Seconds; less than the lease under which tokens are renewed.
PATIENCE = 15.0
# Tokens of some services hold a list of everything somebody may do.
MOST_ANSWER = 64 * 1024


def connection_desk(settings: Settings, unit_of_work: UnitsOfWork) -> ConnectionDesk:
    """Whoever connects accounts. Raises `ValueError` for a file of services that is wrong."""
    out = Outbound(
        Reach.parse(settings.webhook_networks, settings.webhook_ports),
        patience=PATIENCE,
        trust=usual_trust(settings.tls_floor),
        most=MOST_ANSWER,
    )
    providers = Providers.read(settings.oauth_providers_file)
    client = OAuthClient(ToServices(out))
    return ConnectionDesk(unit_of_work, client, providers, settings.public_url)
