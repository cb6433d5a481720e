"""What happens to agreements about health data."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class AgreementRecorded(Event):
    """A business associate agreement is on record."""

    name: ClassVar[str] = "agreement.recorded"
    aggregate: ClassVar[str] = "agreement_id"
    agreement_id: UUID
    destination: str


@dataclass(frozen=True, kw_only=True)
class AgreementEnded(Event):
    """A business associate agreement is over: nothing goes to its party any more."""

    name: ClassVar[str] = "agreement.ended"
    aggregate: ClassVar[str] = "agreement_id"
    agreement_id: UUID
    destination: str


@dataclass(frozen=True, kw_only=True)
class DispositionRecorded(Event):
    """It was decided what becomes of health data."""

    name: ClassVar[str] = "disposition.recorded"
    aggregate: ClassVar[str] = "disposition_id"
    disposition_id: UUID
    how: str
    rows: int
