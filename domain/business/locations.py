"""Places of business."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from domain.business.errors import DefaultLocation, StillNeeded
from domain.business.events import say
from domain.business.models import Location
from domain.business.repository import Locations
from domain.hours import OpenHours, known_zone, stored_hours
from domain.words import fitting, listed
from domain.work import UnitOfWork

LONGEST_NAME = 100
LONGEST_ADDRESS = 300


class LocationDetails(TypedDict, total=False):
    """What more can be said of a location; what is left out stays as it is."""

    address: str
    hours: Sequence[OpenHours]
    service_areas: Sequence[str]


class LocationValues(LocationDetails, total=False):
    """Everything that can be said of a location."""

    name: str
    timezone: str


async def add_location(
    uow: UnitOfWork, name: str, timezone: str, **details: Unpack[LocationDetails]
) -> Location:
    """Open a location; the first one is the default. Raises `InvalidInput`."""
    uow.require("business:write")
    locations = Locations(uow)
    values = _checked({"name": name, "timezone": timezone, **details})
    first = not await locations.all().exists()
    location = await locations.add(**values, is_default=first, created_at=uow.now)
    say(uow, "location", location.id, "added")
    return location


async def change_location(uow: UnitOfWork, id: UUID, **values: Unpack[LocationValues]) -> Location:
    """Say something else of a location. Raises `InvalidInput`."""
    uow.require("business:write")
    locations = Locations(uow)
    location = await locations.lock(id)
    await locations.save(location, **_checked(values))
    say(uow, "location", id, "changed")
    return location


async def make_default(uow: UnitOfWork, id: UUID) -> Location:
    """Make it the location that is meant when none is named."""
    uow.require("business:write")
    locations = Locations(uow)
    location = await locations.lock(id)
    if location.is_default:
        return location
    # The database allows one default at a time, so the old one steps down first.
    await locations.all().filter(is_default=True).update(is_default=False)
    await locations.save(location, is_default=True)
    say(uow, "location", id, "changed")
    return location


async def remove_location(uow: UnitOfWork, id: UUID) -> None:
    """Close a location for good. Raises `DefaultLocation` and `StillNeeded`."""
    uow.require("business:write")
    locations = Locations(uow)
    location = await locations.lock(id)
    if location.is_default:
        raise DefaultLocation
    async with locations.refusing(
        appointment_location_id_fkey=StillNeeded("location", "bookings"),
        resource_location_id_fkey=StillNeeded("location", "resources"),
    ):
        await locations.remove(location)
    say(uow, "location", id, "removed")


def _checked(values: LocationValues) -> dict[str, Any]:
    checked: dict[str, Any] = dict(values)
    if "name" in values:
        checked["name"] = fitting("name", values["name"], LONGEST_NAME)
    if "timezone" in values:
        checked["timezone"] = known_zone(values["timezone"])
    if values.get("address"):
        checked["address"] = fitting("address", values["address"], LONGEST_ADDRESS)
    if "hours" in values:
        checked["hours"] = stored_hours(values["hours"])
    if "service_areas" in values:
        checked["service_areas"] = listed("service_areas", values["service_areas"])
    return checked
