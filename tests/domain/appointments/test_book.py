"""Booking a visit, and everything that can stand in its way."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain import appointments, business
from domain.appointments.errors import (
    DayFull,
    InThePast,
    NotBookable,
    OutsideHours,
    SlotTaken,
    TooFarAhead,
    TooSoon,
)
from domain.appointments.models import AppointmentStatus
from domain.appointments.repository import Appointments, Reservations
from domain.appointments.times import instant
from domain.business import versions
from domain.business.profile import BookingRules, Rules
from domain.errors import Forbidden, InvalidInput, NotFound
from tests.conftest import NOW
from tests.factories.callers import ring
from tests.factories.outbox import payloads

TEN = NOW + timedelta(days=1)
HOUR = timedelta(hours=1)


async def set_booking_rules(unit_of_work, scope, **booking):
    async with unit_of_work(scope) as uow:
        await business.set_rules(uow, Rules(booking=BookingRules(**booking)))


async def test_a_caller_books_a_visit(unit_of_work, scope, desk, caller):
    booked = await desk.book(caller, notes="Afraid of drills")
    async with unit_of_work(scope) as uow:
        found = await Appointments(uow).get(booked.id)
        [reserved] = await Reservations(uow).of(booked.id)
    assert (found.status, found.notes.read()) == (AppointmentStatus.CONFIRMED, "Afraid of drills")
    assert (found.starts_at, found.ends_at) == (TEN, TEN + HOUR)
    assert reserved.resource_id == desk.practice.dr_lee_id
    assert found.booked_by == f"caller:{caller.conversation_id}"


async def test_the_event_holds_no_notes(unit_of_work, scope, desk, caller):
    booked = await desk.book(caller, notes="Afraid of drills")
    [payload] = await payloads(unit_of_work, scope, "appointment.booked")
    assert payload["appointment_id"] == str(booked.id)
    assert "drills" not in str(payload)


async def test_buffers_are_reserved_too(unit_of_work, scope, desk, caller, another):
    async with unit_of_work(scope) as uow:
        await business.change_service(
            uow, desk.practice.exam_id, buffer_before_minutes=10, buffer_after_minutes=20
        )
    booked = await desk.book(caller)
    async with unit_of_work(scope) as uow:
        [reserved] = await Reservations(uow).of(booked.id)
    assert reserved.occupied_from == TEN - timedelta(minutes=10)
    assert reserved.occupied_until == TEN + HOUR + timedelta(minutes=20)
    with pytest.raises(SlotTaken):
        await desk.book(another, TEN + HOUR)


async def test_a_taken_time_comes_with_alternatives(desk, caller, another):
    await desk.book(caller)
    with pytest.raises(SlotTaken) as refused:
        await desk.book(another)
    assert refused.value.alternatives == (TEN - HOUR, TEN + HOUR, TEN + timedelta(minutes=75))


async def test_alternatives_can_be_booked(desk, caller, another):
    await desk.book(caller)
    with pytest.raises(SlotTaken) as refused:
        await desk.book(another)
    for starts_at in refused.value.alternatives[:2]:
        assert (await desk.book(another, starts_at)).starts_at == starts_at


async def test_a_refused_booking_leaves_nothing_behind(unit_of_work, scope, desk, caller, another):
    await desk.book(caller)
    async with unit_of_work(another.scope) as uow:
        profile = await business.profile(uow)
        wanted = appointments.Booking(another.contact_id, desk.practice.exam_id, TEN)
        with pytest.raises(SlotTaken):
            await appointments.book(uow, profile, wanted)
    # Even though that unit of work was committed.
    async with unit_of_work(scope) as uow:
        assert await Appointments(uow).all().count() == 1


async def test_whoever_is_free_provides_it(unit_of_work, scope, desk, caller, another):
    cleaning = {"service_id": desk.practice.cleaning_id}
    booked = [await desk.book(who, **cleaning) for who in (caller, another)]
    async with unit_of_work(scope) as uow:
        reserved = [(await Reservations(uow).of(one.id))[0].resource_id for one in booked]
    assert set(reserved) == {desk.practice.dr_lee_id, desk.practice.dr_patel_id}


async def test_whoever_is_asked_for_provides_it(desk, caller, another):
    asked = {"service_id": desk.practice.cleaning_id, "resource_id": desk.practice.dr_patel_id}
    await desk.book(caller, **asked)
    with pytest.raises(SlotTaken):
        await desk.book(another, **asked)


async def test_the_past_cannot_be_booked(desk, caller):
    with pytest.raises(InThePast):
        await desk.book(caller, NOW - HOUR)


async def test_short_notice_is_refused(desk, caller):
    with pytest.raises(TooSoon) as refused:
        await desk.book(caller, NOW + HOUR / 2)
    assert refused.value.earliest == NOW + HOUR


async def test_beyond_the_horizon_is_refused(desk, caller):
    with pytest.raises(TooFarAhead):
        await desk.book(caller, NOW + timedelta(days=91))


async def test_outside_hours_comes_with_alternatives(desk, caller):
    with pytest.raises(OutsideHours) as refused:
        await desk.book(caller, TEN - 2 * HOUR)
    assert refused.value.alternatives[0] == TEN - HOUR


async def test_a_visit_must_end_before_closing(desk, caller):
    with pytest.raises(OutsideHours):
        await desk.book(caller, TEN + 6.5 * HOUR)


async def test_a_closed_day_cannot_be_booked(unit_of_work, scope, desk, caller):
    tomorrow = date(2026, 11, 17)
    async with unit_of_work(scope) as uow:
        await business.add_closure(
            uow, desk.practice.location_id, business.Days(tomorrow, tomorrow)
        )
    with pytest.raises(OutsideHours):
        await desk.book(caller)


async def test_an_hour_that_never_comes_cannot_be_booked(desk, caller):
    with pytest.raises(InvalidInput, match="clocks go forward"):
        gap = instant(date(2027, 3, 14), time(2, 30), "America/New_York")
        await desk.book(caller, gap)


async def test_a_full_day_is_neither_offered_nor_booked(unit_of_work, scope, desk, caller, another):
    await set_booking_rules(unit_of_work, scope, daily_limit=1)
    await desk.book(caller)
    with pytest.raises(DayFull) as refused:
        await desk.book(another, TEN + 2 * HOUR)
    assert refused.value.limit == 1
    slots = await free(unit_of_work, scope, desk, date(2026, 11, 17), date(2026, 11, 18))
    assert {slot.starts_at.day for slot in slots} == {18}


async def free(unit_of_work, scope, desk, first, last):
    async with unit_of_work(scope) as uow:
        profile = await versions.profile(uow)
        wanted = appointments.rules.wish(profile, desk.practice.exam_id)
        return await appointments.availability(uow, profile, wanted, first, last)


async def test_what_is_booked_is_no_longer_free(unit_of_work, scope, desk, caller):
    tomorrow = date(2026, 11, 17)
    before = await free(unit_of_work, scope, desk, tomorrow, tomorrow)
    await desk.book(caller)
    after = await free(unit_of_work, scope, desk, tomorrow, tomorrow)
    gone = {slot.starts_at for slot in before} - {slot.starts_at for slot in after}
    assert gone == {TEN + timedelta(minutes=step) for step in range(-45, 60, 15)}


async def test_a_business_may_approve_bookings_first(unit_of_work, scope, desk, caller, another):
    await set_booking_rules(unit_of_work, scope, instant=False)
    asked = await desk.book(caller)
    assert asked.status is AppointmentStatus.REQUESTED
    # A request holds its place until somebody decides.
    with pytest.raises(SlotTaken):
        await desk.book(another)
    async with unit_of_work(scope) as uow:
        approved = await appointments.change_status(uow, asked.id, AppointmentStatus.CONFIRMED)
    assert approved.status is AppointmentStatus.CONFIRMED


async def test_the_same_intent_books_once(unit_of_work, scope, desk, caller):
    intent = {"conversation_id": caller.conversation_id, "intent_key": "visit"}
    racing = [desk.book(caller, **intent) for _ in range(5)]
    assert len({booked.id for booked in await asyncio.gather(*racing)}) == 1
    assert len(await payloads(unit_of_work, scope, "appointment.booked")) == 1


async def test_a_service_for_new_callers_is_for_them_only(unit_of_work, scope, desk, caller, clock):
    async with unit_of_work(scope) as uow:
        await business.change_service(uow, desk.practice.exam_id, for_returning_callers=False)
    await desk.book(caller)
    clock.advance(timedelta(days=2))
    with pytest.raises(NotBookable):
        await desk.book(caller, TEN + timedelta(days=2))


async def test_a_caller_books_for_nobody_else(desk, caller, another):
    with pytest.raises(NotFound):
        await desk.book(caller, contact_id=another.contact_id)


async def test_a_caller_books_in_no_other_conversation(desk, caller, another):
    intent = {"conversation_id": another.conversation_id, "intent_key": "visit"}
    await desk.book(another, **intent)
    with pytest.raises(NotFound):
        await desk.book(caller, **intent)


async def test_whoever_claims_a_name_may_book_but_not_look(unit_of_work, scope, desk, practice):
    claimed = await ring(unit_of_work, scope, verified=False)
    await desk.book(claimed)
    with pytest.raises(NotFound):
        async with unit_of_work(claimed.scope) as uow:
            await appointments.upcoming(uow, claimed.contact_id)


async def test_booking_needs_the_permission(desk, caller):
    reader = replace(caller.scope, permissions=frozenset({"appointments:read", "business:read"}))
    with pytest.raises(Forbidden):
        await desk.book(replace(caller, scope=reader))
