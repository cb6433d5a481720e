"""When diaries are read and written."""

from domain.contacts.events import ContactChanged
from integrations.fhir import (
    BackendClient,
    FhirCalendar,
    Patients,
    SmartAccess,
    Tokens,
    Wire,
)
from integrations.fhir.resources import Naming
from plugins.calendar_desk import CalendarDesk
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.fhir.settings import Settings
from plugins.fhir.visitors import NAME, OfBusiness, visitor
from plugins.way_out import CALENDAR, WayOut

# A provider is made anew for each call and job; what opens a server lasts longer.
TOKENS = Tokens()


def patients(context: Capability | PluginContext) -> Patients:
    """The patients of the practice that a tenant has set."""
    settings = context.settings
    assert isinstance(settings, Settings)
    base, owner = settings.base_url.rstrip("/"), context.tenant_id.hex
    client = BackendClient(
        settings.client_id,
        settings.key_id,
        settings.private_key.get_secret_value(),
        settings.scopes,
        settings.token_url,
    )
    http = WayOut.to(CALENDAR, context.http)
    access = SmartAccess(base, owner, client, http, context.clock, TOKENS)
    return Patients(Wire(base, http, access), Naming(owner), context.tenant.region)


def provider(context: Capability | PluginContext) -> FhirCalendar:
    """The diaries there."""
    settings = context.settings
    assert isinstance(settings, Settings)
    known = patients(context)
    return FhirCalendar(
        known.wire, known, OfBusiness(context), context.clock, settings.tentative_is_busy
    )


DESK = CalendarDesk(NAME, provider)


async def correct(event: ContactChanged, context: PluginContext) -> None:
    """Something about a person was corrected: it is right there, too."""
    async with context.unit_of_work() as uow:
        found = await visitor(uow, event.contact_id)
    if found is not None:
        await patients(context).correct(found)
