"""What becomes of letters and texts about visits."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from domain.events import Event
from domain.outreach.agreements.models import Route
from domain.outreach.refusals import Refusal
from domain.reminders.models import Occasion, Reminder, Reply


@dataclass(frozen=True, kw_only=True)
class ReminderEvent(Event):
    """Something that happened to one of them."""

    aggregate: ClassVar[str] = "reminder_id"
    reminder_id: UUID
    appointment_id: UUID
    contact_id: UUID
    occasion: Occasion
    route: Route


@dataclass(frozen=True, kw_only=True)
class ReminderDispatched(ReminderEvent):
    """It went out."""

    name: ClassVar[str] = "reminder.dispatched"


@dataclass(frozen=True, kw_only=True)
class ReminderRefused(ReminderEvent):
    """It does not go out."""

    name: ClassVar[str] = "reminder.refused"
    refusal: Refusal


@dataclass(frozen=True, kw_only=True)
class ReminderMissed(ReminderEvent):
    """It would have come too late, and does not go out."""

    name: ClassVar[str] = "reminder.missed"


@dataclass(frozen=True, kw_only=True)
class ReminderAnswered(ReminderEvent):
    """Whoever got it has answered."""

    name: ClassVar[str] = "reminder.answered"
    reply: Reply


def about(row: Reminder) -> dict[str, Any]:
    """What every event says of one."""
    return {
        "reminder_id": row.id,
        "appointment_id": row.appointment_id,
        "contact_id": row.contact_id,
        "occasion": row.occasion,
        "route": row.route,
    }
