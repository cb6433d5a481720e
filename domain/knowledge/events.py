"""What happens to what the receptionist knows."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class KnowledgeEvent(Event):
    """Something that happened to one question and its answer."""

    aggregate: ClassVar[str] = "item_id"
    item_id: UUID
    item_version: int


@dataclass(frozen=True, kw_only=True)
class KnowledgeAdded(KnowledgeEvent):
    """A question was answered; callers do not hear it yet."""

    name: ClassVar[str] = "knowledge.added"


@dataclass(frozen=True, kw_only=True)
class KnowledgeUpdated(KnowledgeEvent):
    """A question or its answer was worded anew."""

    name: ClassVar[str] = "knowledge.updated"


@dataclass(frozen=True, kw_only=True)
class KnowledgePublished(KnowledgeEvent):
    """Callers hear it from now on."""

    name: ClassVar[str] = "knowledge.published"


@dataclass(frozen=True, kw_only=True)
class KnowledgeRetired(KnowledgeEvent):
    """Callers hear it no longer."""

    name: ClassVar[str] = "knowledge.retired"
