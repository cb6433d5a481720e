"""A visit that was moved where it is kept elsewhere: done here, unless somebody is taken then."""

from datetime import timedelta

import pytest

from domain import appointments
from domain.appointments.errors import SlotTaken, WrongStatus
from domain.appointments.repository import Appointments, Reservations
from domain.errors import NotFound
from tests.conftest import NOW
from tests.factories.outbox import payloads

TEN = NOW + timedelta(days=1)
HOUR = timedelta(hours=1)


async def follow(desk, id, starts_at, scope=None):
    async with desk.unit_of_work(scope or desk.scope) as uow:
        return await appointments.follow(uow, id, starts_at)


async def standing(desk, id):
    async with desk.unit_of_work(desk.scope) as uow:
        visit = await Appointments(uow).get(id)
        [reserved] = await Reservations(uow).of(id)
    return visit, reserved


async def test_it_is_moved_with_whoever_gives_it_and_out_of_hours(desk, caller):
    booked = await desk.book(caller)
    # At ten in the evening.
    await follow(desk, booked.id, TEN + 12 * HOUR)
    visit, reserved = await standing(desk, booked.id)
    assert (visit.starts_at, visit.ends_at) == (TEN + 12 * HOUR, TEN + 13 * HOUR)
    assert reserved.occupied_from == TEN + 12 * HOUR
    assert reserved.resource_id == desk.practice.dr_lee_id
    [moved] = await payloads(desk.unit_of_work, desk.scope, "appointment.rescheduled")
    assert moved["moved_from"].startswith("2026-11-17T15:00")
    # A second time changes nothing.
    await follow(desk, booked.id, TEN + 12 * HOUR)
    assert len(await payloads(desk.unit_of_work, desk.scope, "appointment.rescheduled")) == 1


async def test_where_somebody_is_taken_it_stays(desk, caller, another):
    booked = await desk.book(caller)
    await desk.book(another, TEN + HOUR)
    with pytest.raises(SlotTaken):
        await follow(desk, booked.id, TEN + HOUR / 2)
    visit, reserved = await standing(desk, booked.id)
    assert visit.starts_at == reserved.occupied_from == TEN


async def test_a_visit_that_is_off_is_not_moved_and_nobody_who_calls_decides(desk, caller):
    booked = await desk.book(caller)
    with pytest.raises(NotFound):
        await follow(desk, booked.id, TEN + HOUR, caller.scope)
    await desk.cancel(booked.id)
    with pytest.raises(WrongStatus):
        await follow(desk, booked.id, TEN + HOUR)
