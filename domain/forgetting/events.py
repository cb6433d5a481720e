"""What happens when little is kept."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ChildErased(Event):
    """A child spoke in a conversation; what was said and recorded of it is gone."""

    name: ClassVar[str] = "conversation.child_erased"
    aggregate: ClassVar[str] = "conversation_id"
    conversation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConversationForgotten(Event):
    """A conversation is over, and what its business does not keep of it is gone."""

    name: ClassVar[str] = "conversation.forgotten"
    aggregate: ClassVar[str] = "conversation_id"
    conversation_id: UUID
    storage: str
