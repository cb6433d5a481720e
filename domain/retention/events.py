"""What happens when time is over."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class RunEvent(Event):
    """Something that happened to one run."""

    aggregate: ClassVar[str] = "retention_run_id"
    retention_run_id: UUID


@dataclass(frozen=True, kw_only=True)
class RetentionFinished(RunEvent):
    """Everything that was due is gone, archived, or held."""

    name: ClassVar[str] = "retention.finished"
    rows: int
    keys: int


@dataclass(frozen=True, kw_only=True)
class RetentionStopped(RunEvent):
    """A run does not go on before somebody has looked."""

    name: ClassVar[str] = "retention.stopped"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ArchiveEvent(Event):
    """Something that happened to what is archived together."""

    aggregate: ClassVar[str] = "archive_box_id"
    archive_box_id: UUID


@dataclass(frozen=True, kw_only=True)
class ArchiveReviewAsked(ArchiveEvent):
    """What is in it will be deleted for good in a few days: look at it now, or hold it."""

    name: ClassVar[str] = "archive_box.review_asked"


@dataclass(frozen=True, kw_only=True)
class ArchiveReviewed(ArchiveEvent):
    """Somebody looked at what is to be deleted."""

    name: ClassVar[str] = "archive_box.reviewed"


@dataclass(frozen=True, kw_only=True)
class ArchiveDeleted(ArchiveEvent):
    """Nothing is left of it, and its key is destroyed."""

    name: ClassVar[str] = "archive_box.deleted"
    rows: int
