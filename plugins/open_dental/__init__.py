"""A dental practice's own book at Open Dental: it counts, and visits stand there with patients."""

from domain.calendars.ports import CalendarProvider
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.calendar_desk import DATA, EVERY, PATIENCE, PERMISSIONS
from plugins.manifest import Category, Manifest
from plugins.open_dental.handlers import DESK, provider
from plugins.open_dental.personal import Records
from plugins.open_dental.settings import Settings
from plugins.open_dental.visitors import NAME
from plugins.spec import Answering, Checking, Later, Provide, Subscribe, hookimpl


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="Open Dental",
        summary="The practice's book counts; visits stand there, with patients known by name and"
        " date of birth.",
        version="1",
        category=Category.CALENDAR,
        settings=Settings,
        permissions=PERMISSIONS | {"contacts:read"},
        data=DATA | {DataClass.CALLER_IDENTITY},
        purpose=Purpose.SCHEDULING,
        stores_personal_data=True,
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Visits are written as they change, and put right where somebody touched them."""
    DESK.subscribe(subscribe)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """Whoever is erased here has no visit to come there; patients are the practice's own."""
    answering(Records(), timeout=PATIENCE)


@hookimpl
def register_providers(provide: Provide) -> None:
    """The book can be read while somebody is on the telephone."""
    provide(CalendarProvider, provider)  # type: ignore[type-abstract]  # the port itself


@hookimpl
def register_jobs(later: Later) -> None:
    """What is new is looked for all the time."""
    later(DESK.look, every=EVERY, timeout=PATIENCE)


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the practice shows its operatories."""
    checking(DESK.check)
