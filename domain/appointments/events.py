"""What happens to appointments."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class AppointmentEvent(Event):
    """Something that happened to one appointment."""

    aggregate: ClassVar[str] = "appointment_id"
    appointment_id: UUID
    contact_id: UUID
    conversation_id: UUID | None
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(AppointmentEvent):
    """A visit was agreed, or asked for where bookings need approval."""

    name: ClassVar[str] = "appointment.booked"
    status: str


@dataclass(frozen=True, kw_only=True)
class AppointmentRescheduled(AppointmentEvent):
    """A visit was moved."""

    name: ClassVar[str] = "appointment.rescheduled"
    moved_from: datetime


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(AppointmentEvent):
    """A visit was called off."""

    name: ClassVar[str] = "appointment.cancelled"


@dataclass(frozen=True, kw_only=True)
class AppointmentStatusChanged(AppointmentEvent):
    """A visit was approved, began, ended, or nobody came."""

    name: ClassVar[str] = "appointment.status_changed"
    status: str
