"""What happens to consent."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded(Event):
    """Somebody on a conversation agreed, refused or changed their mind; the proof is stored."""

    name: ClassVar[str] = "consent.recorded"
    aggregate: ClassVar[str] = "conversation_id"
    conversation_id: UUID
    record_id: UUID
    party: str
    outcome: str
    method: str
