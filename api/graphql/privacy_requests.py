"""What people ask of their data: requests, their clocks, and what people do not want."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.enums import (
    ClockDuty,
    PrivacyRequestIntake,
    PrivacyRequestKind,
    PrivacyRequestParty,
    PrivacyRequestState,
    Purpose,
    RefusalReason,
    VerificationMeans,
)
from api.graphql.ids import Node, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.scalars import EmailAddress, PhoneNumber
from domain.rights import clocks, desk, models
from domain.rights.repository import PrivacyChoices, RequestsInSight
from plugins.graphql_kit import Needs
from tenants.rights.account import own, promises_to

READ, WRITE, ASK = desk.READ, desk.WRITE, desk.ASK


@strawberry.type
class PrivacyClock:
    """By when something is due, and what says so."""

    duty: ClockDuty
    regime: str = strawberry.field(description="The law by its usual name, or `policy`.")
    due_on: date = strawberry.field(description="The last day, where the business is.")
    due_at: datetime = strawberry.field(description="The moment at which it is missed.")
    extendable_to: date | None
    rule: str = strawberry.field(description="The row of law it comes from, or `policy`.")
    needs_counsel: bool

    @classmethod
    def of(cls, clock: clocks.RunningClock) -> "PrivacyClock":
        """The clock as it runs."""
        return cls(
            duty=clock.duty,
            regime=clock.regime,
            due_on=clock.due_on,
            due_at=clock.due_at,
            extendable_to=clock.extendable_to,
            rule=clock.rule,
            needs_counsel=clock.needs_counsel,
        )


@strawberry.type
class PrivacyRequest(Node):
    """Somebody makes use of a right they have in their data."""

    row: strawberry.Private[models.PrivacyRequest]
    kind: PrivacyRequestKind
    party: PrivacyRequestParty
    state: PrivacyRequestState
    intake: PrivacyRequestIntake
    name: str | None
    email: EmailAddress | None = strawberry.field(description="Where letters about it go.")
    phone: PhoneNumber | None
    place: str | None = strawberry.field(description="Where they live, ISO 3166.")
    words: str | None = strawberry.field(description="What they said themselves.")
    answer: str | None = strawberry.field(description="What they were told, or why not.")
    refusal: RefusalReason | None
    verified_by: VerificationMeans | None
    assignee_id: strawberry.ID | None
    instructed_by: str | None = strawberry.field(
        description="Who decided: what the operator then does, it does on their instruction."
    )
    received_at: datetime
    confirmed_at: datetime | None
    verified_at: datetime | None
    extended_at: datetime | None
    instructed_at: datetime | None
    due_at: datetime = strawberry.field(description="When the shortest clock runs out.")
    closed_at: datetime | None

    @classmethod
    def of(cls, row: models.PrivacyRequest) -> "PrivacyRequest":
        """The request of a row."""
        email, phone = opened(row.email), opened(row.phone)
        return cls(
            id=write_id("PrivacyRequest", row.id),
            row=row,
            kind=row.kind,
            party=row.party,
            state=row.state,
            intake=row.intake,
            name=opened(row.name),
            email=EmailAddress(email) if email else None,
            phone=PhoneNumber(phone) if phone else None,
            place=row.place,
            words=opened(row.words),
            answer=opened(row.reason),
            refusal=row.refusal,
            verified_by=row.verified_by,
            assignee_id=write_id("User", row.assignee_id) if row.assignee_id else None,
            instructed_by=row.instructed_by or None,
            received_at=row.received_at,
            confirmed_at=row.confirmed_at,
            verified_at=row.verified_at,
            extended_at=row.extended_at,
            instructed_at=row.instructed_at,
            due_at=row.due_at,
            closed_at=row.closed_at,
        )

    @strawberry.field
    async def clocks(self, info: Info) -> list[PrivacyClock]:
        """Every clock that runs, the shortest in front; none once it is closed."""
        if self.row.closed_at is not None:
            return []
        uow = await info.context.read(READ if self.row.user_id is None else "account:read")
        promises = await promises_to(uow, self.row)
        return [PrivacyClock.of(clock) for clock in desk.clocks_of(uow, self.row, promises)]

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Whose data it is about; null if nobody knows, or they are erased."""
        return await contact_of(info, self.row.contact_id)


@strawberry.type
class PrivacyChoice(Node):
    """Something a person does not want."""

    kind: PrivacyRequestKind
    purpose: Purpose | None = strawberry.field(description="For what; null for all it can be.")
    contact_key: strawberry.Private[UUID]
    made_at: datetime
    ask_again_at: datetime = strawberry.field(
        description="Until then nobody may ask them to change their mind."
    )
    ended_at: datetime | None

    @classmethod
    def of(cls, row: models.PrivacyChoice) -> "PrivacyChoice":
        """The choice of a row."""
        return cls(
            id=write_id("PrivacyChoice", row.id),
            kind=row.kind,
            purpose=row.purpose,
            contact_key=row.contact_id,
            made_at=row.made_at,
            ask_again_at=row.ask_again_at,
            ended_at=row.ended_at,
        )

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Whose choice it is."""
        return await contact_of(info, self.contact_key)


@strawberry.type
class PrivacyRequestFields:
    """What people ask of a business."""

    @strawberry.field(graphql_type=Connection[PrivacyRequest], extensions=[Paged(), Needs(READ)])
    async def privacy_requests(
        self,
        info: Info,
        state: PrivacyRequestState | None = None,
        open: Annotated[
            bool, strawberry.argument(description="Only those that are not closed.")
        ] = False,
    ) -> Listing:
        """Requests, the newest in front."""
        repository = RequestsInSight(await info.context.read(READ))
        rows = repository.all()
        if state is not None:
            rows = rows.filter(state=state)
        if open:
            rows = rows.filter(closed_at=None)
        return Listing(repository, rows, Order("received_at"), PrivacyRequest.of)

    @strawberry.field(graphql_type=Connection[PrivacyChoice], extensions=[Paged(), Needs(READ)])
    async def privacy_choices(self, info: Info) -> Listing:
        """What people do not want, the newest in front."""
        repository = PrivacyChoices(await info.context.read(READ))
        return Listing(repository, repository.all(), Order("made_at"), PrivacyChoice.of)


@strawberry.type
class OwnRequestFields:
    """What somebody who works here asks of the operator."""

    @strawberry.field(extensions=[Needs("account:read")])
    async def privacy_requests(self, info: Info) -> list[PrivacyRequest]:
        """One's own requests about one's account, the newest in front."""
        rows = await own(await info.context.read("account:read"))
        return [PrivacyRequest.of(row) for row in rows]
