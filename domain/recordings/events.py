"""What happens to recordings."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class RecordingHappening(Event):
    """Something that happened to one recording."""

    aggregate: ClassVar[str] = "recording_id"
    recording_id: UUID
    call_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordingReady(RecordingHappening):
    """The call can be heard."""

    name: ClassVar[str] = "recording.ready"


@dataclass(frozen=True, kw_only=True)
class RecordingFailed(RecordingHappening):
    """The call will never be heard; the row says why."""

    name: ClassVar[str] = "recording.failed"


@dataclass(frozen=True, kw_only=True)
class RecordingDeclined(RecordingHappening):
    """There was no consent; whatever had been stored is to be removed."""

    name: ClassVar[str] = "recording.declined"


@dataclass(frozen=True, kw_only=True)
class RecordingDeleted(RecordingHappening):
    """Somebody deleted the recording; its sound is to be removed."""

    name: ClassVar[str] = "recording.deleted"
