"""Keys, candidates and exports, as one unit of work sees them."""

from uuid import UUID

from domain.repository import Repository
from domain.training.models import (
    TrainingCandidate,
    TrainingExport,
    TrainingKey,
    TrainingState,
)


class TrainingKeys(Repository[TrainingKey]):
    """Public halves of keys."""

    model = TrainingKey
    noun = "training key"

    async def current(self) -> TrainingKey | None:
        """The one that counts."""
        return await self.maybe(self.all().filter(retired_at=None))


class TrainingCandidates(Repository[TrainingCandidate]):
    """What waits."""

    model = TrainingCandidate
    noun = "candidate"

    async def of(self, conversation_id: UUID) -> TrainingCandidate | None:
        """The place of a conversation among what waits."""
        return await self.maybe(self.all().filter(conversation_id=conversation_id))

    async def drop(self, conversation_ids: list[UUID]) -> int:
        """Take some conversations out."""
        return await self.all().filter(conversation_id__in=conversation_ids).delete()

    async def clear(self) -> int:
        """Take everything out."""
        return await self.all().delete()


class TrainingExports(Repository[TrainingExport]):
    """What was written."""

    model = TrainingExport
    noun = "training export"

    async def running(self) -> TrainingExport | None:
        """The one that is being written."""
        return await self.maybe(self.all().filter(state=TrainingState.RUNNING))
