"""What happens to conversations."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ConversationStarted(Event):
    """Somebody began to speak or write with the receptionist."""

    name: ClassVar[str] = "conversation.started"
    aggregate: ClassVar[str] = "conversation_id"
    conversation_id: UUID
    channel: str


@dataclass(frozen=True, kw_only=True)
class ConversationStalled(Event):
    """The receptionist owed the caller an answer and had none in time."""

    name: ClassVar[str] = "conversation.stalled"
    aggregate: ClassVar[str] = "conversation_id"
    conversation_id: UUID
    attempt: int


@dataclass(frozen=True, kw_only=True)
class ConversationEnded(Event):
    """Nothing more will be said; what it led to is worked out after this."""

    name: ClassVar[str] = "conversation.ended"
    aggregate: ClassVar[str] = "conversation_id"
    conversation_id: UUID
    channel: str
    disposition: str


@dataclass(frozen=True, kw_only=True)
class ConversationSummarised(Event):
    """The summary, outcome and extracted fields are there."""

    name: ClassVar[str] = "conversation.summarised"
    aggregate: ClassVar[str] = "conversation_id"
    conversation_id: UUID
    outcome: str
