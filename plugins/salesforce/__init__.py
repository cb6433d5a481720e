"""Salesforce: who calls is found there, and calls, leads and messages stand there."""

from domain.crm.wire import Wire
from domain.entrance import Access, Entrance
from domain.outgoing import Http
from integrations.salesforce import Salesforce, fault, left
from plugins.customer_file import CustomerFile
from plugins.manifest import Manifest
from plugins.salesforce.settings import Settings
from plugins.spec import hookimpl


def speak(http: Http, access: Access[Entrance], settings: Settings) -> Salesforce:
    """One organisation."""
    wire = Wire(http, access, fault, left=left)
    return Salesforce(wire, settings.stage, settings.days_to_close)


FILE = CustomerFile("salesforce", speak, remains="its recycle bin keeps it for 15 days")


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return FILE.manifest("Salesforce", "Salesforce, Inc.", Settings)


register_event_handlers = FILE.register_event_handlers
register_personal_data = FILE.register_personal_data
register_providers = FILE.register_providers
register_jobs = FILE.register_jobs
register_checks = FILE.register_checks
