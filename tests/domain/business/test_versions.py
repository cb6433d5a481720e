"""Rules, and the versions of the profile that calls are pinned to."""

import asyncio

import pytest

from domain import business
from domain.business.profile import BookingRules, HandlingMode, Rules
from domain.errors import Forbidden, InvalidInput
from tests.factories.business import open_practice
from tests.factories.callers import ring


async def pin(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await business.pin(uow)


async def test_rules_apply_from_the_next_version_on(unit_of_work, scope):
    before, _ = await pin(unit_of_work, scope)
    rules = Rules(greeting="Good day!", mode=HandlingMode.STAFF_FIRST)
    async with unit_of_work(scope) as uow:
        await business.set_rules(uow, rules)
    after, profile = await pin(unit_of_work, scope)
    assert (after.number, profile.rules) == (before.number + 1, rules)


async def test_rules_are_replaced_as_a_whole(unit_of_work, scope):
    for rules in (Rules(greeting="Hello"), Rules(booking=BookingRules(instant=False))):
        async with unit_of_work(scope) as uow:
            await business.set_rules(uow, rules)
    async with unit_of_work(scope) as uow:
        assert await business.current_rules(uow) == Rules(booking=BookingRules(instant=False))


@pytest.mark.parametrize(
    "rules",
    [
        Rules(greeting="Hello " * 100),
        Rules(receptionist_name="A" * 61),
        Rules(emergency_number="the fire brigade"),
    ],
)
async def test_rules_that_cannot_be_said_are_refused(unit_of_work, scope, rules):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await business.set_rules(uow, rules)


async def test_an_unchanged_profile_is_the_same_version(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    first, _ = await pin(unit_of_work, scope)
    second, _ = await pin(unit_of_work, scope)
    assert (first.id, first.number) == (second.id, 1)


async def test_a_pinned_version_stays_as_it_was(unit_of_work, scope):
    practice = await open_practice(unit_of_work, scope)
    pinned, then = await pin(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await business.change_service(uow, practice.exam_id, price_minor=1)
    async with unit_of_work(scope) as uow:
        assert await business.version(uow, pinned.id) == then


async def test_calls_that_begin_together_share_a_version(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    pinned = await asyncio.gather(*(pin(unit_of_work, scope) for _ in range(6)))
    assert {version.number for version, _ in pinned} == {1}


async def test_callers_set_no_rules(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope)
    with pytest.raises(Forbidden):
        async with unit_of_work(caller.scope) as uow:
            await business.set_rules(uow, Rules())
