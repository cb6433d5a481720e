"""The practice's own system by FHIR R4: its diaries count, and visits stand there with patients."""

from domain.calendars.ports import CalendarProvider
from domain.contacts.events import ContactChanged
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from plugins.calendar_desk import DATA, EVERY, PATIENCE, PERMISSIONS
from plugins.fhir.handlers import DESK, correct, provider
from plugins.fhir.personal import Records
from plugins.fhir.settings import Settings
from plugins.fhir.visitors import NAME
from plugins.manifest import Category, Manifest
from plugins.spec import Answering, Checking, Later, Provide, Subscribe, hookimpl


@hookimpl
def plugin_manifest() -> Manifest:
    """Say who this is and what can be set."""
    return Manifest(
        name=NAME,
        title="Practice diaries by FHIR R4",
        summary="Busy times of practitioners count; visits and new patients are written there.",
        version="1",
        category=Category.CALENDAR,
        settings=Settings,
        permissions=PERMISSIONS | {"appointments:write", "contacts:read"},
        data=DATA | {DataClass.CALLER_IDENTITY},
        purpose=Purpose.SCHEDULING,
        stores_personal_data=True,
    )


@hookimpl
def register_event_handlers(subscribe: Subscribe) -> None:
    """Visits are written as they change, and put right where somebody touched them."""
    DESK.subscribe(subscribe)
    subscribe(ContactChanged, correct, timeout=PATIENCE)


@hookimpl
def register_personal_data(answering: Answering) -> None:
    """Whoever is erased here is deleted there, as far as that is ours to do."""
    answering(Records(), timeout=PATIENCE)


@hookimpl
def register_providers(provide: Provide) -> None:
    """Diaries can be read while somebody is on the telephone."""
    provide(CalendarProvider, provider)  # type: ignore[type-abstract]  # the port itself


@hookimpl
def register_jobs(later: Later) -> None:
    """What is new is looked for all the time."""
    later(DESK.look, every=EVERY, timeout=PATIENCE)


@hookimpl
def register_checks(checking: Checking) -> None:
    """It works if the server shows its diaries."""
    checking(DESK.check)
