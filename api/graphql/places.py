"""Where a business is, what can be booked there, and who provides it."""

from datetime import date, time
from uuid import UUID

import strawberry

from api.graphql.context import Info
from api.graphql.enums import ClosureRepeat, ResourceKind
from api.graphql.ids import Node, write_id
from api.graphql.scalars import Money, TimeZone
from domain.business import models
from domain.business.repository import Locations, Resources
from domain.hours import OpenHours, hours_of
from plugins.graphql_kit import Needs

READ = "business:read"


@strawberry.type(name="OpenHours")
class Hours:
    """Hours of one weekday, in the location's own time."""

    weekday: int = strawberry.field(description="Monday is 0.")
    opens: time
    closes: time

    @classmethod
    def of(cls, hours: OpenHours) -> "Hours":
        """The hours of a value of the profile."""
        return cls(weekday=hours.weekday, opens=hours.opens, closes=hours.closes)


@strawberry.type
class Location(Node):
    """A place of business."""

    name: str
    address: str
    time_zone: TimeZone
    hours: list[Hours]
    service_areas: list[str]
    is_default: bool

    @classmethod
    def of(cls, row: models.Location) -> "Location":
        """The location of a row."""
        return cls(
            id=write_id("Location", row.id),
            name=row.name,
            address=row.address,
            time_zone=TimeZone(row.timezone),
            hours=[Hours.of(span) for span in hours_of(row.hours)],
            service_areas=list(row.service_areas),
            is_default=row.is_default,
        )


@strawberry.type
class Resource(Node):
    """Someone or something that an appointment occupies."""

    location_key: strawberry.Private[UUID]
    kind: ResourceKind
    name: str
    capacity: int
    hours: list[Hours] | None = strawberry.field(description="Null means the location's hours.")
    active: bool

    @classmethod
    def of(cls, row: models.Resource) -> "Resource":
        """The resource of a row."""
        own = None if row.hours is None else [Hours.of(span) for span in hours_of(row.hours)]
        return cls(
            id=write_id("Resource", row.id),
            location_key=row.location_id,
            kind=row.kind,
            name=row.name,
            capacity=row.capacity,
            hours=own,
            active=row.active,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """Where it is."""
        return await location_of(info, self.location_key)


@strawberry.type
class Service(Node):
    """Something a caller can book."""

    key: strawberry.Private[UUID]
    price_minor: strawberry.Private[int | None]
    name: str
    description: str
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    for_new_callers: bool
    for_returning_callers: bool
    bookable: bool
    aliases: list[str]

    @classmethod
    def of(cls, row: models.Service) -> "Service":
        """The service of a row."""
        return cls(
            id=write_id("Service", row.id),
            key=row.id,
            price_minor=row.price_minor,
            name=row.name,
            description=row.description,
            duration_minutes=row.duration_minutes,
            buffer_before_minutes=row.buffer_before_minutes,
            buffer_after_minutes=row.buffer_after_minutes,
            for_new_callers=row.for_new_callers,
            for_returning_callers=row.for_returning_callers,
            bookable=row.bookable,
            aliases=list(row.aliases),
        )

    @strawberry.field
    def price(self, info: Info) -> Money | None:
        """What it costs, if the business says so."""
        if self.price_minor is None:
            return None
        return Money(amount_minor=self.price_minor, currency=info.context.scope.tenant.currency)

    @strawberry.field(extensions=[Needs("business:read")])
    async def resources(self, info: Info) -> list[Resource]:
        """Who and what can provide it."""
        return [Resource.of(row) for row in await info.context.loaders.providers.load(self.key)]


@strawberry.type
class Closure(Node):
    """Days on which other hours apply; no hours means closed."""

    location_key: strawberry.Private[UUID]
    resource_key: strawberry.Private[UUID | None]
    starts_on: date
    ends_on: date
    hours: list[Hours]
    reason: str
    repeat: ClosureRepeat | None = strawberry.field(description="How often these days come again.")
    repeats_until: date | None = strawberry.field(
        description="The last day on which they may begin again."
    )

    @classmethod
    def of(cls, row: models.Closure) -> "Closure":
        """The closure of a row."""
        return cls(
            id=write_id("Closure", row.id),
            location_key=row.location_id,
            resource_key=row.resource_id,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            hours=[Hours.of(span) for span in hours_of(row.hours)],
            reason=row.reason,
            repeat=row.repeat,
            repeats_until=row.repeats_until,
        )

    @strawberry.field(extensions=[Needs("business:read")])
    async def location(self, info: Info) -> Location | None:
        """Where other hours apply."""
        return await location_of(info, self.location_key)

    @strawberry.field(extensions=[Needs("business:read")])
    async def resource(self, info: Info) -> Resource | None:
        """For whom alone; null means for everybody there."""
        return await resource_of(info, self.resource_key)


async def location_of(info: Info, id: UUID | None) -> Location | None:
    """A location, fetched with its neighbours."""
    if id is None:
        return None
    row = await info.context.row(Locations, READ, id)
    return Location.of(row) if row else None


async def resource_of(info: Info, id: UUID | None) -> Resource | None:
    """A resource, fetched with its neighbours."""
    if id is None:
        return None
    row = await info.context.row(Resources, READ, id)
    return Resource.of(row) if row else None
