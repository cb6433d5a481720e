"""Recordings, and who listened to them, as one unit of work sees them."""

from uuid import UUID

from domain.recordings.models import Recording, RecordingListen
from domain.repository import Repository


class Recordings(Repository[Recording]):
    """What was recorded."""

    model = Recording
    noun = "recording"

    async def of_call(self, call_id: UUID) -> Recording | None:
        """The recording of one call, whatever became of it."""
        return await self.maybe(self.all().filter(call_id=call_id))


class RecordingListens(Repository[RecordingListen]):
    """Who listened."""

    model = RecordingListen
    noun = "listen"

    async def of(self, recording_id: UUID) -> list[RecordingListen]:
        """Everybody who listened to one recording, in order."""
        return await self.page(self.all().filter(recording_id=recording_id).order_by("at", "id"))
