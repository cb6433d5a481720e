"""What can be booked, and who provides it."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from domain.business.errors import NameTaken, StillNeeded
from domain.business.events import say
from domain.business.models import Service
from domain.business.repository import Resources, ServiceResources, Services
from domain.errors import InvalidInput, NotFound
from domain.words import fitting, listed, within
from domain.work import UnitOfWork

LONGEST_NAME = 100
# A few minutes of speech; the receptionist reads it out when asked.
LONGEST_DESCRIPTION = 2_000
# A visit lies within one day's hours, so it is shorter than a day; so are its buffers.
MINUTES = {
    "duration_minutes": range(1, 24 * 60),
    "buffer_before_minutes": range(24 * 60),
    "buffer_after_minutes": range(24 * 60),
}


class ServiceDetails(TypedDict, total=False):
    """What more can be said of a service; what is left out stays as it is.

    `price_minor` is in minor units of the tenant's currency; None means no price is named.
    """

    description: str
    buffer_before_minutes: int
    buffer_after_minutes: int
    price_minor: int | None
    for_new_callers: bool
    for_returning_callers: bool
    bookable: bool
    aliases: Sequence[str]


class ServiceValues(ServiceDetails, total=False):
    """Everything that can be said of a service."""

    name: str
    duration_minutes: int


async def add_service(
    uow: UnitOfWork, name: str, duration_minutes: int, **details: Unpack[ServiceDetails]
) -> Service:
    """Offer a service. Raises `NameTaken` and `InvalidInput`."""
    uow.require("business:write")
    services = Services(uow)
    values = _checked({"name": name, "duration_minutes": duration_minutes, **details})
    async with services.refusing(service_name_key=NameTaken(name)):
        service = await services.add(**values, created_at=uow.now)
    say(uow, "service", service.id, "added")
    return service


async def change_service(uow: UnitOfWork, id: UUID, **values: Unpack[ServiceValues]) -> Service:
    """Say something else of a service. Raises `NameTaken` and `InvalidInput`."""
    uow.require("business:write")
    services = Services(uow)
    service = await services.lock(id)
    async with services.refusing(service_name_key=NameTaken(values.get("name", ""))):
        await services.save(service, **_checked(values))
    say(uow, "service", id, "changed")
    return service


async def remove_service(uow: UnitOfWork, id: UUID) -> None:
    """Offer a service no longer. Raises `StillNeeded`: then make it not bookable instead."""
    uow.require("business:write")
    services = Services(uow)
    service = await services.lock(id)
    needed = StillNeeded("service", "bookings")
    async with services.refusing(appointment_service_id_fkey=needed):
        await services.remove(service)
    say(uow, "service", id, "removed")


async def assign(uow: UnitOfWork, service_id: UUID, resource_ids: Sequence[UUID]) -> None:
    """Say who and what can provide a service: these, and no others. Raises `NotFound`."""
    uow.require("business:write")
    await Services(uow).lock(service_id)
    wanted = dict.fromkeys(resource_ids)
    if len(await Resources(uow).many(list(wanted))) < len(wanted):
        raise NotFound("There is no such resource")
    providers = ServiceResources(uow)
    there = {row.resource_id: row for row in await providers.of(service_id)}
    for resource_id in there.keys() - wanted.keys():
        await providers.remove(there[resource_id])
    for resource_id in wanted:
        if resource_id not in there:
            await providers.add(service_id=service_id, resource_id=resource_id)
    say(uow, "service", service_id, "changed")


def _checked(values: ServiceValues) -> dict[str, Any]:
    checked: dict[str, Any] = dict(values)
    if "name" in values:
        checked["name"] = fitting("name", values["name"], LONGEST_NAME)
    for column, allowed in MINUTES.items():
        if column in values and checked[column] not in allowed:
            message = f"Use {allowed.start} to {allowed.stop - 1} minutes"
            raise InvalidInput.at(column, message, "OUT_OF_RANGE")
    if (values.get("price_minor") or 0) < 0:
        raise InvalidInput.at("price_minor", "A price is not negative", "OUT_OF_RANGE")
    if "aliases" in values:
        checked["aliases"] = listed("aliases", values["aliases"])
    if "description" in values:
        checked["description"] = within("description", values["description"], LONGEST_DESCRIPTION)
    return checked
