"""Appointments and the times that are free for them."""

import asyncio
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from api.graphql.changes import UpdatedSince, changed
from api.graphql.contacts import Contact, contact_of
from api.graphql.context import Info
from api.graphql.conversations import Conversation, conversation_of
from api.graphql.enums import AppointmentStatus
from api.graphql.ids import Node, maybe_read_id, read_id, write_id
from api.graphql.inputs import opened
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.places import Location, Resource, Service, location_of, resource_of
from api.graphql.scalars import TimeZone
from domain import appointments
from domain.appointments import models, rules
from domain.appointments.repository import Appointments, site_of
from domain.appointments.sites import Site
from domain.business import versions
from domain.business.repository import Services
from domain.errors import InvalidInput
from integrations.places import site_of as site_of_customer
from plugins.graphql_kit import Needs

READ = "appointments:read"
# The longest calendar view anybody shows, and a bound on the work behind it.
MOST_DAYS = 42
# Dates at the ends of the calendar have no day before or after them to look at.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2200, 1, 1)

From = Annotated[date, strawberry.argument(name="from", description="The first local date.")]
To = Annotated[date, strawberry.argument(name="to", description="The last local date.")]
Postcode = Annotated[
    str | None, strawberry.argument(description="Where to, for those who come to their customers.")
]
Since = Annotated[datetime | None, strawberry.argument(name="from", description="Not before.")]
Until = Annotated[datetime | None, strawberry.argument(name="to", description="Before this.")]


@strawberry.type
class AppointmentVisitor:
    """Who comes, where a trade asks for it: whoever books may book for others."""

    name: str
    born: date


@strawberry.type
class AppointmentSite:
    """Where a visit takes place, for those who come to their customers."""

    postcode: str
    latitude: float | None = strawberry.field(description="Of the middle of it, in degrees.")
    longitude: float | None

    @classmethod
    def of(cls, site: Site) -> "AppointmentSite":
        """The site of a visit."""
        spot = site.spot
        return cls(
            postcode=site.postcode,
            latitude=spot.latitude if spot else None,
            longitude=spot.longitude if spot else None,
        )


@strawberry.type
class Appointment(Node):
    """A caller's visit."""

    contact_key: strawberry.Private[UUID]
    conversation_key: strawberry.Private[UUID | None]
    visitor_name: strawberry.Private[str | None]
    visitor_born: strawberry.Private[str | None]
    place: strawberry.Private[Site | None]
    location_key: strawberry.Private[UUID]
    service_key: strawberry.Private[UUID]
    status: AppointmentStatus
    starts_at: datetime
    ends_at: datetime
    time_zone: TimeZone
    notes: str | None
    created_at: datetime
    updated_at: datetime
    cancelled_at: datetime | None

    @classmethod
    def of(cls, row: models.Appointment) -> "Appointment":
        """The appointment of a row."""
        return cls(
            id=write_id("Appointment", row.id),
            contact_key=row.contact_id,
            conversation_key=row.conversation_id,
            visitor_name=opened(row.visitor),
            visitor_born=opened(row.visitor_born),
            place=site_of(row),
            location_key=row.location_id,
            service_key=row.service_id,
            status=row.status,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            time_zone=TimeZone(row.timezone),
            notes=opened(row.notes),
            created_at=row.created_at,
            updated_at=row.updated_at,
            cancelled_at=row.cancelled_at,
        )

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def contact(self, info: Info) -> Contact | None:
        """Who comes, or booked for somebody."""
        return await contact_of(info, self.contact_key)

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def visitor(self) -> AppointmentVisitor | None:
        """Who comes, where that was asked."""
        if self.visitor_name is None or self.visitor_born is None:
            return None
        return AppointmentVisitor(
            name=self.visitor_name, born=date.fromisoformat(self.visitor_born)
        )

    @strawberry.field(extensions=[Needs("contacts:read")])
    async def site(self) -> AppointmentSite | None:
        """Where it takes place, if at the customer's."""
        return AppointmentSite.of(self.place) if self.place else None

    @strawberry.field(extensions=[Needs("conversations:read")])
    async def conversation(self, info: Info) -> Conversation | None:
        """Where it was agreed, unless the staff booked it."""
        return await conversation_of(info, self.conversation_key)

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """Where it takes place."""
        return await location_of(info, self.location_key)

    @strawberry.field(extensions=[Needs("business:read")])
    async def service(self, info: Info) -> Service | None:
        """What it is for."""
        row = await info.context.row(Services, "business:read", self.service_key)
        return Service.of(row) if row else None


@strawberry.type
class Slot:
    """A time at which a visit could begin. It is held for nobody."""

    location_key: strawberry.Private[UUID]
    resource_keys: strawberry.Private[tuple[UUID, ...]]
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, slot: rules.Slot) -> "Slot":
        """The slot that the rules found."""
        return cls(
            location_key=slot.location_id,
            resource_keys=slot.resource_ids,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """Where."""
        return await location_of(info, self.location_key)

    @strawberry.field(extensions=[Needs("business:read")])
    async def resources(self, info: Info) -> list[Resource]:
        """Who and what would be occupied."""
        found = await asyncio.gather(*(resource_of(info, key) for key in self.resource_keys))
        return [resource for resource in found if resource is not None]


@strawberry.type
class AppointmentFields:
    """A tenant's calendar."""

    @strawberry.field(
        graphql_type=Connection[Appointment], extensions=[Paged(), Needs("appointments:read")]
    )
    async def appointments(
        self,
        info: Info,
        from_: Since = None,
        to: Until = None,
        status: AppointmentStatus | None = None,
        updated_since: UpdatedSince = None,
    ) -> Listing:
        """Visits in the order in which they begin."""
        repository = Appointments(await info.context.read(READ))
        rows = repository.all()
        if from_ is not None:
            rows = rows.filter(starts_at__gte=from_)
        if to is not None:
            rows = rows.filter(starts_at__lt=to)
        if status is not None:
            rows = rows.filter(status=status)
        listing = Listing(repository, rows, Order("starts_at", descending=False), Appointment.of)
        return await changed(info, listing, updated_since)

    # The arguments are those of the GraphQL field, given by name.
    @strawberry.field(extensions=[Needs("appointments:read")])
    async def availability(  # noqa: PLR0913, PLR0917
        self,
        info: Info,
        service_id: strawberry.ID,
        from_: From,
        to: To,
        resource_id: strawberry.ID | None = None,
        location_id: strawberry.ID | None = None,
        postcode: Postcode = None,
    ) -> list[Slot]:
        """The free times of a service between two dates, in order."""
        if not FIRST_DAY <= from_ <= to <= LAST_DAY or (to - from_).days >= MOST_DAYS:
            raise InvalidInput.at("to", f"Ask for 1 to {MOST_DAYS} days")
        uow = await info.context.read(READ)
        profile = await versions.profile(uow)
        wanted = rules.wish(
            profile,
            read_id("Service", service_id),
            location_id=maybe_read_id("Location", location_id),
            resource_id=maybe_read_id("Resource", resource_id),
            site=site_of_customer(postcode, uow.scope.tenant.region) if postcode else None,
        )
        free = await appointments.availability(uow, profile, wanted, from_, to)
        return [Slot.of(slot) for slot in free]
