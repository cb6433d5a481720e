"""Asking for an export, writing it page by page, and letting it go."""

import base64
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain import sync
from domain.encryption import KEY_BYTES, DataKey
from domain.errors import Forbidden, InvalidInput
from domain.exports.columns import TRANSCRIPTS, WRITTEN
from domain.exports.errors import ExportNotReady, ExportRunning
from domain.exports.events import ExportCancelled, ExportExpired, ExportReady, ExportStarted
from domain.exports.models import BulkExport, ExportFormat, ExportState
from domain.exports.pages import Blocks, Piece, Progress, progress, unfinished
from domain.exports.repository import BulkExports
from domain.sealed import Sealed
from domain.sync.models import SyncKind
from domain.trail import Trace
from domain.work import UnitOfWork

READ, WRITE = "exports:read", "data:export"
WRITING, EXPIRING = "exports.write", "exports.expire"
DOWNLOADED = "export.downloaded"
# What was erased meanwhile is in the files still: they do not last long.
LASTS = timedelta(days=3)


@dataclass(frozen=True)
class NewExport:
    """What to take along: everything of these kinds, or what changed since a moment."""

    kinds: tuple[SyncKind, ...]
    format: ExportFormat = ExportFormat.JSONL
    since: datetime | None = None


@dataclass(frozen=True)
class Download:
    """What is needed to read a file outside a unit of work."""

    blocks: Blocks
    kind: SyncKind
    format: ExportFormat
    length: Progress


async def start(uow: UnitOfWork, new: NewExport) -> BulkExport:
    """Begin an export. Raises `InvalidInput`, `Forbidden` and `ExportRunning`."""
    uow.require(WRITE)
    kinds = tuple(dict.fromkeys(new.kinds))
    if not kinds:
        raise InvalidInput.at("kinds", "Name one at least")
    for kind in kinds:
        uow.require(WRITTEN[kind].permission)
    exports = BulkExports(uow)
    async with exports.refusing(bulk_export_running_key=ExportRunning()):
        export = await exports.add(
            format=new.format,
            state=ExportState.RUNNING,
            kinds=list(kinds),
            since=new.since,
            synced_until=await sync.complete_until(uow),
            requested_by=str(uow.scope.actor),
            permissions=_used(uow, kinds),
            written={},
            secret=Sealed.text(base64.b64encode(os.urandom(KEY_BYTES)).decode()),
            created_at=uow.now,
            expires_at=uow.now + LASTS,
        )
    uow.record(ExportStarted(export_id=export.id, kinds=kinds))
    keep_writing(uow, export.id)
    return export


async def cancel(uow: UnitOfWork, id: UUID) -> BulkExport:
    """Stop an export, or let go of its files; a second time changes nothing."""
    uow.require(WRITE)
    export = await BulkExports(uow).lock(id)
    if export.state in {ExportState.RUNNING, ExportState.READY}:
        uow.cancel(_timer(WRITING, id))
        uow.cancel(_timer(EXPIRING, id))
        await _let_go(uow, export, ExportState.CANCELLED)
        uow.record(ExportCancelled(export_id=id))
    return export


async def standing(uow: UnitOfWork) -> list[BulkExport]:
    """The exports of which there are files, or will be."""
    exports = BulkExports(uow)
    open_ = [ExportState.RUNNING, ExportState.READY]
    return await exports.page(exports.all().filter(state__in=open_).order_by("id"))


async def recall(uow: UnitOfWork, id: UUID) -> bool:
    """Let go of files in which is what was erased since; tells whether there were any."""
    export = await BulkExports(uow).lock(id)
    if export.state is ExportState.RUNNING:
        uow.cancel(_timer(WRITING, id))
        await _let_go(uow, export, ExportState.CANCELLED)
        uow.record(ExportCancelled(export_id=id))
    elif export.state is ExportState.READY:
        uow.cancel(_timer(EXPIRING, id))
        await _let_go(uow, export, ExportState.EXPIRED)
        uow.record(ExportExpired(export_id=id))
    else:
        return False
    return True


async def expire(uow: UnitOfWork, id: UUID) -> None:
    """Let go of the files of an export whose time is over."""
    export = await BulkExports(uow).lock(id)
    if export.state is ExportState.READY:
        await _let_go(uow, export, ExportState.EXPIRED)
        uow.record(ExportExpired(export_id=id))


async def advance(uow: UnitOfWork, id: UUID, piece: Piece, before: Progress) -> bool:
    """Put on record that a block is written; False if somebody else was faster, or stopped it."""
    exports = BulkExports(uow)
    export = await exports.lock(id)
    if export.state is not ExportState.RUNNING or progress(export, piece.kind) != before:
        return False
    await exports.save(export, written=export.written | {piece.kind.value: asdict(piece.after)})
    if unfinished(export) is None:
        await _finish(uow, export)
        return False
    return True


def keep_writing(uow: UnitOfWork, id: UUID) -> None:
    """Let a worker write on."""
    payload = {"export_id": str(id)}
    uow.schedule(WRITING, at=uow.now, key=_timer(WRITING, id), payload=payload)


def blocks_of(uow: UnitOfWork, export: BulkExport) -> Blocks:
    """What seals and opens its files. Raises `ExportNotReady` if they are gone."""
    if export.secret is None:
        raise ExportNotReady(export.state)
    key = DataKey(base64.b64decode(export.secret.read()))
    return Blocks(key, uow.tenant_id, export.id)


async def download(uow: UnitOfWork, id: UUID, kind: SyncKind) -> Download:
    """Let somebody take a file; it is on record before it leaves.

    Raises `ExportNotReady`, and `Forbidden` to whoever may not read all that is in it.
    """
    uow.require(READ)
    export = await BulkExports(uow).get(id)
    may_take(uow, export)
    if export.state is not ExportState.READY or kind not in export.kinds:
        raise ExportNotReady(export.state)
    trace = Trace(DOWNLOADED, "export", id, discloses=True, details={"kind": kind})
    uow.trace(trace)
    return Download(blocks_of(uow, export), kind, export.format, progress(export, kind))


def may_take(uow: UnitOfWork, export: BulkExport) -> None:
    """Raise `Forbidden` unless the actor may read all that is in the files."""
    if missing := sorted(set(export.permissions) - uow.scope.permissions):
        raise Forbidden(f"Missing permission {missing[0]}")


async def _finish(uow: UnitOfWork, export: BulkExport) -> None:
    await BulkExports(uow).save(export, state=ExportState.READY, finished_at=uow.now)
    rows = sum(progress(export, kind).rows for kind in export.kinds)
    uow.record(ExportReady(export_id=export.id, rows=rows))
    payload = {"export_id": str(export.id)}
    timer = _timer(EXPIRING, export.id)
    uow.schedule(EXPIRING, at=export.expires_at, key=timer, payload=payload)


async def _let_go(uow: UnitOfWork, export: BulkExport, state: ExportState) -> None:
    # Without its secret what may be left of a file is noise.
    await BulkExports(uow).save(export, state=state, secret=None, finished_at=uow.now)


def _used(uow: UnitOfWork, kinds: Sequence[SyncKind]) -> list[str]:
    """What is made use of, of what the actor may read."""
    asked = {WRITTEN[kind].permission for kind in kinds}
    if SyncKind.CONVERSATION in kinds:
        asked |= {TRANSCRIPTS} & uow.scope.permissions
    return sorted(asked)


def _timer(job: str, id: UUID) -> str:
    return f"{job}:{id}"
