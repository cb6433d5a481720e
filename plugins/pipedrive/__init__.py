"""Pipedrive: who calls is found there, and calls, leads and messages stand there."""

from domain.crm.wire import Wire
from domain.entrance import Access, Entrance
from domain.outgoing import Http
from integrations.pipedrive import Pipedrive, fault
from plugins.crm_hints import PATH
from plugins.customer_file import CustomerFile
from plugins.manifest import Manifest
from plugins.pipedrive.hooks import hear
from plugins.pipedrive.settings import Settings
from plugins.spec import Mount, hookimpl


def speak(http: Http, access: Access[Entrance], settings: Settings) -> Pipedrive:
    """One company."""
    return Pipedrive(Wire(http, access, fault))


FILE = CustomerFile("pipedrive", speak, remains="Pipedrive deletes it for good after 30 days")


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return FILE.manifest("Pipedrive", "Pipedrive OÜ", Settings)


register_event_handlers = FILE.register_event_handlers
register_personal_data = FILE.register_personal_data
register_providers = FILE.register_providers
register_jobs = FILE.register_jobs
register_checks = FILE.register_checks


@hookimpl
def register_routes(mount: Mount) -> None:
    """Pipedrive tells who was changed there."""
    mount(PATH, hear)
