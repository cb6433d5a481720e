"""When diaries are read and written."""

from typing import Any

from domain.appointments.events import AppointmentEvent
from domain.calendars.events import CalendarDrifted, CalendarLinked
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
from plugins import calendar_sync
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


async def write(event: AppointmentEvent, context: PluginContext) -> None:
    """A visit was booked, moved, called off, approved: it stands in diaries accordingly."""
    await calendar_sync.write(context, provider(context), NAME, event.appointment_id)


async def begin(event: CalendarLinked, context: PluginContext) -> None:
    """A diary was linked: read it, and write the visits that are to come."""
    if event.plugin != NAME:
        return
    await calendar_sync.look(context.unit_of_work, provider(context), event.calendar_link_id)
    await calendar_sync.write_all(context, provider(context), event.calendar_link_id)


async def repair(event: CalendarDrifted, context: PluginContext) -> None:
    """Somebody has moved or called off a visit of ours there: put it right."""
    if event.plugin == NAME:
        await calendar_sync.repair(context, provider(context), event)


async def correct(event: ContactChanged, context: PluginContext) -> None:
    """Something about a person was corrected: it is right there, too."""
    async with context.unit_of_work() as uow:
        found = await visitor(uow, event.contact_id)
    if found is not None:
        await patients(context).correct(found)


async def look(payload: dict[str, Any], context: PluginContext) -> None:
    """See what is new in every diary."""
    await calendar_sync.look_at_all(context, provider(context), NAME)


async def check(context: Capability) -> None:
    """Find the diaries of the practice. Raises `Unavailable` and `CalendarRefused`."""
    await provider(context).calendars()
