"""What happens to exports."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ExportEvent(Event):
    """Something that happened to one export."""

    aggregate: ClassVar[str] = "export_id"
    export_id: UUID


@dataclass(frozen=True, kw_only=True)
class ExportStarted(ExportEvent):
    """Somebody wants to take along everything of these kinds."""

    name: ClassVar[str] = "export.started"
    kinds: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ExportReady(ExportEvent):
    """Its files can be downloaded."""

    name: ClassVar[str] = "export.ready"
    rows: int


@dataclass(frozen=True, kw_only=True)
class ExportCancelled(ExportEvent):
    """Nobody wants it any more; its files go."""

    name: ClassVar[str] = "export.cancelled"


@dataclass(frozen=True, kw_only=True)
class ExportExpired(ExportEvent):
    """Its time is over; its files go."""

    name: ClassVar[str] = "export.expired"
