"""What happens to messages."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageEvent(Event):
    """Something that happened to one message."""

    aggregate: ClassVar[str] = "message_id"
    message_id: UUID
    conversation_id: UUID
    contact_id: UUID | None
    priority: str


@dataclass(frozen=True, kw_only=True)
class MessageLeft(MessageEvent):
    """Somebody wants the business to know something."""

    name: ClassVar[str] = "message.left"


@dataclass(frozen=True, kw_only=True)
class MessagePrioritised(MessageEvent):
    """A message became more, or less, urgent."""

    name: ClassVar[str] = "message.prioritised"


@dataclass(frozen=True, kw_only=True)
class MessageRead(MessageEvent):
    """Somebody at the business has read it."""

    name: ClassVar[str] = "message.read"


@dataclass(frozen=True, kw_only=True)
class MessageResolved(MessageEvent):
    """Nothing more needs to be done about it."""

    name: ClassVar[str] = "message.resolved"
