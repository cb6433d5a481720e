"""Who and what appointments occupy: staff, rooms, chairs, tables."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from domain.business.errors import NameTaken, StillNeeded
from domain.business.events import say
from domain.business.models import Resource
from domain.business.profile import ResourceKind
from domain.business.repository import Resources
from domain.errors import InvalidInput, NotFound
from domain.hours import OpenHours, stored_hours
from domain.words import fitting
from domain.work import UnitOfWork

LONGEST_NAME = 100
LARGEST_CAPACITY = 1000


class ResourceDetails(TypedDict, total=False):
    """What more can be said of a resource; what is left out stays as it is.

    `capacity` is how many visits it takes at once; `hours` None means those of the location.
    """

    capacity: int
    hours: Sequence[OpenHours] | None
    active: bool


class ResourceValues(ResourceDetails, total=False):
    """Everything that can be said of a resource but its kind."""

    name: str
    location_id: UUID


async def add_resource(
    uow: UnitOfWork,
    kind: ResourceKind,
    name: str,
    location_id: UUID,
    **details: Unpack[ResourceDetails],
) -> Resource:
    """Add somebody or something. Raises `NameTaken`, `InvalidInput` and `NotFound`."""
    uow.require("business:write")
    resources = Resources(uow)
    values = _checked({"name": name, "location_id": location_id, **details})
    async with resources.refusing(
        resource_name_key=NameTaken(name), resource_location_id_fkey=_nowhere()
    ):
        resource = await resources.add(kind=kind, **values, created_at=uow.now)
    say(uow, "resource", resource.id, "added")
    return resource


async def change_resource(uow: UnitOfWork, id: UUID, **values: Unpack[ResourceValues]) -> Resource:
    """Say something else of a resource. Raises `NameTaken`, `InvalidInput` and `NotFound`."""
    uow.require("business:write")
    resources = Resources(uow)
    resource = await resources.lock(id)
    async with resources.refusing(
        resource_name_key=NameTaken(values.get("name", "")), resource_location_id_fkey=_nowhere()
    ):
        await resources.save(resource, **_checked(values))
    say(uow, "resource", id, "changed")
    return resource


async def remove_resource(uow: UnitOfWork, id: UUID) -> None:
    """Forget a resource. Raises `StillNeeded`: then make it inactive instead."""
    uow.require("business:write")
    resources = Resources(uow)
    resource = await resources.lock(id)
    needed = StillNeeded("resource", "bookings")
    async with resources.refusing(reservation_resource_id_fkey=needed):
        await resources.remove(resource)
    say(uow, "resource", id, "removed")


def _checked(values: ResourceValues) -> dict[str, Any]:
    checked: dict[str, Any] = dict(values)
    if "name" in values:
        checked["name"] = fitting("name", values["name"], LONGEST_NAME)
    if not 1 <= values.get("capacity", 1) <= LARGEST_CAPACITY:
        raise InvalidInput.at("capacity", f"Use 1 to {LARGEST_CAPACITY}", "OUT_OF_RANGE")
    hours = values.get("hours")
    if hours is not None:
        checked["hours"] = stored_hours(hours)
    return checked


def _nowhere() -> NotFound:
    return NotFound("There is no such location")
