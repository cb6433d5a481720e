"""Recordings as one unit of work sees them."""

from uuid import UUID

from domain.recordings.models import Recording
from domain.repository import Repository


class Recordings(Repository[Recording]):
    """What was recorded."""

    model = Recording
    noun = "recording"

    async def of_call(self, call_id: UUID) -> Recording | None:
        """The recording of one call, whatever became of it."""
        return await self.maybe(self.all().filter(call_id=call_id))
