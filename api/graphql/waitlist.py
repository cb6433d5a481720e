"""Whoever waits for a visit."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.enums import DayPart, WaitState
from api.graphql.errors import (
    IdempotencyKeyReusedError,
    InvalidInputError,
    NotBookableError,
    RequestInProgressError,
)
from api.graphql.ids import Node, maybe_read_id, read_id, write_id
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.places import Location, Resource, Service, location_of, resource_of
from domain import waitlist
from domain.business import versions
from domain.business.repository import Services
from domain.waitlist import models
from domain.waitlist.repository import Waits
from plugins.graphql_kit import InUnitOfWork, Needs, once

READ = "appointments:read"


@strawberry.type
class Wait(Node):
    """That somebody would come for a service, if something came free."""

    contact_key: strawberry.Private[UUID]
    service_key: strawberry.Private[UUID]
    location_key: strawberry.Private[UUID]
    resource_key: strawberry.Private[UUID | None]
    first_day: date
    last_day: date
    part: DayPart
    state: WaitState
    joined_at: datetime
    offered: list[datetime] = strawberry.field(
        description="The times that they were told of, the latest at the end."
    )
    offered_until: datetime | None = strawberry.field(
        description="Until when the latest is theirs to ask for, before the next in line is told."
    )
    settled_at: datetime | None

    @classmethod
    def of(cls, row: models.Wait) -> "Wait":
        """The wait of a row."""
        return cls(
            id=write_id("Wait", row.id),
            contact_key=row.contact_id,
            service_key=row.service_id,
            location_key=row.location_id,
            resource_key=row.resource_id,
            first_day=row.first_day,
            last_day=row.last_day,
            part=row.part,
            state=row.state,
            joined_at=row.joined_at,
            offered=[datetime.fromisoformat(at) for at in row.told],
            offered_until=row.offered_until,
            settled_at=row.settled_at,
        )

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Who waits."""
        return await contact_of(info, self.contact_key)

    @strawberry.field(extensions=[Needs("business:read")])
    async def service(self, info: Info) -> Service | None:
        """What for."""
        row = await info.context.row(Services, "business:read", self.service_key)
        return Service.of(row) if row else None

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """Where."""
        return await location_of(info, self.location_key)

    @strawberry.field(extensions=[Needs("business:read")])
    async def resource(self, info: Info) -> Resource | None:
        """Whom they want to see, if anybody in particular."""
        return await resource_of(info, self.resource_key) if self.resource_key else None


@strawberry.type
class WaitlistFields:
    """Who waits for a visit to a tenant."""

    @strawberry.field(graphql_type=Connection[Wait], extensions=[Paged(), Needs(READ)])
    async def waitlist(self, info: Info, state: WaitState | None = None) -> Listing:
        """Waits, whoever has waited longest in front."""
        repository = Waits(await info.context.read(READ))
        rows = repository.all()
        if state is not None:
            rows = rows.filter(state=state)
        return Listing(repository, rows, Order("joined_at", descending=False), Wait.of)


@strawberry.input
class WaitlistJoinInput:
    """Who would come, for what, and between which local days of the place."""

    contact_id: strawberry.ID
    service_id: strawberry.ID
    first_day: date
    last_day: date
    part: DayPart = DayPart.ANY
    location_id: strawberry.ID | None = None
    resource_id: strawberry.ID | None = None
    idempotency_key: str | None = None


@strawberry.type
class WaitlistJoinPayload:
    """The wait as it stands."""

    wait: Wait


WaitlistJoinResult = Annotated[
    WaitlistJoinPayload
    | InvalidInputError
    | NotBookableError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("WaitlistJoinResult"),
]


@strawberry.input
class WaitlistLeaveInput:
    """A wait to end."""

    id: strawberry.ID


@strawberry.type
class WaitlistLeavePayload:
    """The wait as it ended."""

    wait: Wait


WaitlistLeaveResult = Annotated[WaitlistLeavePayload, strawberry.union("WaitlistLeaveResult")]


@strawberry.type
class WaitlistMutations:
    """Deeds around waiting."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("appointments:write")])
    async def waitlist_join(self, info: Info, input: WaitlistJoinInput) -> WaitlistJoinResult:
        """Let somebody wait; who waits for the service already waits as this says."""
        uow = info.context.uow
        waiter = waitlist.Waiter(
            contact_id=read_id("Contact", input.contact_id),
            service_id=read_id("Service", input.service_id),
            whenever=waitlist.Whenever(input.first_day, input.last_day, input.part),
            location_id=maybe_read_id("Location", input.location_id),
            resource_id=maybe_read_id("Resource", input.resource_id),
        )
        profile = await versions.profile(uow)
        row = await once(info, input, Waits, lambda: waitlist.join(uow, profile, waiter))
        return WaitlistJoinPayload(wait=Wait.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("appointments:write")])
    async def waitlist_leave(self, info: Info, input: WaitlistLeaveInput) -> WaitlistLeaveResult:
        """Let somebody wait no more."""
        row = await waitlist.leave(info.context.uow, read_id("Wait", input.id))
        return WaitlistLeavePayload(wait=Wait.of(row))
