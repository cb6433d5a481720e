"""What happens to requests for help, and to feedback."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class TicketOpened(Event):
    """Somebody at the business asked for help."""

    name: ClassVar[str] = "ticket.opened"
    aggregate: ClassVar[str] = "ticket_id"
    ticket_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class TicketStatusChanged(Event):
    """A request for help was answered, closed or taken up again."""

    name: ClassVar[str] = "ticket.status_changed"
    aggregate: ClassVar[str] = "ticket_id"
    ticket_id: UUID
    status: str


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(Event):
    """Somebody said what they thought of a conversation, 1 to 5."""

    name: ClassVar[str] = "feedback.given"
    aggregate: ClassVar[str] = "feedback_id"
    feedback_id: UUID
    conversation_id: UUID
    rating: int
