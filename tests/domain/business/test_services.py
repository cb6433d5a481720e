"""What can be booked, and who and what provides it."""

from datetime import time

import pytest

from domain import appointments, business
from domain.business import versions
from domain.business.errors import NameTaken, StillNeeded
from domain.business.profile import ResourceKind
from domain.errors import InvalidInput, NotFound
from domain.hours import open_hours
from tests.factories.business import open_practice
from tests.factories.callers import ring


@pytest.fixture
async def practice(unit_of_work, scope):
    return await open_practice(unit_of_work, scope)


@pytest.fixture
async def booked(unit_of_work, scope, clock, practice):
    caller = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        booking = appointments.Booking(
            contact_id=caller.contact_id,
            service_id=practice.exam_id,
            starts_at=clock.now().replace(day=17),
        )
        return await appointments.book(uow, await versions.profile(uow), booking)


async def services(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return {service.name: service for service in (await versions.profile(uow)).services}


async def test_a_service_is_offered(unit_of_work, scope, practice):
    async with unit_of_work(scope) as uow:
        added = await business.add_service(
            uow, " Whitening ", 45, price_minor=29900, aliases=["bleaching", ""]
        )
        await business.assign(uow, added.id, [practice.dr_lee_id])
    found = (await services(unit_of_work, scope))["Whitening"]
    assert (found.duration_minutes, found.price_minor) == (45, 29900)
    assert (found.aliases, found.resource_ids) == (("bleaching",), (practice.dr_lee_id,))


async def test_a_price_can_be_taken_back(unit_of_work, scope, practice):
    async with unit_of_work(scope) as uow:
        changed = await business.change_service(uow, practice.exam_id, price_minor=None)
    assert (changed.price_minor, changed.name) == (None, "Exam")


async def test_two_services_have_two_names(unit_of_work, scope, practice):
    with pytest.raises(NameTaken) as refused:
        async with unit_of_work(scope) as uow:
            await business.change_service(uow, practice.exam_id, name="Cleaning")
    assert refused.value.name == "Cleaning"
    with pytest.raises(NameTaken):
        async with unit_of_work(scope) as uow:
            await business.add_service(uow, "Exam", 30)


@pytest.mark.parametrize(
    "values",
    [
        {"name": ""},
        {"duration_minutes": 0},
        {"duration_minutes": 1440},
        {"buffer_before_minutes": -1},
        {"price_minor": -1},
    ],
)
async def test_a_senseless_service_is_refused(unit_of_work, scope, practice, values):
    [path] = values
    with pytest.raises(InvalidInput) as refused:
        async with unit_of_work(scope) as uow:
            await business.change_service(uow, practice.exam_id, **values)
    assert refused.value.problems[0].path == path


async def test_a_booked_service_stays(unit_of_work, scope, practice, booked):
    with pytest.raises(StillNeeded) as refused:
        async with unit_of_work(scope) as uow:
            await business.remove_service(uow, practice.exam_id)
    assert refused.value.needed_by == "bookings"


async def test_a_service_nobody_booked_can_go(unit_of_work, scope, practice, booked):
    async with unit_of_work(scope) as uow:
        await business.remove_service(uow, practice.cleaning_id)
    assert set(await services(unit_of_work, scope)) == {"Exam"}


async def test_assigning_replaces_who_provided_it(unit_of_work, scope, practice):
    patel, lee = practice.dr_patel_id, practice.dr_lee_id
    for wanted in ([patel], [patel, lee, lee], []):
        async with unit_of_work(scope) as uow:
            await business.assign(uow, practice.exam_id, wanted)
        assert set((await services(unit_of_work, scope))["Exam"].resource_ids) == set(wanted)


async def test_a_stranger_provides_nothing(unit_of_work, scope, practice):
    with pytest.raises(NotFound):
        async with unit_of_work(scope) as uow:
            await business.assign(uow, practice.exam_id, [practice.cleaning_id])


async def test_a_room_has_hours_and_capacity(unit_of_work, scope, practice):
    hours = [open_hours(1, time(8), time(12))]
    async with unit_of_work(scope) as uow:
        room = await business.add_resource(
            uow, ResourceKind.ROOM, "Room 1", practice.location_id, capacity=3, hours=hours
        )
        profile = await versions.profile(uow)
        [found] = [resource for resource in profile.resources if resource.id == room.id]
    assert (found.capacity, list(found.hours)) == (3, hours)


async def test_own_hours_can_be_given_up_again(unit_of_work, scope, practice):
    hours = [open_hours(1, time(8), time(12))]
    async with unit_of_work(scope) as uow:
        await business.change_resource(uow, practice.dr_lee_id, hours=hours)
        assert (await business.change_resource(uow, practice.dr_lee_id, hours=None)).hours is None


async def test_who_is_inactive_is_not_in_the_profile(unit_of_work, scope, practice):
    async with unit_of_work(scope) as uow:
        await business.change_resource(uow, practice.dr_lee_id, active=False)
        profile = await versions.profile(uow)
    assert [resource.name for resource in profile.resources] == ["Dr. Arun Patel"]


async def test_whoever_is_booked_stays(unit_of_work, scope, practice, booked):
    with pytest.raises(StillNeeded):
        async with unit_of_work(scope) as uow:
            await business.remove_resource(uow, practice.dr_lee_id)
    async with unit_of_work(scope) as uow:
        await business.remove_resource(uow, practice.dr_patel_id)


@pytest.mark.parametrize("values", [{"name": "x" * 101}, {"capacity": 0}, {"capacity": 1001}])
async def test_a_senseless_resource_is_refused(unit_of_work, scope, practice, values):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await business.change_resource(uow, practice.dr_lee_id, **values)


async def test_a_resource_has_a_name_and_a_place_of_its_own(unit_of_work, scope, practice):
    with pytest.raises(NameTaken):
        async with unit_of_work(scope) as uow:
            await business.change_resource(uow, practice.dr_patel_id, name="Dr. Maya Lee")
    with pytest.raises(NotFound):
        async with unit_of_work(scope) as uow:
            await business.add_resource(uow, ResourceKind.ROOM, "Room 2", practice.exam_id)
