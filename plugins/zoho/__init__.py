"""Zoho CRM: who calls is found there, and calls, leads and messages stand there."""

from domain.crm.wire import Wire
from domain.entrance import Access, Entrance
from domain.outgoing import Http
from integrations.zoho import Zoho, fault
from plugins.customer_file import CustomerFile
from plugins.manifest import Manifest
from plugins.spec import hookimpl
from plugins.zoho.settings import Settings


def speak(http: Http, access: Access[Entrance], settings: Settings) -> Zoho:
    """One organisation; Zoho has a word of its own for tokens."""
    wire = Wire(http, access, fault, "Zoho-oauthtoken")
    return Zoho(wire, settings.stage, settings.days_to_close)


FILE = CustomerFile("zoho", speak, remains="its recycle bin keeps it for 60 days")


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return FILE.manifest("Zoho CRM", "Zoho Corporation", Settings)


register_event_handlers = FILE.register_event_handlers
register_personal_data = FILE.register_personal_data
register_providers = FILE.register_providers
register_jobs = FILE.register_jobs
register_checks = FILE.register_checks
