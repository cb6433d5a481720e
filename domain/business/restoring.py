"""Going back to the profile of an earlier version, part by part.

Services, who provides them, questions, answers, rules and hours become what they were. What has
been booked stays: a service with visits is offered no longer instead of removed. Telephones to
put through to and closed days are left as they are.
"""

from uuid import UUID

from domain.business.errors import DefaultLocation, StillNeeded
from domain.business.intakes import change_intake
from domain.business.locations import change_location, remove_location
from domain.business.profile import Profile, ResourceInfo, ServiceInfo
from domain.business.repository import ReceptionistVersions
from domain.business.resources import (
    ResourceDetails,
    add_resource,
    change_resource,
    remove_resource,
)
from domain.business.rulebook import set_rules
from domain.business.services import add_service, assign, change_service, remove_service
from domain.business.versions import pin
from domain.errors import NotFound
from domain.knowledge.service import publish, retire, update
from domain.work import UnitOfWork


async def restore(uow: UnitOfWork, number: int) -> int:
    """Make the profile what it was in a version; returns the number of the one that is current
    then. Raises `NotFound`."""
    uow.require("business:write")
    version = await ReceptionistVersions(uow).numbered(number)
    if version is None:
        raise NotFound("There is no such version")
    before, (_, now) = Profile.model_validate(version.profile), await pin(uow)
    if before.rules != now.rules:
        await set_rules(uow, before.rules)
    await _knowledge(uow, before, now)
    await _intakes(uow, before, now)
    again = await _resources(uow, before, now)
    await _services(uow, before, now, again)
    await _locations(uow, before, now)
    return (await pin(uow))[0].number


async def _knowledge(uow: UnitOfWork, before: Profile, now: Profile) -> None:
    known = {each.id: each for each in before.knowledge}
    for each in now.knowledge:
        if each.id not in known:
            await retire(uow, each.id)
    standing = {each.id: each for each in now.knowledge}
    for id, each in known.items():
        if id not in standing or (standing[id].question, standing[id].answer) != (
            each.question,
            each.answer,
        ):
            await update(uow, id, question=each.question, answer=each.answer)
            await publish(uow, id)


async def _intakes(uow: UnitOfWork, before: Profile, now: Profile) -> None:
    known = {each.id: each for each in before.intakes}
    for each in now.intakes:
        if each.id not in known:
            await change_intake(uow, each.id, active=False)
    for id, each in known.items():
        if each not in now.intakes:
            await change_intake(uow, id, name=each.name, questions=each.questions, active=True)


async def _resources(uow: UnitOfWork, before: Profile, now: Profile) -> dict[UUID, UUID]:
    """Returns the new ids of those who had been removed."""
    known = {each.id: each for each in before.resources}
    for each in now.resources:
        if each.id not in known:
            await _let_go(uow, each)
    again: dict[UUID, UUID] = {}
    for id, each in known.items():
        if each not in now.resources:
            again[id] = await _resource(uow, each)
    return again


async def _let_go(uow: UnitOfWork, resource: ResourceInfo) -> None:
    try:
        async with uow.savepoint():
            await remove_resource(uow, resource.id)
    except StillNeeded:
        await change_resource(uow, resource.id, active=False)


async def _resource(uow: UnitOfWork, wanted: ResourceInfo) -> UUID:
    details: ResourceDetails = {
        "capacity": wanted.capacity,
        "hours": wanted.hours,
        "active": True,
    }
    try:
        row = await change_resource(uow, wanted.id, name=wanted.name, **details)
    except NotFound:
        row = await add_resource(uow, wanted.kind, wanted.name, wanted.location_id, **details)
    return row.id


async def _services(
    uow: UnitOfWork, before: Profile, now: Profile, again: dict[UUID, UUID]
) -> None:
    known = {each.id: each for each in before.services}
    for each in now.services:
        if each.id not in known:
            await _offer_no_longer(uow, each)
    for id, each in known.items():
        if each not in now.services or again.keys() & set(each.resource_ids):
            await _service(uow, id, each, again)


async def _offer_no_longer(uow: UnitOfWork, service: ServiceInfo) -> None:
    try:
        async with uow.savepoint():
            await remove_service(uow, service.id)
    except StillNeeded:
        await change_service(uow, service.id, bookable=False)


async def _service(uow: UnitOfWork, id: UUID, wanted: ServiceInfo, again: dict[UUID, UUID]) -> None:
    values = wanted.model_dump(exclude={"id", "name", "duration_minutes", "resource_ids"})
    name, minutes = wanted.name, wanted.duration_minutes
    try:
        await change_service(uow, id, name=name, duration_minutes=minutes, **values)
    except NotFound:
        id = (await add_service(uow, name, minutes, **values)).id
    await assign(uow, id, [again.get(each, each) for each in wanted.resource_ids])


async def _locations(uow: UnitOfWork, before: Profile, now: Profile) -> None:
    known = {each.id: each for each in before.locations}
    for each in now.locations:
        if each.id in known and known[each.id].hours != each.hours:
            await change_location(uow, each.id, hours=known[each.id].hours)
        elif each.id not in known:
            await _close(uow, each.id)


async def _close(uow: UnitOfWork, id: UUID) -> None:
    try:
        async with uow.savepoint():
            await remove_location(uow, id)
    except (DefaultLocation, StillNeeded):
        # A business keeps one place; whatever happens there stays bookable nowhere else.
        await change_location(uow, id, hours=())
