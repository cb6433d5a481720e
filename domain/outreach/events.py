"""What happens to the wish to be left alone."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class RefusalEvent(Event):
    """Something that happened to one refusal."""

    aggregate: ClassVar[str] = "refusal_id"
    refusal_id: UUID
    topic: str
    way: str


@dataclass(frozen=True, kw_only=True)
class OutreachRefused(RefusalEvent):
    """Somebody wants no more of this."""

    name: ClassVar[str] = "outreach.refused"


@dataclass(frozen=True, kw_only=True)
class OutreachResumed(RefusalEvent):
    """Somebody wants it again."""

    name: ClassVar[str] = "outreach.resumed"
