"""What happens to archives."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ArchiveEvent(Event):
    """Something that happened to one archive."""

    aggregate: ClassVar[str] = "archive_id"
    archive_id: UUID


@dataclass(frozen=True, kw_only=True)
class ArchiveStarted(ArchiveEvent):
    """Everything of a person, or of the business, is being packed."""

    name: ClassVar[str] = "archive.started"
    whose: str


@dataclass(frozen=True, kw_only=True)
class ArchiveReady(ArchiveEvent):
    """It can be taken; the request it was made for, if there was one, is fulfilled."""

    name: ClassVar[str] = "archive.ready"
    privacy_request_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ArchiveCancelled(ArchiveEvent):
    """Nobody wants it any more; its files go."""

    name: ClassVar[str] = "archive.cancelled"


@dataclass(frozen=True, kw_only=True)
class ArchiveExpired(ArchiveEvent):
    """Its time is over; its files go."""

    name: ClassVar[str] = "archive.expired"
