"""Many callers at once want the same chair."""

import asyncio

import pytest
from tortoise.exceptions import IntegrityError

from domain.appointments.errors import DayFull, SlotTaken
from domain.appointments.models import Appointment
from domain.appointments.repository import Reservations
from domain.business.profile import BookingRules, Rules
from domain.business.resources import change_resource
from domain.business.rulebook import set_rules
from tests.factories.callers import ring

RACERS = 20


async def race(desk, unit_of_work, scope, **values):
    callers = [await ring(unit_of_work, scope) for _ in range(RACERS)]
    return await asyncio.gather(
        *(desk.book(caller, **values) for caller in callers), return_exceptions=True
    )


def winners(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Appointment)]


async def test_one_chair_is_booked_once(desk, unit_of_work, scope):
    outcomes = await race(desk, unit_of_work, scope)
    assert len(winners(outcomes)) == 1
    assert sum(isinstance(outcome, SlotTaken) for outcome in outcomes) == RACERS - 1


async def test_two_dentists_are_booked_twice(desk, unit_of_work, scope):
    outcomes = await race(desk, unit_of_work, scope, service_id=desk.practice.cleaning_id)
    assert len(winners(outcomes)) == 2
    assert sum(isinstance(outcome, SlotTaken) for outcome in outcomes) == RACERS - 2


async def test_two_units_of_one_chair_are_booked_twice(desk, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await change_resource(uow, desk.practice.dr_lee_id, capacity=2)
    assert len(winners(await race(desk, unit_of_work, scope))) == 2


async def test_a_daily_limit_holds_under_pressure(desk, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await change_resource(uow, desk.practice.dr_lee_id, capacity=RACERS)
        await set_rules(uow, Rules(booking=BookingRules(daily_limit=3)))
    outcomes = await race(desk, unit_of_work, scope)
    assert len(winners(outcomes)) == 3
    assert sum(isinstance(outcome, DayFull) for outcome in outcomes) == RACERS - 3


async def test_the_database_itself_refuses_a_second_taker(desk, unit_of_work, scope, caller):
    booked = await desk.book(caller)
    with pytest.raises(IntegrityError, match="no_double_booking"):
        async with unit_of_work(scope) as uow:
            [taken] = await Reservations(uow).of(booked.id)
            await Reservations(uow).add(
                appointment_id=booked.id,
                resource_id=taken.resource_id,
                unit=taken.unit,
                occupied_from=taken.occupied_from,
                occupied_until=taken.occupied_until,
            )
