"""A plugin of calendars: what it does about events, and all the time, whichever service it asks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentEvent,
    AppointmentRescheduled,
    AppointmentStatusChanged,
)
from domain.calendars.events import CalendarDrifted, CalendarLinked
from domain.calendars.ports import CalendarProvider
from domain.personal import DataClass
from plugins import calendar_sync
from plugins.capability import Capability
from plugins.context import PluginContext
from plugins.spec import Subscribe

# How often calendars are read when nobody calls.
EVERY = timedelta(minutes=5)
# Seconds. A year of a full calendar is long, and servers at home are slow.
PATIENCE = 60.0
CHANGES = (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentRescheduled,
    AppointmentStatusChanged,
)
PERMISSIONS = frozenset({"appointments:read", "business:read"})
DATA = frozenset({DataClass.APPOINTMENT, DataClass.BUSINESS})


@dataclass(frozen=True)
class CalendarDesk:
    """The handlers of one plugin."""

    plugin: str
    provider: Callable[[Capability | PluginContext], CalendarProvider]
    """Who asks the service for a tenant."""

    def subscribe(self, subscribe: Subscribe) -> None:
        """Visits are written as they change, and put right where somebody touched them."""
        for event in CHANGES:
            subscribe(event, self.write, timeout=PATIENCE)
        subscribe(CalendarLinked, self.begin, timeout=PATIENCE)
        subscribe(CalendarDrifted, self.repair, timeout=PATIENCE)

    async def write(self, event: AppointmentEvent, context: PluginContext) -> None:
        """A visit was booked, moved, called off, approved: it stands in calendars accordingly."""
        provider = self.provider(context)
        await calendar_sync.write(context, provider, self.plugin, event.appointment_id)

    async def begin(self, event: CalendarLinked, context: PluginContext) -> None:
        """A calendar was linked: read it, and write the visits that are to come."""
        if event.plugin != self.plugin:
            return
        provider = self.provider(context)
        await calendar_sync.look(context.unit_of_work, provider, event.calendar_link_id)
        await calendar_sync.write_all(context, provider, event.calendar_link_id)

    async def repair(self, event: CalendarDrifted, context: PluginContext) -> None:
        """Somebody has moved or deleted a visit of ours there: put it right."""
        if event.plugin == self.plugin:
            await calendar_sync.repair(context, self.provider(context), event)

    async def look(self, payload: dict[str, Any], context: PluginContext) -> None:
        """See what is new in every calendar."""
        await calendar_sync.look_at_all(context, self.provider(context), self.plugin)

    async def check(self, context: Capability) -> None:
        """Find the calendars of the account. Raises whatever stands in the way."""
        await self.provider(context).calendars(None)
