"""HubSpot: who calls is found there, and calls, leads and messages stand there."""

from domain.crm.wire import Wire
from domain.entrance import Access, Entrance
from domain.outgoing import Http
from integrations.hubspot import HubSpot, fault
from plugins.crm_hints import PATH
from plugins.customer_file import CustomerFile
from plugins.hubspot.hooks import hear
from plugins.hubspot.settings import Settings
from plugins.manifest import Manifest
from plugins.spec import Mount, hookimpl


def speak(http: Http, access: Access[Entrance], settings: Settings) -> HubSpot:
    """One account."""
    return HubSpot(Wire(http, access, fault), settings.pipeline, settings.stage)


FILE = CustomerFile("hubspot", speak)


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return FILE.manifest("HubSpot", "HubSpot, Inc.", Settings)


register_event_handlers = FILE.register_event_handlers
register_personal_data = FILE.register_personal_data
register_providers = FILE.register_providers
register_jobs = FILE.register_jobs
register_checks = FILE.register_checks


@hookimpl
def register_routes(mount: Mount) -> None:
    """HubSpot tells what was changed there."""
    mount(PATH, hear)
