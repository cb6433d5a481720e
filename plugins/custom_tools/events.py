"""What happens to tools, and that they were used."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ToolEvent(Event):
    """Something happened to a tool."""

    aggregate: ClassVar[str] = "custom_tool_id"
    custom_tool_id: UUID


@dataclass(frozen=True, kw_only=True)
class ToolCreated(ToolEvent):
    """A tool was made."""

    name: ClassVar[str] = "tool.created"


@dataclass(frozen=True, kw_only=True)
class ToolUpdated(ToolEvent):
    """What it asks, says or may do was changed, or its secret, or its switch."""

    name: ClassVar[str] = "tool.updated"


@dataclass(frozen=True, kw_only=True)
class ToolDeleted(ToolEvent):
    """It was taken away, with its history."""

    name: ClassVar[str] = "tool.deleted"


@dataclass(frozen=True, kw_only=True)
class ToolUsed(ToolEvent):
    """The receptionist used it in a conversation, or somebody tried it out."""

    name: ClassVar[str] = "tool.used"
    custom_tool_run_id: UUID
    conversation_id: UUID | None = None
    outcome: str
