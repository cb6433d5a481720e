"""What the business has told its receptionist to answer."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.changes import UpdatedSince, changed
from api.graphql.context import Info
from api.graphql.enums import KnowledgeStatus
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, maybe_read_id, read_id, write_id
from api.graphql.inputs import said
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.places import Location, location_of
from domain import knowledge
from domain.knowledge import models
from domain.knowledge.repository import KnowledgeItems
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "knowledge:read"


@strawberry.type
class KnowledgeItem(Node):
    """A question and its answer."""

    location_key: strawberry.Private[UUID | None]
    question: str
    answer: str
    status: KnowledgeStatus
    version: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: models.KnowledgeItem) -> "KnowledgeItem":
        """The knowledge of a row."""
        return cls(
            id=write_id("KnowledgeItem", row.id),
            location_key=row.location_id,
            question=row.question,
            answer=row.answer,
            status=row.status,
            version=row.version,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """Where it holds; null means everywhere."""
        return await location_of(info, self.location_key)


@strawberry.type
class KnowledgeFields:
    """What a tenant's receptionist knows."""

    @strawberry.field(
        graphql_type=Connection[KnowledgeItem], extensions=[Paged(), Needs("knowledge:read")]
    )
    async def knowledge(
        self, info: Info, status: KnowledgeStatus | None = None, updated_since: UpdatedSince = None
    ) -> Listing:
        """Questions and answers, those added last in front."""
        repository = KnowledgeItems(await info.context.read(READ))
        rows = repository.all()
        if status is not None:
            rows = rows.filter(status=status)
        listing = Listing(repository, rows, Order("created_at"), KnowledgeItem.of)
        return await changed(info, listing, updated_since)


@strawberry.input
class KnowledgeAddInput:
    """A question to answer; without a location it holds everywhere."""

    question: str
    answer: str
    location_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@strawberry.type
class KnowledgeAddPayload:
    """The question and its answer, as a draft."""

    item: KnowledgeItem


KnowledgeAddResult = Annotated[
    KnowledgeAddPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("KnowledgeAddResult"),
]


@strawberry.input
class KnowledgeUpdateInput:
    """How to word it; what is left out stays."""

    id: strawberry.ID
    question: strawberry.Maybe[str]
    answer: strawberry.Maybe[str]


@strawberry.type
class KnowledgeUpdatePayload:
    """The next version."""

    item: KnowledgeItem


KnowledgeUpdateResult = Annotated[
    KnowledgeUpdatePayload | InvalidInputError, strawberry.union("KnowledgeUpdateResult")
]


@strawberry.input
class KnowledgePublishInput:
    """What callers may hear."""

    id: strawberry.ID


@strawberry.type
class KnowledgePublishPayload:
    """The knowledge that callers hear from now on."""

    item: KnowledgeItem


KnowledgePublishResult = Annotated[
    KnowledgePublishPayload, strawberry.union("KnowledgePublishResult")
]


@strawberry.input
class KnowledgeRetireInput:
    """What callers should hear no longer."""

    id: strawberry.ID


@strawberry.type
class KnowledgeRetirePayload:
    """The knowledge that callers hear no longer."""

    item: KnowledgeItem


KnowledgeRetireResult = Annotated[KnowledgeRetirePayload, strawberry.union("KnowledgeRetireResult")]


@strawberry.type
class KnowledgeMutations:
    """Deeds around knowledge."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("knowledge:write")])
    async def knowledge_add(self, info: Info, input: KnowledgeAddInput) -> KnowledgeAddResult:
        """Answer a question, as a draft."""
        location_id = maybe_read_id("Location", input.location_id)
        uow = info.context.uow
        row = await once(
            info,
            input,
            KnowledgeItems,
            lambda: knowledge.add(uow, input.question, input.answer, location_id=location_id),
        )
        return KnowledgeAddPayload(item=KnowledgeItem.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("knowledge:write")])
    async def knowledge_update(
        self, info: Info, input: KnowledgeUpdateInput
    ) -> KnowledgeUpdateResult:
        """Word a question or its answer anew: the next version."""
        id = read_id("KnowledgeItem", input.id)
        wording = said(question=input.question, answer=input.answer)
        row = await knowledge.update(info.context.uow, id, **wording)
        return KnowledgeUpdatePayload(item=KnowledgeItem.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("knowledge:write")])
    async def knowledge_publish(
        self, info: Info, input: KnowledgePublishInput
    ) -> KnowledgePublishResult:
        """Let callers hear it; a second time changes nothing."""
        row = await knowledge.publish(info.context.uow, read_id("KnowledgeItem", input.id))
        return KnowledgePublishPayload(item=KnowledgeItem.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("knowledge:write")])
    async def knowledge_retire(
        self, info: Info, input: KnowledgeRetireInput
    ) -> KnowledgeRetireResult:
        """Let callers hear it no longer; a second time changes nothing."""
        row = await knowledge.retire(info.context.uow, read_id("KnowledgeItem", input.id))
        return KnowledgeRetirePayload(item=KnowledgeItem.of(row))
