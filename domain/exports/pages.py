"""The files of an export, a page of rows at a time: reading, writing, sealing and opening."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.contacts.restriction import unrestricted
from domain.encryption import DataKey, WrongKey
from domain.exports.columns import WRITTEN, Column, value
from domain.exports.errors import ExportDamaged
from domain.exports.models import BulkExport, ExportFormat
from domain.spreadsheets import csv_lines
from domain.sync.models import SyncKind
from domain.work import UnitOfWork

PAGE = 500


@dataclass(frozen=True)
class Progress:
    """How far the file of one kind is."""

    rows: int = 0
    bytes: int = 0
    blocks: int = 0
    last: str | None = None
    complete: bool = False


@dataclass(frozen=True)
class Piece:
    """The next block of a file, and how far the file is with it."""

    kind: SyncKind
    text: bytes
    after: Progress


def progress(export: BulkExport, kind: str) -> Progress:
    """How far the file of a kind is."""
    return Progress(**export.written.get(kind, {}))


def unfinished(export: BulkExport) -> SyncKind | None:
    """The kind that is being written; None if all are."""
    open_ = (kind for kind in export.kinds if not progress(export, kind).complete)
    kind = next(open_, None)
    return None if kind is None else SyncKind(kind)


async def next_piece(uow: UnitOfWork, export: BulkExport, kind: SyncKind) -> Piece:
    """The next rows of a kind, in the order of their ids, which never changes."""
    written, before = WRITTEN[kind], progress(export, kind)
    repository = written.repository(uow)
    # Whoever wants their data kept and not used is in no list that is taken along.
    rows = unrestricted(uow, repository.all()).order_by("id").limit(PAGE)
    if before.last is not None:
        rows = rows.filter(id__gt=UUID(before.last))
    if export.since is not None:
        rows = rows.filter(updated_at__gte=export.since)
    # Whoever was erased meanwhile is left out, and keeps nobody from the rest.
    found = await rows
    await uow.keys.open_remaining(found)
    columns = written.allowed(frozenset(export.permissions))
    text = _text(export.format, columns, found, heads=before.blocks == 0).encode()
    after = Progress(
        rows=before.rows + len(found),
        bytes=before.bytes + len(text),
        blocks=before.blocks + 1,
        last=str(found[-1].id) if found else before.last,
        complete=len(found) < PAGE,
    )
    return Piece(kind, text, after)


def _text(
    format: ExportFormat, columns: Sequence[Column], rows: Sequence[Any], *, heads: bool
) -> str:
    values = [{column.name: value(column.read(row)) for column in columns} for row in rows]
    if format is ExportFormat.JSONL:
        return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in values)
    lines = [[column.name for column in columns]] if heads else []
    return csv_lines([*lines, *([_cell(each) for each in line.values()] for line in values)])


def _cell(found: Any) -> str:
    if isinstance(found, bool):
        return str(found).lower()
    return "" if found is None else str(found)


@dataclass(frozen=True)
class Blocks:
    """Seals and opens the blocks of an export's files, each bound to its place.

    Whether a block is the last one is part of its place, so a file cannot be cut short unseen.
    """

    key: DataKey
    tenant_id: UUID
    export_id: UUID

    @property
    def folder(self) -> str:
        """Where all of them are."""
        return f"{self.tenant_id}/exports/{self.export_id}"

    def where(self, kind: str, index: int) -> str:
        """The object that holds a block."""
        return f"{self.folder}/{kind}/{index:06d}"

    def close(self, piece: Piece) -> bytes:
        """Seal the newest block of a file."""
        place = self._place(piece.kind, piece.after.blocks - 1, piece.after.complete)
        return self.key.seal(piece.text, place)

    def open(self, sealed: bytes, kind: str, index: int, *, last: bool) -> bytes:
        """Open a block. Raises `ExportDamaged` if it is not the one that belongs there."""
        try:
            return self.key.open(sealed, self._place(kind, index, last))
        except WrongKey as problem:
            raise ExportDamaged(f"Block {index} is not what was written") from problem

    def _place(self, kind: str, index: int, last: bool) -> bytes:
        end = b"last" if last else b"more"
        whose = (b"export", self.tenant_id.bytes, self.export_id.bytes, kind.encode())
        return b"|".join((*whose, index.to_bytes(4), end))
