"""What can be watched. A channel belongs to one tenant, and carries ids only."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Topic(StrEnum):
    """What sort of thing changes."""

    ALERT_RAISED = "alert_raised"
    """Watched by tenant; the id told is the alert's."""
    CALL_UPDATED = "call_updated"
    """The id told is the call's own."""
    TURN_ADDED = "turn_added"
    """Watched by conversation; the id told is the turn's."""


@dataclass(frozen=True)
class Watched:
    """One thing of one tenant that may change."""

    tenant_id: UUID
    topic: Topic
    id: UUID

    @property
    def channel(self) -> str:
        """The name of its channel."""
        return f"deskbell:live:{self.tenant_id}:{self.topic}:{self.id}"
