"""Calls and texts to people: asked for here, and what became of each of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.enums import OutboundState, OutreachRefusal, OutreachRoute, Purpose
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import PhoneNumber
from domain.outreach import outbound
from domain.outreach.outbound import models
from domain.outreach.outbound.repository import Outbounds
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ, WRITE = "contacts:read", "contacts:write"


@strawberry.type
class Outbound(Node):
    """One call or text to somebody, and what became of it."""

    contact_key: strawberry.Private[UUID]
    route: OutreachRoute
    purpose: Purpose
    line: PhoneNumber | None = strawberry.field(description="The number that it leaves from.")
    words: str
    asked_at: datetime
    until: datetime = strawberry.field(description="After which it is not tried any more.")
    state: OutboundState
    refusal: OutreachRefusal | None = strawberry.field(
        description="What stood in the way, or stands in it for now."
    )
    rule: str | None = strawberry.field(
        description="The row of law behind that: rule/jurisdiction@version."
    )
    settled_at: datetime | None

    @classmethod
    def of(cls, row: models.Outbound) -> "Outbound":
        """The call or text of a row."""
        return cls(
            id=write_id("Outbound", row.id),
            contact_key=row.contact_id,
            route=row.route,
            purpose=row.purpose,
            line=PhoneNumber(row.line) if row.line else None,
            words=row.words.read(),
            asked_at=row.asked_at,
            until=row.until,
            state=row.state,
            refusal=row.refusal,
            rule=row.rule or None,
            settled_at=row.settled_at,
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def contact(self, info: Info) -> Contact | None:
        """Whom it goes to."""
        return await contact_of(info, self.contact_key)


@strawberry.type
class OutboundFields:
    """What a tenant sends to the people who call."""

    @strawberry.field(graphql_type=Connection[Outbound], extensions=[Paged(), Needs(READ)])
    async def outbound(self, info: Info) -> Listing:
        """Calls and texts to people, those asked for last in front."""
        repository = Outbounds(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("asked_at"), Outbound.of)


@strawberry.input
class OutboundAskInput:
    """Somebody to call or text, and what for."""

    contact_id: strawberry.ID
    route: OutreachRoute
    purpose: Purpose
    words: str
    line: PhoneNumber | None = None
    conversation_id: strawberry.ID | None = strawberry.field(
        default=None, description="The conversation of theirs that it answers."
    )
    idempotency_key: str | None = None


@strawberry.type
class OutboundAskPayload:
    """What goes out as soon as it may; its `state` and `refusal` tell what became of it."""

    outbound: Outbound


OutboundAskResult = Annotated[
    OutboundAskPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("OutboundAskResult"),
]


@strawberry.type
class OutboundMutations:
    """Deeds around calls and texts to people."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def outbound_ask(self, info: Info, input: OutboundAskInput) -> OutboundAskResult:
        """Have somebody called or texted as soon as they may be."""
        answers = input.conversation_id
        wanted = outbound.Wanted(
            read_id("Contact", input.contact_id),
            input.route,
            input.purpose,
            input.words,
            input.line,
            read_id("Conversation", answers) if answers else None,
        )
        uow = info.context.uow
        row = await once(info, input, Outbounds, lambda: outbound.ask(uow, wanted))
        return OutboundAskPayload(outbound=Outbound.of(row))
