"""Moving visits, calling them off, and saying what became of them."""

from datetime import timedelta

import pytest

from domain import appointments, business
from domain.appointments.errors import (
    DayFull,
    OutsideHours,
    SlotTaken,
    TooLateToChange,
    WrongStatus,
)
from domain.appointments.models import AppointmentStatus
from domain.appointments.repository import Appointments, Reservations
from domain.business.profile import BookingRules, Rules
from domain.errors import NotFound
from tests.conftest import NOW
from tests.factories.outbox import events, payloads

TEN = NOW + timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
async def booked(desk, caller):
    return await desk.book(caller)


async def places(unit_of_work, scope, appointment):
    async with unit_of_work(scope) as uow:
        found = await Appointments(uow).get(appointment.id)
        reserved = await Reservations(uow).of(appointment.id)
    return found.starts_at, [one.occupied_from for one in reserved]


async def test_a_visit_is_moved(unit_of_work, scope, desk, booked, caller):
    await desk.reschedule(booked.id, TEN + 2 * HOUR, caller.scope)
    assert await places(unit_of_work, scope, booked) == (TEN + 2 * HOUR, [TEN + 2 * HOUR])
    [payload] = await payloads(unit_of_work, scope, "appointment.rescheduled")
    assert payload["moved_from"] == TEN.isoformat().replace("+00:00", "Z")


async def test_the_old_place_is_free_again(desk, booked, another):
    await desk.reschedule(booked.id, TEN + 2 * HOUR)
    assert (await desk.book(another)).starts_at == TEN


async def test_a_visit_may_move_into_its_own_time(unit_of_work, scope, desk, booked):
    await desk.reschedule(booked.id, TEN + HOUR / 2)
    assert await places(unit_of_work, scope, booked) == (TEN + HOUR / 2, [TEN + HOUR / 2])


async def test_the_old_place_is_kept_when_the_new_is_taken(
    unit_of_work, scope, desk, booked, another
):
    await desk.book(another, TEN + 2 * HOUR)
    async with unit_of_work(scope) as uow:
        profile = await business.profile(uow)
        with pytest.raises(SlotTaken):
            await appointments.reschedule(uow, profile, booked.id, TEN + 2 * HOUR)
    # Even though that unit of work was committed.
    assert await places(unit_of_work, scope, booked) == (TEN, [TEN])


async def test_nobody_moves_outside_the_hours(unit_of_work, scope, desk, booked):
    with pytest.raises(OutsideHours):
        await desk.reschedule(booked.id, TEN + 12 * HOUR)
    assert await places(unit_of_work, scope, booked) == (TEN, [TEN])


async def test_the_same_time_is_no_move(unit_of_work, scope, desk, booked):
    await desk.reschedule(booked.id, TEN)
    assert await events(unit_of_work, scope, "appointment.res") == []


async def test_on_a_full_day_a_visit_may_move_but_none_join(unit_of_work, scope, desk, booked):
    async with unit_of_work(scope) as uow:
        await business.set_rules(uow, Rules(booking=BookingRules(daily_limit=1)))
    moved = await desk.reschedule(booked.id, TEN + 3 * HOUR)
    assert moved.starts_at == TEN + 3 * HOUR


async def test_a_visit_cannot_move_to_a_full_day(unit_of_work, scope, desk, booked, another):
    await desk.book(another, TEN + 24 * HOUR)
    async with unit_of_work(scope) as uow:
        await business.set_rules(uow, Rules(booking=BookingRules(daily_limit=1)))
    with pytest.raises(DayFull):
        await desk.reschedule(booked.id, TEN + 26 * HOUR)


async def test_a_visit_called_off_frees_its_place(unit_of_work, scope, desk, booked, another):
    for _ in range(2):
        cancelled = await desk.cancel(booked.id)
    assert (cancelled.status, cancelled.cancelled_at) == (AppointmentStatus.CANCELLED, NOW)
    assert await events(unit_of_work, scope, "appointment.c") == ["appointment.cancelled"]
    assert (await desk.book(another)).starts_at == TEN


async def test_a_visit_called_off_cannot_be_moved(desk, booked):
    await desk.cancel(booked.id)
    with pytest.raises(WrongStatus):
        await desk.reschedule(booked.id, TEN + HOUR)


async def test_callers_change_in_time_and_staff_whenever(unit_of_work, scope, desk, booked, caller):
    async with unit_of_work(scope) as uow:
        rules = Rules(booking=BookingRules(cancellation_window_minutes=25 * 60))
        await business.set_rules(uow, rules)
    for change in (
        desk.cancel(booked.id, caller.scope),
        desk.reschedule(booked.id, TEN, caller.scope),
    ):
        with pytest.raises(TooLateToChange) as refused:
            await change
        assert refused.value.window_minutes == 25 * 60
    assert (await desk.cancel(booked.id)).status is AppointmentStatus.CANCELLED


async def test_a_caller_reaches_only_their_own_visits(unit_of_work, desk, booked, another):
    for change in (
        desk.cancel(booked.id, another.scope),
        desk.reschedule(booked.id, TEN + HOUR, another.scope),
    ):
        with pytest.raises(NotFound):
            await change
    with pytest.raises(NotFound):
        async with unit_of_work(another.scope) as uow:
            await appointments.upcoming(uow, booked.contact_id)


async def test_another_tenant_has_no_such_visit(unit_of_work, other_scope, desk, booked):
    with pytest.raises(NotFound):
        await desk.cancel(booked.id, other_scope)


async def test_visits_to_come_are_listed_soonest_first(unit_of_work, desk, booked, caller):
    later = await desk.book(caller, TEN + 24 * HOUR)
    gone = await desk.book(caller, TEN + 48 * HOUR)
    await desk.cancel(gone.id)
    async with unit_of_work(caller.scope) as uow:
        listed = await appointments.upcoming(uow, caller.contact_id)
    assert [visit.id for visit in listed] == [booked.id, later.id]


async def test_staff_say_what_became_of_a_visit(unit_of_work, scope, booked):
    for status in (AppointmentStatus.ARRIVED, AppointmentStatus.COMPLETED):
        async with unit_of_work(scope) as uow:
            await appointments.change_status(uow, booked.id, status)
    said = await payloads(unit_of_work, scope, "appointment.status_changed")
    assert [payload["status"] for payload in said] == ["arrived", "completed"]


@pytest.mark.parametrize("status", [AppointmentStatus.REQUESTED, AppointmentStatus.CANCELLED])
async def test_a_visit_takes_no_step_back(unit_of_work, scope, booked, status):
    with pytest.raises(WrongStatus):
        async with unit_of_work(scope) as uow:
            await appointments.change_status(uow, booked.id, status)


async def test_callers_do_not_approve_their_own_visits(unit_of_work, booked, caller):
    with pytest.raises(NotFound):
        async with unit_of_work(caller.scope) as uow:
            await appointments.change_status(uow, booked.id, AppointmentStatus.ARRIVED)
