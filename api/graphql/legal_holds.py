"""Holding data back from deletion: what is held, why, until when somebody looks again."""

from datetime import datetime
from typing import Annotated

import strawberry

from api.graphql.context import Info
from api.graphql.enums import HoldReason, HoldScope
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.people_errors import HoldReleasedError, NothingToHoldError
from domain.retention import holds
from domain.retention.holds import models, service
from domain.retention.holds.repository import LegalHolds
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ, WRITE = service.READ, service.WRITE


@strawberry.type
class LegalHold(Node):
    """That nothing of a person, of a conversation, or at all is deleted while it lasts."""

    scope: HoldScope
    contact_id: strawberry.ID | None
    conversation_id: strawberry.ID | None
    reason: HoldReason
    note: str | None
    review_at: datetime = strawberry.field(description="When somebody is asked to look again.")
    placed_by: str
    placed_at: datetime
    released_by: str | None
    released_at: datetime | None

    @classmethod
    def of(cls, row: models.LegalHold) -> "LegalHold":
        """The hold of a row."""
        talk, person = row.conversation_id, row.contact_id
        return cls(
            id=write_id("LegalHold", row.id),
            scope=row.scope,
            contact_id=write_id("Contact", person) if person else None,
            conversation_id=write_id("Conversation", talk) if talk else None,
            reason=row.reason,
            note=row.note.read() if row.note else None,
            review_at=row.review_at,
            placed_by=row.placed_by,
            placed_at=row.placed_at,
            released_by=row.released_by or None,
            released_at=row.released_at,
        )


@strawberry.type
class LegalHoldFields:
    """What is held."""

    @strawberry.field(graphql_type=Connection[LegalHold], extensions=[Paged(), Needs(READ)])
    async def legal_holds(self, info: Info) -> Listing:
        """What is held, and what was, the newest in front."""
        repository = LegalHolds(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("placed_at"), LegalHold.of)


@strawberry.input
class LegalHoldPlaceInput:
    """What to hold (everything, if neither is named), why, and when to look at it again."""

    reason: HoldReason
    review_at: datetime
    contact_id: strawberry.ID | None = None
    conversation_id: strawberry.ID | None = None
    note: str = ""
    idempotency_key: str | None = None


@strawberry.type
class LegalHoldPlacePayload:
    """The hold."""

    hold: LegalHold


LegalHoldPlaceResult = Annotated[
    LegalHoldPlacePayload
    | InvalidInputError
    | NothingToHoldError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("LegalHoldPlaceResult"),
]


@strawberry.input
class LegalHoldReleaseInput:
    """A hold that is not needed any more."""

    id: strawberry.ID


@strawberry.type
class LegalHoldReleasePayload:
    """The hold, released; what is over its time goes with the next run."""

    hold: LegalHold


LegalHoldReleaseResult = Annotated[
    LegalHoldReleasePayload | HoldReleasedError, strawberry.union("LegalHoldReleaseResult")
]


@strawberry.input
class LegalHoldReviewInput:
    """A hold that is still needed, and when to look at it again."""

    id: strawberry.ID
    review_at: datetime


@strawberry.type
class LegalHoldReviewPayload:
    """The hold."""

    hold: LegalHold


LegalHoldReviewResult = Annotated[
    LegalHoldReviewPayload | InvalidInputError | HoldReleasedError,
    strawberry.union("LegalHoldReviewResult"),
]


@strawberry.type
class LegalHoldMutations:
    """Deeds around holds."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def legal_hold_place(
        self, info: Info, input: LegalHoldPlaceInput
    ) -> LegalHoldPlaceResult:
        """Hold a person, a conversation, or everything back from deletion."""
        uow, person, talk = info.context.uow, input.contact_id, input.conversation_id
        new = holds.NewHold(
            input.reason,
            input.review_at,
            contact_id=read_id("Contact", person) if person else None,
            conversation_id=read_id("Conversation", talk) if talk else None,
            note=input.note,
        )
        row = await once(info, input, LegalHolds, lambda: holds.place(uow, new))
        return LegalHoldPlacePayload(hold=LegalHold.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def legal_hold_release(
        self, info: Info, input: LegalHoldReleaseInput
    ) -> LegalHoldReleaseResult:
        """Hold it no longer."""
        row = await holds.release(info.context.uow, read_id("LegalHold", input.id))
        return LegalHoldReleasePayload(hold=LegalHold.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs(WRITE)])
    async def legal_hold_review(
        self, info: Info, input: LegalHoldReviewInput
    ) -> LegalHoldReviewResult:
        """It is still needed: be asked again later."""
        id = read_id("LegalHold", input.id)
        row = await holds.review_again(info.context.uow, id, input.review_at)
        return LegalHoldReviewPayload(hold=LegalHold.of(row))
