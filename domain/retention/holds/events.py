"""What happens to legal holds."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class HoldEvent(Event):
    """Something that happened to one hold."""

    aggregate: ClassVar[str] = "hold_id"
    hold_id: UUID


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(HoldEvent):
    """Something is held: a person, a conversation, or everything."""

    name: ClassVar[str] = "hold.placed"
    scope: str
    reason: str
    contact_id: UUID | None = None
    conversation_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class HoldReleased(HoldEvent):
    """It is held no more; what is over its time goes with the next run."""

    name: ClassVar[str] = "hold.released"


@dataclass(frozen=True, kw_only=True)
class HoldReviewAsked(HoldEvent):
    """The day has come on which somebody wanted to look whether it is still needed."""

    name: ClassVar[str] = "hold.review_asked"
