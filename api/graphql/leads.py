"""People who may become customers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.changes import UpdatedSince, changed
from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.conversations import Conversation, conversation_of
from api.graphql.enums import LeadStatus, Qualification, Source
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, maybe_read_id, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain import leads
from domain.leads import models
from domain.leads.repository import Leads
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "leads:read"


@strawberry.type
class Lead(Node):
    """Somebody's interest in the business."""

    contact_key: strawberry.Private[UUID]
    conversation_key: strawberry.Private[UUID | None]
    need: str
    source: Source
    qualification: Qualification
    status: LeadStatus
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: models.Lead) -> "Lead":
        """The lead of a row."""
        return cls(
            id=write_id("Lead", row.id),
            contact_key=row.contact_id,
            conversation_key=row.conversation_id,
            need=row.need.read(),
            source=row.source,
            qualification=row.qualification,
            status=row.status,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Who is interested."""
        return await contact_of(info, self.contact_key)

    @strawberry.field(extensions=[Needs("conversations:read")])
    async def conversation(self, info: Info) -> Conversation | None:
        """Where it came up, unless the staff entered it."""
        return await conversation_of(info, self.conversation_key)


@strawberry.type
class LeadFields:
    """Who may become a tenant's customer."""

    @strawberry.field(graphql_type=Connection[Lead], extensions=[Paged(), Needs("leads:read")])
    async def leads(
        self, info: Info, status: LeadStatus | None = None, updated_since: UpdatedSince = None
    ) -> Listing:
        """Leads, the newest in front."""
        repository = Leads(await info.context.read(READ))
        rows = repository.all()
        if status is not None:
            rows = rows.filter(status=status)
        listing = Listing(repository, rows, Order("created_at"), Lead.of)
        return await changed(info, listing, updated_since)


@strawberry.input
class LeadCaptureInput:
    """Somebody's interest, as the staff heard of it."""

    contact_id: strawberry.ID
    need: str
    conversation_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@strawberry.type
class LeadCapturePayload:
    """The lead that was kept."""

    lead: Lead


LeadCaptureResult = Annotated[
    LeadCapturePayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("LeadCaptureResult"),
]


@strawberry.input
class LeadQualifyInput:
    """How likely a lead is."""

    id: strawberry.ID
    qualification: Qualification


@strawberry.type
class LeadQualifyPayload:
    """The lead as it stands."""

    lead: Lead


LeadQualifyResult = Annotated[LeadQualifyPayload, strawberry.union("LeadQualifyResult")]


@strawberry.input
class LeadChangeStatusInput:
    """Where a lead stands with the business."""

    id: strawberry.ID
    status: LeadStatus


@strawberry.type
class LeadChangeStatusPayload:
    """The lead as it stands."""

    lead: Lead


LeadChangeStatusResult = Annotated[
    LeadChangeStatusPayload, strawberry.union("LeadChangeStatusResult")
]


@strawberry.type
class LeadMutations:
    """Deeds around leads."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("leads:write")])
    async def lead_capture(self, info: Info, input: LeadCaptureInput) -> LeadCaptureResult:
        """Keep somebody's interest."""
        new = leads.NewLead(
            contact_id=read_id("Contact", input.contact_id),
            need=input.need,
            source=Source.OWNER,
            conversation_id=maybe_read_id("Conversation", input.conversation_id),
        )
        row = await once(info, input, Leads, lambda: leads.capture(info.context.uow, new))
        return LeadCapturePayload(lead=Lead.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("leads:write")])
    async def lead_qualify(self, info: Info, input: LeadQualifyInput) -> LeadQualifyResult:
        """Say how likely a lead is; never a reason to refuse service."""
        id = read_id("Lead", input.id)
        row = await leads.qualify(info.context.uow, id, input.qualification)
        return LeadQualifyPayload(lead=Lead.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("leads:write")])
    async def lead_change_status(
        self, info: Info, input: LeadChangeStatusInput
    ) -> LeadChangeStatusResult:
        """Say where a lead stands with the business."""
        id = read_id("Lead", input.id)
        row = await leads.change_status(info.context.uow, id, input.status)
        return LeadChangeStatusPayload(lead=Lead.of(row))
