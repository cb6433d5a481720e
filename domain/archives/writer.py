"""Whoever packs archives, hands them out and removes them: the parts that need the store."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.archives import service
from domain.archives.chapters import Step, next_step
from domain.archives.errors import ArchivePieceMissing
from domain.archives.events import ArchiveCancelled, ArchiveEvent, ArchiveExpired
from domain.archives.models import ArchiveState
from domain.archives.repository import Archives
from domain.archives.service import Collection
from domain.archives.zipping import zipped
from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.recordings.errors import Damaged, ObjectMissing
from domain.recordings.ports import ObjectStore
from domain.work import UnitOfWork

Opening = Callable[[], AbstractAsyncContextManager[UnitOfWork]]

# Few enough that a worker's other work waits for seconds at most.
STEPS_AT_ONCE = 20


@dataclass(frozen=True)
class Packer:
    """Handlers and jobs around archives, for whoever has a store."""

    store: ObjectStore
    steps_at_once: int = STEPS_AT_ONCE

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        remove = self.remove_pieces
        return ((ArchiveCancelled, remove), (ArchiveExpired, remove))

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.write, self.expire)

    @serves(Purpose.LEGAL)
    async def write(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Pack some pieces, and leave the rest to the next delivery.

        A piece is stored before it is on record: whoever is killed in between writes it again.
        """
        id = UUID(payload["archive_id"])
        more = True
        for _ in range(self.steps_at_once):
            more = more and await self._go_on(id, context.unit_of_work)
        async with context.settle() as uow:
            if more:
                service.keep_writing(uow, id)

    @serves(Purpose.LEGAL)
    async def expire(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Let go of an archive whose time is over."""
        async with context.settle() as uow:
            await service.expire(uow, UUID(payload["archive_id"]))

    @serves(Purpose.LEGAL)
    async def remove_pieces(self, event: ArchiveEvent, context: HandlerContext) -> None:
        """Remove what was stored."""
        async with context.unit_of_work() as uow:
            folder = f"{uow.tenant_id}/archives/{event.archive_id}"
        await self.store.delete(await self.store.list(folder))

    def read(self, collection: Collection) -> AsyncIterator[bytes]:
        """An archive as a ZIP file. Raises `ArchivePieceMissing` and `Unavailable`."""
        archive = collection.archive
        about = {"whose": archive.whose.value, "from": dict(collection.facts)}
        made_at = archive.finished_at or archive.created_at
        return zipped(self._opened(collection), about, made_at)

    async def _opened(self, collection: Collection) -> AsyncIterator[tuple[str, bytes]]:
        for part in collection.parts:
            try:
                sealed = await self.store.get(collection.pieces.where(part.number))
            except ObjectMissing as problem:
                raise ArchivePieceMissing(f"Piece {part.number} is missing") from problem
            yield part.path, collection.pieces.open(sealed, part)

    async def pack(self, id: UUID, opened: Opening) -> None:
        """Pack all of it at once, for whoever waits for it, whether or not a worker helps."""
        running = True
        while running:
            await self._go_on(id, opened)
            async with opened() as uow:
                running = (await Archives(uow).get(id)).state is ArchiveState.RUNNING

    async def _go_on(self, id: UUID, opened: Opening) -> bool:
        """Pack the next pieces; False if that was all, or nobody wants it any more."""
        async with opened() as uow:
            archive = await Archives(uow).get(id)
            if archive.state is not ArchiveState.RUNNING:
                return False
            step = await next_step(uow, archive)
            pieces = service.pieces_of(uow, archive)
        if step is None:
            return False
        contents = await self._contents(step)
        for number, (path, piece) in enumerate(contents.items(), archive.parts):
            await self.store.put(pieces.where(number), pieces.close(piece, number, path))
        sizes = {path: len(piece) for path, piece in contents.items()}
        async with opened() as uow:
            return await service.advance(uow, archive, step, sizes)

    async def _contents(self, step: Step) -> dict[str, bytes]:
        heard = step.heard
        if heard is None:
            return step.pieces
        stretch = heard.sound.read(self.store, heard.start, heard.stop)
        try:
            return {heard.path: b"".join([block async for block in stretch])}
        except Damaged as damage:
            # What cannot be given is named; it keeps nobody from the rest.
            return {f"{heard.path}.damaged.txt": f"{damage.message}\n".encode()}
