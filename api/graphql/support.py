"""Help for the business, and what people thought of a conversation."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.conversations import Conversation, conversation_of
from api.graphql.enums import TicketStatus
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    RequestInProgressError,
)
from api.graphql.ids import Node, read_id, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from domain import support
from domain.support import models
from domain.support.repository import SupportTickets
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "support:read"


@strawberry.type
class SupportTicket(Node):
    """A request for help to the operator of this service."""

    subject: str
    body: str
    status: TicketStatus
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, row: models.SupportTicket) -> "SupportTicket":
        """The ticket of a row."""
        return cls(
            id=write_id("SupportTicket", row.id),
            subject=row.subject.read(),
            body=row.body.read(),
            status=row.status,
            created_at=row.created_at,
            closed_at=row.closed_at,
        )


@strawberry.type
class Feedback:
    """What somebody thought of a conversation."""

    conversation_key: strawberry.Private[UUID]
    rating: int = strawberry.field(description="1 to 5, 5 is best.")
    comment: str | None
    given_at: datetime

    @classmethod
    def of(cls, row: models.Feedback) -> "Feedback":
        """The feedback of a row."""
        return cls(
            conversation_key=row.conversation_id,
            rating=row.rating,
            comment=opened(row.comment),
            given_at=row.given_at,
        )

    @strawberry.field(extensions=[Needs("conversations:read")])
    async def conversation(self, info: Info) -> Conversation | None:
        """What it is about."""
        return await conversation_of(info, self.conversation_key)


@strawberry.type
class SupportFields:
    """What a tenant asked of the operator."""

    @strawberry.field(
        graphql_type=Connection[SupportTicket], extensions=[Paged(), Needs("support:read")]
    )
    async def support_tickets(self, info: Info, status: TicketStatus | None = None) -> Listing:
        """Requests for help, the newest in front."""
        repository = SupportTickets(await info.context.read(READ))
        rows = repository.all()
        if status is not None:
            rows = rows.filter(status=status)
        return Listing(repository, rows, Order("created_at"), SupportTicket.of)


@strawberry.input
class SupportTicketOpenInput:
    """What help is needed with."""

    subject: str
    body: str
    idempotency_key: str | None = None


@strawberry.type
class SupportTicketOpenPayload:
    """The request that was made."""

    ticket: SupportTicket


SupportTicketOpenResult = Annotated[
    SupportTicketOpenPayload
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("SupportTicketOpenResult"),
]


@strawberry.input
class SupportTicketChangeStatusInput:
    """Whether a request was answered or closed, or is open again."""

    id: strawberry.ID
    status: TicketStatus


@strawberry.type
class SupportTicketChangeStatusPayload:
    """The request as it stands."""

    ticket: SupportTicket


SupportTicketChangeStatusResult = Annotated[
    SupportTicketChangeStatusPayload, strawberry.union("SupportTicketChangeStatusResult")
]


@strawberry.input
class FeedbackGiveInput:
    """What one thought of a conversation; rating 1 to 5."""

    conversation_id: strawberry.ID
    rating: int
    comment: str = ""


@strawberry.type
class FeedbackGivePayload:
    """The feedback as it stands."""

    feedback: Feedback


FeedbackGiveResult = Annotated[
    FeedbackGivePayload | InvalidInputError, strawberry.union("FeedbackGiveResult")
]


@strawberry.type
class SupportMutations:
    """Asking for help, and saying what one thought."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("support:write")])
    async def support_ticket_open(
        self, info: Info, input: SupportTicketOpenInput
    ) -> SupportTicketOpenResult:
        """Ask the operator for help."""
        uow = info.context.uow
        row = await once(
            info,
            input,
            SupportTickets,
            lambda: support.open_ticket(uow, input.subject, input.body),
        )
        return SupportTicketOpenPayload(ticket=SupportTicket.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("support:write")])
    async def support_ticket_change_status(
        self, info: Info, input: SupportTicketChangeStatusInput
    ) -> SupportTicketChangeStatusResult:
        """Say that a request was answered or closed, or take it up again."""
        id = read_id("SupportTicket", input.id)
        row = await support.change_ticket(info.context.uow, id, input.status)
        return SupportTicketChangeStatusPayload(ticket=SupportTicket.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("feedback:write")])
    async def feedback_give(self, info: Info, input: FeedbackGiveInput) -> FeedbackGiveResult:
        """Say what one thought of a conversation; saying it again replaces it."""
        id = read_id("Conversation", input.conversation_id)
        row = await support.give_feedback(info.context.uow, id, input.rating, input.comment)
        return FeedbackGivePayload(feedback=Feedback.of(row))
