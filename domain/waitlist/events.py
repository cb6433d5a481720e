"""What happens to those who wait."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class WaitlistEvent(Event):
    """Something that happened to one wait."""

    aggregate: ClassVar[str] = "wait_id"
    wait_id: UUID
    contact_id: UUID
    conversation_id: UUID | None
    service_id: UUID


@dataclass(frozen=True, kw_only=True)
class WaitlistJoined(WaitlistEvent):
    """Somebody would come if something came free."""

    name: ClassVar[str] = "waitlist.joined"


@dataclass(frozen=True, kw_only=True)
class WaitlistOffered(WaitlistEvent):
    """Something came free that suits them; it is theirs to ask for until a time."""

    name: ClassVar[str] = "waitlist.offered"
    starts_at: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class WaitlistLeft(WaitlistEvent):
    """They wait no more: they have a visit, or want none; `why` is `booked` or `gone`."""

    name: ClassVar[str] = "waitlist.left"
    why: str
