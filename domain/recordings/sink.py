"""Where a live call's sound goes: a block at a time into storage, never a call in memory."""

import hashlib
from dataclasses import dataclass, field
from uuid import UUID

from domain.personal import DataClass
from domain.recordings import service, wav
from domain.recordings.errors import NotKept
from domain.recordings.ports import ObjectStore
from domain.recordings.sealing import Seal, block_key, folder
from domain.recordings.service import Recorded, Take
from domain.scope import Scope
from domain.work import UnitsOfWork

# How the recorder says that the caller did not agree.
NO_CONSENT = "consent"


@dataclass
class SealedSink:
    """Stores one recording as it is made, and says in the end what became of it.

    Nothing is opened before the first sound, so a call without consent leaves no object. What
    cannot be closed, because storage or the process died, is closed later by `Keeper.salvage`.
    """

    unit_of_work: UnitsOfWork
    scope: Scope
    store: ObjectStore
    take: Take
    _writer: "BlockWriter | None" = field(default=None, init=False)

    @property
    def recording_id(self) -> UUID | None:
        """The recording, once there is sound."""
        return self._writer.seal.recording_id if self._writer else None

    async def write(self, chunk: bytes) -> None:
        """Keep interleaved stereo PCM, if any is kept. Raises `AlreadyRecorded`, `Unavailable`."""
        if not self._keeps:
            return
        if self._writer is None:
            self._writer = await self._begin()
        await self._writer.write(chunk)

    async def finish(self) -> None:
        """The recording is complete. Raises `Unavailable`."""
        if not self._keeps:
            await self._decline(NotKept(self.scope.tenant.privacy.storage).message)
        elif self._writer is None:
            await self._fail("nothing was recorded")
        else:
            await self._finish(self._writer)

    async def abandon(self, reason: str) -> None:
        """There is no complete recording: without consent none at all, else what there is."""
        if reason.startswith(NO_CONSENT):
            await self._decline(reason)
        elif not self._keeps:
            await self._decline(NotKept(self.scope.tenant.privacy.storage).message)
        elif self._writer is None:
            await self._fail(reason)
        else:
            await self._finish(self._writer, reason)

    async def _begin(self) -> "BlockWriter":
        async with self.unit_of_work(self.scope) as uow:
            recording = await service.begin(uow, self.take)
            seal = await service.new_seal(uow, recording)
        return BlockWriter(self.store, seal, self.take.sample_rate)

    async def _finish(self, writer: "BlockWriter", reason: str = "") -> None:
        recorded = await writer.close()
        async with self.unit_of_work(self.scope) as uow:
            await service.finish(uow, writer.seal.recording_id, recorded, reason)

    @property
    def _keeps(self) -> bool:
        return self.scope.tenant.privacy.keeps(DataClass.RECORDING)

    async def _decline(self, reason: str) -> None:
        async with self.unit_of_work(self.scope) as uow:
            await service.decline(uow, self.take, reason)

    async def _fail(self, reason: str) -> None:
        async with self.unit_of_work(self.scope) as uow:
            await service.fail(uow, self.take, reason)


class BlockWriter:
    """Cuts sound into blocks, seals and stores them; holds less than one block between calls."""

    def __init__(self, store: ObjectStore, seal: Seal, sample_rate: int) -> None:
        self.seal = seal
        self._store = store
        self._full = wav.block_bytes(sample_rate)
        self._waiting = bytearray()
        self._index = 0
        self._size = 0
        self._digest = hashlib.sha256()

    async def write(self, pcm: bytes) -> None:
        """Store every block that is full. Raises `Unavailable`, and keeps what was not stored."""
        if not self._waiting and len(pcm) == self._full:
            # What a recorder brings is a block already.
            await self._put(pcm, last=False)
            return
        self._waiting += pcm
        while len(self._waiting) >= self._full:
            await self._put(bytes(self._waiting[: self._full]), last=False)
            del self._waiting[: self._full]

    async def close(self) -> Recorded:
        """Store the last block, which proves that nothing is missing. Raises `Unavailable`."""
        await self.write(b"")
        await self._put(bytes(self._waiting), last=True)
        self._waiting.clear()
        return Recorded(self._index, self._size, self._digest.hexdigest())

    async def _put(self, pcm: bytes, *, last: bool) -> None:
        sealed = self.seal.close(pcm, self._index, last=last)
        where = folder(self.seal.tenant_id, self.seal.recording_id)
        await self._store.put(block_key(where, self._index), sealed)
        self._digest.update(pcm)
        self._size += len(pcm)
        self._index += 1
