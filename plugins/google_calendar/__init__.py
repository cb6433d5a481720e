"""Calendars of staff and rooms at Google: their busy times count, and visits are written there."""

from domain.calendars.ports import CalendarProvider
from plugins.account_calendars import PATH, InCalendars
from plugins.calendar_desk import PATIENCE
from plugins.google_calendar.handlers import DESK, SERVICE, hear
from plugins.manifest import Manifest
from plugins.spec import Answering, Checking, Later, Mount, Provide, Subscribe, hookimpl


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return SERVICE.manifest


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Visits are written as they change, and put right where somebody touched them."""
    DESK.subscribe(subscribe)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """What is left of somebody's visits is taken out there."""
    answering(InCalendars(DESK))


@hookimpl
def register_providers(provide: Provide) -> None:
    """Calendars can be read while somebody is on the telephone, who does not wait for all of it."""
    port: type[CalendarProvider] = CalendarProvider  # type: ignore[type-abstract]
    provide(port, DESK.speaker, deadline=PATIENCE)


@hookimpl
def register_jobs(later: Later) -> None:
    """What is new is looked for all the time, and at once when it is told."""
    DESK.jobs(later)


@hookimpl
def register_routes(mount: Mount) -> None:
    """Google tells what has changed."""
    mount(PATH, hear)


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the account shows its calendars."""
    checking(DESK.check)
