"""Calendars of staff and rooms by CalDAV: their busy times count, and visits are written there."""

from datetime import timedelta

from domain.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentRescheduled,
    AppointmentStatusChanged,
)
from domain.calendars.events import CalendarDrifted, CalendarLinked
from domain.calendars.ports import CalendarProvider
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.caldav.handlers import NAME, begin, check, look, provider, repair, write
from plugins.caldav.settings import Settings
from plugins.manifest import Category, Manifest
from plugins.spec import Checking, Later, Provide, Subscribe, hookimpl

# How often calendars are read when nobody calls.
EVERY = timedelta(minutes=5)
# Seconds. A year of a full calendar is long, and servers at home are slow.
PATIENCE = 60.0


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="Calendars by CalDAV",
        summary="iCloud, Fastmail, Nextcloud and others: busy times count, visits are written.",
        version="1",
        category=Category.CALENDAR,
        settings=Settings,
        permissions=frozenset({"appointments:read", "business:read"}),
        data=frozenset({DataClass.APPOINTMENT, DataClass.BUSINESS}),
        purpose=Purpose.SCHEDULING,
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Visits are written as they change, and put right where somebody touched them."""
    changes = (
        AppointmentBooked,
        AppointmentCancelled,
        AppointmentRescheduled,
        AppointmentStatusChanged,
    )
    for event in changes:
        subscribe(event, write, timeout=PATIENCE)
    subscribe(CalendarLinked, begin, timeout=PATIENCE)
    subscribe(CalendarDrifted, repair, timeout=PATIENCE)


@hookimpl
def register_providers(provide: Provide) -> None:
    """Calendars can be read while somebody is on the telephone."""
    provide(CalendarProvider, provider)  # type: ignore[type-abstract]  # the port itself


@hookimpl
def register_jobs(later: Later) -> None:
    """What is new is looked for all the time."""
    later(look, every=EVERY, timeout=PATIENCE)


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the account shows its calendars."""
    checking(check)
