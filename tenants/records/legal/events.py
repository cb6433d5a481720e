"""What happens to demands of authorities. Nothing is sent to anybody by these events alone."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class LegalProcessEvent(Event):
    """Something that happened to one demand."""

    aggregate: ClassVar[str] = "legal_process_id"
    legal_process_id: UUID


@dataclass(frozen=True, kw_only=True)
class LegalProcessReceived(LegalProcessEvent):
    """An authority demands data."""

    name: ClassVar[str] = "legal_process.received"


@dataclass(frozen=True, kw_only=True)
class LegalProcessApproved(LegalProcessEvent):
    """It will be answered."""

    name: ClassVar[str] = "legal_process.approved"


@dataclass(frozen=True, kw_only=True)
class LegalProcessRefused(LegalProcessEvent):
    """It will not."""

    name: ClassVar[str] = "legal_process.refused"


@dataclass(frozen=True, kw_only=True)
class LegalProcessAnswered(LegalProcessEvent):
    """What was within its scope has left."""

    name: ClassVar[str] = "legal_process.answered"
    disclosed: int


@dataclass(frozen=True, kw_only=True)
class LegalProcessDisclosed(LegalProcessEvent):
    """The business may be told of it, and is."""

    name: ClassVar[str] = "legal_process.disclosed"
