"""What happens to leads."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class LeadEvent(Event):
    """Something that happened to one lead."""

    aggregate: ClassVar[str] = "lead_id"
    lead_id: UUID
    contact_id: UUID
    conversation_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class LeadCaptured(LeadEvent):
    """Somebody showed interest."""

    name: ClassVar[str] = "lead.captured"
    source: str


@dataclass(frozen=True, kw_only=True)
class LeadQualified(LeadEvent):
    """Somebody, or the receptionist, judged how likely a lead is."""

    name: ClassVar[str] = "lead.qualified"
    qualification: str


@dataclass(frozen=True, kw_only=True)
class LeadStatusChanged(LeadEvent):
    """The business got in touch, won the lead or lost it."""

    name: ClassVar[str] = "lead.status_changed"
    status: str
