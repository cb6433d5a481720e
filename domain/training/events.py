"""What happens around training."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class TrainingKeyNamed(Event):
    """The tenant holds another key to which exports are sealed from now on."""

    name: ClassVar[str] = "training_key.named"
    aggregate: ClassVar[str] = "training_key_id"
    training_key_id: UUID
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class TrainingStopped(Event):
    """Nothing waits to be exported any more."""

    name: ClassVar[str] = "training.stopped"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    removed: int


@dataclass(frozen=True, kw_only=True)
class TrainingExportEvent(Event):
    """Something that happened to one export."""

    aggregate: ClassVar[str] = "training_export_id"
    training_export_id: UUID


@dataclass(frozen=True, kw_only=True)
class TrainingExportStarted(TrainingExportEvent):
    """Somebody wants anonymised conversations, sealed to the tenant's key."""

    name: ClassVar[str] = "training_export.started"


@dataclass(frozen=True, kw_only=True)
class TrainingExportFinished(TrainingExportEvent):
    """They are written."""

    name: ClassVar[str] = "training_export.finished"
    conversations: int


@dataclass(frozen=True, kw_only=True)
class TrainingExportRefused(TrainingExportEvent):
    """Nothing was written: something stood in the way of all of it."""

    name: ClassVar[str] = "training_export.refused"
