"""Everything of a person, or of the business, in one file."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import ArchiveOwner, ArchiveState
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.request_errors import ArchiveNotReadyError, ArchiveRunningError
from domain import archives
from domain.archives import models
from domain.archives.repository import Archives
from domain.archives.service import OF_PERSON, OF_TENANT
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "privacy:read"
PAGE = "/my-copy"


@strawberry.type
class Archive(Node):
    """Everything of somebody in one ZIP file, for a week."""

    whose: ArchiveOwner
    state: ArchiveState
    chapters: int = strawberry.field(description="How many chapters it has.")
    packed: int = strawberry.field(description="How many of them are packed.")
    bytes: int
    created_at: datetime
    finished_at: datetime | None
    collected_at: datetime | None = strawberry.field(description="When it was taken last.")
    expires_at: datetime = strawberry.field(description="When it goes.")

    @classmethod
    def of(cls, row: models.Archive) -> "Archive":
        """The archive of a row."""
        return cls(
            id=write_id("Archive", row.id),
            whose=row.whose,
            state=row.state,
            chapters=len(row.chapters),
            packed=row.cursor.get("chapter", 0),
            bytes=row.bytes,
            created_at=row.created_at,
            finished_at=row.finished_at,
            collected_at=row.collected_at,
            expires_at=row.expires_at,
        )


@strawberry.type
class ArchiveFields:
    """What was packed."""

    @strawberry.field(graphql_type=Connection[Archive], extensions=[Paged(), Needs(READ)])
    async def archives(self, info: Info) -> Listing:
        """Archives, the newest in front; they stay on record when their files are gone."""
        repository = Archives(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("created_at"), Archive.of)


@strawberry.input
class ContactArchiveStartInput:
    """Whose data to pack."""

    contact_id: strawberry.ID
    idempotency_key: str | None = None


@strawberry.type
class ContactArchiveStartPayload:
    """The archive; it is being packed."""

    archive: Archive


ContactArchiveStartResult = Annotated[
    ContactArchiveStartPayload
    | ArchiveRunningError
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("ContactArchiveStartResult"),
]


@strawberry.input
class TenantArchiveStartInput:
    """Everything of the business."""

    idempotency_key: str | None = None


@strawberry.type
class TenantArchiveStartPayload:
    """The archive; it is being packed."""

    archive: Archive


TenantArchiveStartResult = Annotated[
    TenantArchiveStartPayload
    | ArchiveRunningError
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("TenantArchiveStartResult"),
]


@strawberry.input
class ArchiveCancelInput:
    """An archive to stop, or whose files are to go."""

    id: strawberry.ID


@strawberry.type
class ArchiveCancelPayload:
    """The archive as it stands."""

    archive: Archive


ArchiveCancelResult = Annotated[ArchiveCancelPayload, strawberry.union("ArchiveCancelResult")]


@strawberry.input
class ArchiveLinkMakeInput:
    """An archive to be taken."""

    id: strawberry.ID


@strawberry.type
class ArchiveLinkMakePayload:
    """Where the archive is taken: good once, and for three days."""

    archive: Archive
    path: str = strawberry.field(description="At this server.")


ArchiveLinkMakeResult = Annotated[
    ArchiveLinkMakePayload | ArchiveNotReadyError, strawberry.union("ArchiveLinkMakeResult")
]


@strawberry.type
class ArchiveMutations:
    """Packing everything of somebody, and taking it."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(OF_PERSON)])
    async def contact_archive_start(
        self, info: Info, input: ContactArchiveStartInput
    ) -> ContactArchiveStartResult:
        """Pack everything that is known of a caller."""
        uow, id = info.context.uow, read_id("Contact", input.contact_id)
        row = await once(info, input, Archives, lambda: archives.start_for_contact(uow, id))
        return ContactArchiveStartPayload(archive=Archive.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(OF_TENANT)])
    async def tenant_archive_start(
        self, info: Info, input: TenantArchiveStartInput
    ) -> TenantArchiveStartResult:
        """Pack everything the business made or learnt, to go elsewhere."""
        uow = info.context.uow
        row = await once(info, input, Archives, lambda: archives.start_for_tenant(uow))
        return TenantArchiveStartPayload(archive=Archive.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(OF_PERSON)])
    async def archive_cancel(self, info: Info, input: ArchiveCancelInput) -> ArchiveCancelResult:
        """Stop packing, or let go of what is packed; a second time changes nothing."""
        row = await archives.cancel(info.context.uow, read_id("Archive", input.id))
        return ArchiveCancelPayload(archive=Archive.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(OF_PERSON)])
    async def archive_link_make(
        self, info: Info, input: ArchiveLinkMakeInput
    ) -> ArchiveLinkMakeResult:
        """Make a link by which an archive is taken, in place of an earlier one."""
        uow, id = info.context.uow, read_id("Archive", input.id)
        secret = await archives.make_link(uow, id)
        row = await Archives(uow).get(id)
        token = f"{uow.tenant_id.hex}.{id.hex}.{secret}"
        # Behind a #, a browser keeps it from servers and their logs.
        return ArchiveLinkMakePayload(archive=Archive.of(row), path=f"{PAGE}#{token}")
