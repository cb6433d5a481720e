"""Those a caller may be put through to."""

from datetime import time

import pytest

from domain import calls, transfers
from domain.business import versions
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.hours import open_hours
from domain.transfers.repository import Transfers
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import payloads


async def add(unit_of_work, scope, label, number="+12125550150", **values):
    async with unit_of_work(scope) as uow:
        return await transfers.add_target(uow, label, number, **values)


async def labels(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return [target.label for target in (await versions.profile(uow)).transfer_targets]


async def test_targets_stand_in_the_order_they_were_named(unit_of_work, scope):
    for label in ("Front desk", "Dr. Lee", "Billing"):
        await add(unit_of_work, scope, label)
    assert await labels(unit_of_work, scope) == ["Front desk", "Dr. Lee", "Billing"]


async def test_the_order_can_be_changed(unit_of_work, scope):
    desk, lee = [await add(unit_of_work, scope, label) for label in ("Front desk", "Dr. Lee")]
    async with unit_of_work(scope) as uow:
        await transfers.order_targets(uow, [lee.id, desk.id])
    assert await labels(unit_of_work, scope) == ["Dr. Lee", "Front desk"]


async def test_one_added_after_a_removal_is_last(unit_of_work, scope):
    named = [await add(unit_of_work, scope, label) for label in ("Desk", "Lab", "Dr. Lee", "Owner")]
    async with unit_of_work(scope) as uow:
        for target in named[:2]:
            await transfers.remove_target(uow, target.id)
    await add(unit_of_work, scope, "Billing")
    assert await labels(unit_of_work, scope) == ["Dr. Lee", "Owner", "Billing"]


async def test_an_order_names_every_target_once(unit_of_work, scope):
    desk = await add(unit_of_work, scope, "Front desk")
    for ids in ([], [desk.id, desk.id]):
        with pytest.raises(InvalidInput):
            async with unit_of_work(scope) as uow:
                await transfers.order_targets(uow, ids)


async def test_a_change_leaves_the_rest_as_it_is(unit_of_work, scope):
    desk = await add(unit_of_work, scope, "Front desk", aliases=[" reception ", ""])
    async with unit_of_work(scope) as uow:
        changed = await transfers.change_target(uow, desk.id, number="(212) 555-0151")
    assert (changed.label, changed.number) == ("Front desk", "+12125550151")
    assert changed.aliases == ["reception"]


async def test_what_was_put_through_outlives_its_target(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope)
    desk = await add(unit_of_work, scope, "Front desk")
    async with unit_of_work(caller.scope) as uow:
        call = await calls.ring(uow, calls.Ringing(caller.conversation_id, "tests", "1"))
        asked = await transfers.request(uow, call.id, desk.id)
    async with unit_of_work(scope) as uow:
        await transfers.remove_target(uow, desk.id)
    async with unit_of_work(scope) as uow:
        assert (await Transfers(uow).get(asked.id)).target_id is None
    said = await payloads(unit_of_work, scope, "transfer_target.")
    assert [payload["change"] for payload in said] == ["added", "removed"]


async def test_hours_can_be_set_changed_and_taken_away(unit_of_work, scope):
    mornings = [open_hours(1, time(8), time(12)), open_hours(0, time(8), time(12))]
    desk = await add(unit_of_work, scope, "Front desk", hours=mornings)
    assert [span["weekday"] for span in desk.hours] == [0, 1]
    async with unit_of_work(scope) as uow:
        [known] = (await versions.profile(uow)).transfer_targets
        assert known.hours == tuple(reversed(mornings))
        assert (await transfers.change_target(uow, desk.id, label="Desk")).hours == desk.hours
        assert (await transfers.change_target(uow, desk.id, hours=None)).hours is None
        [known] = (await versions.profile(uow)).transfer_targets
    assert known.hours is None


async def test_hours_that_overlap_are_refused(unit_of_work, scope):
    twice = [open_hours(0, time(8), time(12)), open_hours(0, time(11), time(13))]
    with pytest.raises(InvalidInput):
        await add(unit_of_work, scope, "Front desk", hours=twice)


async def test_a_location_that_is_not_there_is_refused(unit_of_work, scope):
    with pytest.raises(NotFound):
        await add(unit_of_work, scope, "Front desk", location_id=scope.tenant_id)


@pytest.mark.parametrize(("label", "number"), [(" ", "+12125550150"), ("Desk", "upstairs")])
async def test_a_senseless_target_is_refused(unit_of_work, scope, label, number):
    with pytest.raises(InvalidInput):
        await add(unit_of_work, scope, label, number)


async def test_callers_name_no_targets(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope)
    with pytest.raises(Forbidden):
        await add(unit_of_work, caller.scope, "Me", caller.phone)
