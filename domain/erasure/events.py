"""What happens around erasures; whoever was told of a person hears that they are erased."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ErasureEvent(Event):
    """Something that happened to one erasure."""

    aggregate: ClassVar[str] = "erasure_id"
    erasure_id: UUID


@dataclass(frozen=True, kw_only=True)
class ErasureRequested(ErasureEvent):
    """Everything about somebody is to go."""

    name: ClassVar[str] = "erasure.requested"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ErasureFinished(ErasureEvent):
    """Everything is gone here; what others have not confirmed is counted as open."""

    name: ClassVar[str] = "erasure.finished"
    certificate_id: UUID
    open_items: int


@dataclass(frozen=True, kw_only=True)
class ContactErased(Event):
    """A person is forgotten here, and to be forgotten by whoever was told of them (Art. 19)."""

    name: ClassVar[str] = "contact.erased"
    aggregate: ClassVar[str] = "contact_id"
    contact_id: UUID
    erasure_id: UUID
