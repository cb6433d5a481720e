"""Whoever writes the files, and removes them: the parts of an export that need the store."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.exports import service
from domain.exports.errors import ExportDamaged
from domain.exports.events import ExportCancelled, ExportEvent, ExportExpired
from domain.exports.models import ExportState
from domain.exports.pages import next_piece, progress, unfinished
from domain.exports.repository import BulkExports
from domain.exports.service import Download
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.recordings.errors import ObjectMissing
from domain.recordings.ports import ObjectStore

# Few enough that a worker's other work waits for seconds at most.
PAGES_AT_ONCE = 20


@dataclass(frozen=True)
class ExportWriter:
    """Handlers and jobs around files, for whoever has a store."""

    store: ObjectStore
    pages_at_once: int = PAGES_AT_ONCE

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        remove = self.remove_files
        return ((ExportCancelled, remove), (ExportExpired, remove))

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.write, self.expire)

    @serves(Purpose.SERVICE)
    async def write(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Write some pages, and leave the rest to the next delivery.

        A page is stored before it is on record: whoever is killed in between writes it again.
        """
        id = UUID(payload["export_id"])
        more = True
        for _ in range(self.pages_at_once):
            more = more and await self._write_page(id, context)
        async with context.settle() as uow:
            if more:
                service.keep_writing(uow, id)

    @serves(Purpose.SERVICE)
    async def expire(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Let go of an export whose time is over."""
        async with context.settle() as uow:
            await service.expire(uow, UUID(payload["export_id"]))

    @serves(Purpose.SERVICE)
    async def remove_files(self, event: ExportEvent, context: HandlerContext) -> None:
        """Remove what was written."""
        async with context.unit_of_work() as uow:
            folder = f"{uow.tenant_id}/exports/{event.export_id}"
        await self.store.delete(await self.store.list(folder))

    async def read(self, download: Download) -> AsyncIterator[bytes]:
        """A file, block by block. Raises `ExportDamaged` and `Unavailable`."""
        for index in range(download.length.blocks):
            last = index == download.length.blocks - 1
            yield await self._block(download, index, last=last)

    async def _block(self, download: Download, index: int, *, last: bool) -> bytes:
        try:
            sealed = await self.store.get(download.blocks.where(download.kind, index))
        except ObjectMissing as problem:
            raise ExportDamaged(f"Block {index} is missing") from problem
        return download.blocks.open(sealed, download.kind, index, last=last)

    async def _write_page(self, id: UUID, context: HandlerContext) -> bool:
        """Write one page; False if that was the last, or nobody wants it any more."""
        async with context.unit_of_work() as uow:
            export = await BulkExports(uow).get(id)
            kind = unfinished(export)
            if export.state is not ExportState.RUNNING or kind is None:
                return False
            piece = await next_piece(uow, export, kind)
            blocks = service.blocks_of(uow, export)
        await self.store.put(blocks.where(kind, piece.after.blocks - 1), blocks.close(piece))
        async with context.unit_of_work() as uow:
            return await service.advance(uow, id, piece, progress(export, kind))
