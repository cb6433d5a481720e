"""Changing where a business is, who works there, and when."""

from datetime import date, time
from typing import Annotated, Any

import strawberry

from api.graphql.context import Info
from api.graphql.enums import ClosureRepeat, ResourceKind
from api.graphql.errors import (
    DefaultLocationError,
    IdempotencyKeyReusedError,
    InvalidInputError,
    NameTakenError,
    RequestInProgressError,
    StillNeededError,
)
from api.graphql.ids import maybe_read_id, read_id
from api.graphql.inputs import said
from api.graphql.places import Closure, Location, Resource
from api.graphql.scalars import TimeZone
from domain import business
from domain.business.repository import Closures, Locations, Resources
from domain.hours import OpenHours, open_hours
from plugins.graphql_kit import InUnitOfWork, Needs, once


@strawberry.input(name="OpenHoursInput")
class HoursInput:
    """Hours of one weekday (Monday is 0); a night shift is written as two days."""

    weekday: int
    opens: time
    closes: time


def hours_from(given: list[HoursInput]) -> list[OpenHours]:
    """The hours of an input. Raises `InvalidInput`."""
    return [open_hours(span.weekday, span.opens, span.closes) for span in given]


def hours_said(given: strawberry.Maybe[Any]) -> strawberry.Maybe[Any]:
    """The same where hours may be left out, or null."""
    if given is None:
        return None
    return strawberry.Some(hours_from(given.value) if given.value is not None else None)


@strawberry.input
class LocationAddInput:
    """A place of business."""

    name: str
    time_zone: TimeZone
    address: str = ""
    hours: list[HoursInput] = strawberry.field(default_factory=list)
    service_areas: list[str] = strawberry.field(default_factory=list)
    idempotency_key: str | None = None


@strawberry.type
class LocationAddPayload:
    """The location that was opened."""

    location: Location


LocationAddResult = Annotated[
    LocationAddPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("LocationAddResult"),
]


@strawberry.input
class LocationUpdateInput:
    """What to change of a location; what is left out stays."""

    id: strawberry.ID
    name: strawberry.Maybe[str]
    time_zone: strawberry.Maybe[TimeZone]
    address: strawberry.Maybe[str]
    hours: strawberry.Maybe[list[HoursInput]]
    service_areas: strawberry.Maybe[list[str]]


@strawberry.type
class LocationUpdatePayload:
    """The location as it is now."""

    location: Location


LocationUpdateResult = Annotated[
    LocationUpdatePayload | InvalidInputError, strawberry.union("LocationUpdateResult")
]


@strawberry.input
class LocationMakeDefaultInput:
    """The location that is meant when none is named."""

    id: strawberry.ID


@strawberry.type
class LocationMakeDefaultPayload:
    """The default location."""

    location: Location


LocationMakeDefaultResult = Annotated[
    LocationMakeDefaultPayload, strawberry.union("LocationMakeDefaultResult")
]


@strawberry.input
class LocationRemoveInput:
    """A location to close for good."""

    id: strawberry.ID


@strawberry.type
class LocationRemovePayload:
    """The id of what is no longer there."""

    id: strawberry.ID


LocationRemoveResult = Annotated[
    LocationRemovePayload | DefaultLocationError | StillNeededError,
    strawberry.union("LocationRemoveResult"),
]


@strawberry.input
class ResourceAddInput:
    """Someone or something that appointments occupy; null hours are the location's."""

    kind: ResourceKind
    name: str
    location_id: strawberry.ID
    capacity: int = 1
    hours: list[HoursInput] | None = None
    idempotency_key: str | None = None


@strawberry.type
class ResourceAddPayload:
    """The resource that was added."""

    resource: Resource


ResourceAddResult = Annotated[
    ResourceAddPayload
    | NameTakenError
    | InvalidInputError
    | IdempotencyKeyReusedError
    | RequestInProgressError,
    strawberry.union("ResourceAddResult"),
]


@strawberry.input
class ResourceUpdateInput:
    """What to change of a resource; what is left out stays, null hours are the location's."""

    id: strawberry.ID
    name: strawberry.Maybe[str]
    location_id: strawberry.Maybe[strawberry.ID]
    capacity: strawberry.Maybe[int]
    hours: strawberry.Maybe[list[HoursInput] | None]
    active: strawberry.Maybe[bool]


@strawberry.type
class ResourceUpdatePayload:
    """The resource as it is now."""

    resource: Resource


ResourceUpdateResult = Annotated[
    ResourceUpdatePayload | NameTakenError | InvalidInputError,
    strawberry.union("ResourceUpdateResult"),
]


@strawberry.input
class ResourceRemoveInput:
    """A resource to forget."""

    id: strawberry.ID


@strawberry.type
class ResourceRemovePayload:
    """The id of what is no longer there."""

    id: strawberry.ID


ResourceRemoveResult = Annotated[
    ResourceRemovePayload | StillNeededError, strawberry.union("ResourceRemoveResult")
]


@strawberry.input
class ClosureAddInput:
    """Days on which other hours apply; no hours means closed."""

    location_id: strawberry.ID
    starts_on: date
    ends_on: date
    resource_id: strawberry.ID | None = None
    hours: list[HoursInput] = strawberry.field(default_factory=list)
    reason: str = ""
    repeat: ClosureRepeat | None = None
    """How often these days come again; only once without it."""
    repeats_until: date | None = None
    """The last day on which they may begin again."""
    idempotency_key: str | None = None


@strawberry.type
class ClosureAddPayload:
    """The closure that was added."""

    closure: Closure


ClosureAddResult = Annotated[
    ClosureAddPayload | InvalidInputError | IdempotencyKeyReusedError | RequestInProgressError,
    strawberry.union("ClosureAddResult"),
]


@strawberry.input
class ClosureRemoveInput:
    """A closure to forget."""

    id: strawberry.ID


@strawberry.type
class ClosureRemovePayload:
    """The id of what is no longer there."""

    id: strawberry.ID


ClosureRemoveResult = Annotated[ClosureRemovePayload, strawberry.union("ClosureRemoveResult")]


@strawberry.type
class PlaceMutations:
    """Deeds around locations, resources and closures."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def location_add(self, info: Info, input: LocationAddInput) -> LocationAddResult:
        """Open a location; the first one is the default."""
        uow, hours = info.context.uow, hours_from(input.hours)
        row = await once(
            info,
            input,
            Locations,
            lambda: business.add_location(
                uow,
                input.name,
                input.time_zone,
                address=input.address,
                hours=hours,
                service_areas=input.service_areas,
            ),
        )
        return LocationAddPayload(location=Location.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def location_update(self, info: Info, input: LocationUpdateInput) -> LocationUpdateResult:
        """Say something else of a location."""
        values = said(
            name=input.name,
            timezone=input.time_zone,
            address=input.address,
            hours=hours_said(input.hours),
            service_areas=input.service_areas,
        )
        id = read_id("Location", input.id)
        row = await business.change_location(info.context.uow, id, **values)
        return LocationUpdatePayload(location=Location.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def location_make_default(
        self, info: Info, input: LocationMakeDefaultInput
    ) -> LocationMakeDefaultResult:
        """Make it the location that is meant when none is named."""
        row = await business.make_default(info.context.uow, read_id("Location", input.id))
        return LocationMakeDefaultPayload(location=Location.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def location_remove(self, info: Info, input: LocationRemoveInput) -> LocationRemoveResult:
        """Close a location for good."""
        await business.remove_location(info.context.uow, read_id("Location", input.id))
        return LocationRemovePayload(id=input.id)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def resource_add(self, info: Info, input: ResourceAddInput) -> ResourceAddResult:
        """Add somebody or something."""
        uow, location_id = info.context.uow, read_id("Location", input.location_id)
        hours = None if input.hours is None else hours_from(input.hours)
        row = await once(
            info,
            input,
            Resources,
            lambda: business.add_resource(
                uow, input.kind, input.name, location_id, capacity=input.capacity, hours=hours
            ),
        )
        return ResourceAddPayload(resource=Resource.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def resource_update(self, info: Info, input: ResourceUpdateInput) -> ResourceUpdateResult:
        """Say something else of a resource."""
        values = said(
            name=input.name,
            capacity=input.capacity,
            hours=hours_said(input.hours),
            active=input.active,
        )
        if input.location_id is not None:
            values["location_id"] = read_id("Location", input.location_id.value)
        id = read_id("Resource", input.id)
        row = await business.change_resource(info.context.uow, id, **values)
        return ResourceUpdatePayload(resource=Resource.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def resource_remove(self, info: Info, input: ResourceRemoveInput) -> ResourceRemoveResult:
        """Forget a resource."""
        await business.remove_resource(info.context.uow, read_id("Resource", input.id))
        return ResourceRemovePayload(id=input.id)

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def closure_add(self, info: Info, input: ClosureAddInput) -> ClosureAddResult:
        """Let other hours apply for some days."""
        uow, location_id = info.context.uow, read_id("Location", input.location_id)
        resource_id = maybe_read_id("Resource", input.resource_id)
        hours = hours_from(input.hours)
        days = business.Days(input.starts_on, input.ends_on, input.repeat, input.repeats_until)
        row = await once(
            info,
            input,
            Closures,
            lambda: business.add_closure(
                uow,
                location_id,
                days,
                resource_id=resource_id,
                hours=hours,
                reason=input.reason,
            ),
        )
        return ClosureAddPayload(closure=Closure.of(row))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("business:write")])
    async def closure_remove(self, info: Info, input: ClosureRemoveInput) -> ClosureRemoveResult:
        """Let the week's hours apply again."""
        await business.remove_closure(info.context.uow, read_id("Closure", input.id))
        return ClosureRemovePayload(id=input.id)
