"""What happens to transfers."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class TransferEvent(Event):
    """Something that happened to one attempt to put a caller through."""

    aggregate: ClassVar[str] = "transfer_id"
    transfer_id: UUID
    call_id: UUID
    conversation_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferRequested(TransferEvent):
    """The caller is to be put through."""

    name: ClassVar[str] = "transfer.requested"
    target_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferAdvanced(TransferEvent):
    """The target rings, has answered, has not, or the attempt is over."""

    name: ClassVar[str] = "transfer.advanced"
    state: str


@dataclass(frozen=True, kw_only=True)
class TransferTargetChanged(Event):
    """Somebody to put callers through to was `added`, `changed` or `removed`."""

    name: ClassVar[str] = "transfer_target.changed"
    aggregate: ClassVar[str] = "target_id"
    target_id: UUID
    change: str
