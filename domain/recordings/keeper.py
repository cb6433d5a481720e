"""What is done about stored sound after the call: removing it, and closing what was left open."""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.recordings import service
from domain.recordings.errors import Damaged, ObjectMissing
from domain.recordings.events import RecordingDeclined, RecordingDeleted, RecordingHappening
from domain.recordings.models import RecordingState
from domain.recordings.ports import ObjectStore
from domain.recordings.repository import Recordings
from domain.recordings.sealing import Seal, block_key, folder
from domain.recordings.service import Recorded, Take

INTERRUPTED = "the recording was interrupted"


@dataclass(frozen=True)
class Keeper:
    """Handlers and jobs that need the store, which the wiring hands in."""

    store: ObjectStore

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        remove = self.remove
        return ((RecordingDeleted, remove), (RecordingDeclined, remove))

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.salvage,)

    @serves(Purpose.LEGAL)
    async def remove(self, event: RecordingHappening, context: HandlerContext) -> None:
        """Remove the sound of a recording that is deleted or was declined."""
        # The row may be gone by now.
        where = folder(context.tenant_id, event.recording_id)
        await self.store.delete(await self.store.list(where))

    @serves(Purpose.CALL_DELIVERY)
    async def salvage(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Close a recording whose writer died, with everything up to its last block."""
        async with context.unit_of_work() as uow:
            recording = await Recordings(uow).get(UUID(payload["recording_id"]))
            seal = await service.seal_of(uow, recording)
        if recording.state is not RecordingState.RECORDING:
            return
        where = folder(context.tenant_id, recording.id)
        recorded, reason = await self._recover(where, seal)
        async with context.settle() as uow:
            if recorded is None:
                take = Take(recording.call_id, recording.conversation_id, recording.sample_rate)
                await service.fail(uow, take, reason)
            else:
                await service.finish(uow, recording.id, recorded, reason)

    async def _recover(self, where: str, seal: Seal) -> tuple[Recorded | None, str]:
        """What can be heard of an open recording, if anything, and why it is not all."""
        blocks = len(await self.store.list(where))
        if not blocks:
            return None, "nothing was recorded"
        try:
            return await self._reread(where, seal, blocks), INTERRUPTED
        except (Damaged, ObjectMissing) as damage:
            return None, damage.message

    async def _reread(self, where: str, seal: Seal, blocks: int) -> Recorded:
        """Open every block once, and add the last one if it was never written."""
        digest, size, complete = hashlib.sha256(), 0, False
        for index in range(blocks):
            sealed = await self.store.get(block_key(where, index))
            pcm, complete = _open_any(seal, sealed, index)
            digest.update(pcm)
            size += len(pcm)
        if not complete:
            await self.store.put(block_key(where, blocks), seal.close(b"", blocks, last=True))
            blocks += 1
        return Recorded(blocks, size, digest.hexdigest())


def _open_any(seal: Seal, sealed: bytes, index: int) -> tuple[bytes, bool]:
    """The sound of a block, and whether it is the last one. Raises `Damaged`."""
    try:
        return seal.open(sealed, index, last=False), False
    except Damaged:
        return seal.open(sealed, index, last=True), True
