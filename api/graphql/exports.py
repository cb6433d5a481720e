"""Taking everything of some kinds along, as files."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import ExportFormat, ExportState, SyncKind
from api.graphql.errors import (
    ExportRunningError,
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain import exports
from domain.exports import models, pages, service
from domain.exports.repository import BulkExports
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ, WRITE = service.READ, service.WRITE


@strawberry.type
class ExportedFile:
    """The file of one kind, as far as it is written."""

    export_key: strawberry.Private[UUID]
    ready: strawberry.Private[bool]
    kind: SyncKind
    rows: int
    bytes: int

    @strawberry.field(extensions=[Needs(READ)])
    async def url(self, info: Info) -> str | None:
        """Where whoever asks can download it for a quarter of an hour; null unless it is ready."""
        links = info.context.export_links
        uow = await info.context.read(READ)
        if links is None or not self.ready:
            return None
        service.may_take(uow, await BulkExports(uow).get(self.export_key))
        return links.url(info.context.scope, self.export_key, self.kind)


@strawberry.type
class BulkExport(Node):
    """Files of everything of some kinds, a file for each."""

    kinds: list[SyncKind]
    format: ExportFormat
    state: ExportState
    since: datetime | None
    synced_until: datetime = strawberry.field(
        description="Where `updatedSince` goes on after these files."
    )
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime = strawberry.field(description="When its files go.")
    files: list[ExportedFile]

    @classmethod
    def of(cls, row: models.BulkExport) -> "BulkExport":
        """The export of a row."""
        return cls(
            id=write_id("BulkExport", row.id),
            kinds=[SyncKind(kind) for kind in row.kinds],
            format=row.format,
            state=row.state,
            since=row.since,
            synced_until=row.synced_until,
            created_at=row.created_at,
            finished_at=row.finished_at,
            expires_at=row.expires_at,
            files=[_file(row, SyncKind(kind)) for kind in row.kinds],
        )


def _file(row: models.BulkExport, kind: SyncKind) -> ExportedFile:
    written = pages.progress(row, kind)
    return ExportedFile(
        export_key=row.id,
        ready=row.state is ExportState.READY,
        kind=kind,
        rows=written.rows,
        bytes=written.bytes,
    )


@strawberry.type
class ExportFields:
    """What a tenant's people and programs take along."""

    @strawberry.field(graphql_type=Connection[BulkExport], extensions=[Paged(), Needs(READ)])
    async def bulk_exports(self, info: Info) -> Listing:
        """Exports, the newest in front; they stay on record when their files are gone."""
        repository = BulkExports(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("created_at"), BulkExport.of)


@strawberry.input
class BulkExportStartInput:
    """What to take along: everything of these kinds, or what changed since a moment."""

    kinds: list[SyncKind]
    format: ExportFormat = ExportFormat.JSONL
    since: datetime | None = None
    idempotency_key: str | None = None


@strawberry.type
class BulkExportStartPayload:
    """The export; its files are being written."""

    export: BulkExport


BulkExportStartResult = Annotated[
    BulkExportStartPayload
    | InvalidInputError
    | ExportRunningError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("BulkExportStartResult"),
]


@strawberry.input
class BulkExportCancelInput:
    """An export to stop, or whose files are to go."""

    id: strawberry.ID


@strawberry.type
class BulkExportCancelPayload:
    """The export as it stands."""

    export: BulkExport


BulkExportCancelResult = Annotated[
    BulkExportCancelPayload, strawberry.union("BulkExportCancelResult")
]


@strawberry.type
class ExportMutations:
    """Deeds around exports."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def bulk_export_start(
        self, info: Info, input: BulkExportStartInput
    ) -> BulkExportStartResult:
        """Write everything of some kinds into files; one export at a time."""
        uow = info.context.uow
        new = exports.NewExport(tuple(input.kinds), input.format, input.since)
        row = await once(info, input, BulkExports, lambda: exports.start(uow, new))
        return BulkExportStartPayload(export=BulkExport.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def bulk_export_cancel(
        self, info: Info, input: BulkExportCancelInput
    ) -> BulkExportCancelResult:
        """Stop an export, or let go of its files; a second time changes nothing."""
        row = await exports.cancel(info.context.uow, read_id("BulkExport", input.id))
        return BulkExportCancelPayload(export=BulkExport.of(row))
