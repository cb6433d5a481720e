"""Calendars of staff and rooms by CalDAV: their busy times count, and visits are written there."""

from domain.calendars.ports import CalendarProvider
from domain.privacy.purposes import Purpose
from plugins.caldav.handlers import DESK, NAME, provider
from plugins.caldav.settings import Settings
from plugins.calendar_desk import DATA, EVERY, PATIENCE, PERMISSIONS
from plugins.manifest import Category, Manifest
from plugins.spec import Checking, Later, Provide, Subscribe, hookimpl


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
        permissions=PERMISSIONS,
        data=DATA,
        purpose=Purpose.SCHEDULING,
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Visits are written as they change, and put right where somebody touched them."""
    DESK.subscribe(subscribe)


@hookimpl
def register_providers(provide: Provide) -> None:
    """Calendars can be read while somebody is on the telephone."""
    provide(CalendarProvider, provider)  # type: ignore[type-abstract]  # the port itself


@hookimpl
def register_jobs(later: Later) -> None:
    """What is new is looked for all the time."""
    later(DESK.look, every=EVERY, timeout=PATIENCE)


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the account shows its calendars."""
    checking(DESK.check)
