"""When calendars are read and written."""

from typing import Any

from domain.appointments.events import AppointmentEvent
from domain.calendars.events import CalendarDrifted, CalendarLinked
from integrations.caldav import CalDavClient, Login
from integrations.caldav.events import Reading
from plugins import calendar_sync
from plugins.caldav.settings import Settings
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.way_out import CALENDAR, WayOut

NAME = "caldav"


def provider(context: Capability | PluginContext) -> CalDavClient:
    """The account that a tenant has set."""
    settings = context.settings
    assert isinstance(settings, Settings)
    addresses = frozenset(each.lower() for each in (*settings.addresses, settings.username))
    return CalDavClient(
        Login(settings.url, settings.username, settings.password.get_secret_value()),
        WayOut.to(CALENDAR, context.http),
        context.clock,
        Reading(context.tenant.timezone, addresses, settings.tentative_is_busy),
    )


async def write(event: AppointmentEvent, context: PluginContext) -> None:
    """A visit was booked, moved, called off, approved: it stands in calendars accordingly."""
    await calendar_sync.write(context, provider(context), NAME, event.appointment_id)


async def begin(event: CalendarLinked, context: PluginContext) -> None:
    """A calendar was linked: read it, and write the visits that are to come."""
    if event.plugin != NAME:
        return
    await calendar_sync.look(context.unit_of_work, provider(context), event.calendar_link_id)
    await calendar_sync.write_all(context, provider(context), event.calendar_link_id)


async def repair(event: CalendarDrifted, context: PluginContext) -> None:
    """Somebody has moved or deleted a visit of ours there: put it right."""
    if event.plugin == NAME:
        await calendar_sync.repair(context, provider(context), event)


async def look(payload: dict[str, Any], context: PluginContext) -> None:
    """See what is new in every calendar."""
    await calendar_sync.look_at_all(context, provider(context), NAME)


async def check(context: Capability) -> None:
    """Find the calendars of the account. Raises `Unavailable` and `CalendarRefused`."""
    await provider(context).calendars()
