"""Calendars elsewhere: their times count, and visits stand in them, against a real Radicale."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from api.reception import Arrival, Reception
from domain import appointments, calendars
from domain.appointments.errors import SlotTaken
from domain.appointments.repository import Appointments
from domain.calendars.errors import CalendarListed
from domain.calendars.events import CalendarDrifted, CalendarFailed, CalendarRecovered
from domain.conversations.models import Channel
from tests.domain.receptionist.conftest import Talk
from tests.factories.offices import HOUR, TEN

ELSEWHERE = ("DTSTART:20261117T150000Z", "DTEND:20261117T160000Z")


async def test_a_time_that_is_taken_elsewhere_is_not_offered(office):
    assert TEN in await office.free_times()
    office.server.event(office.address, "private", *ELSEWHERE)
    await office.link()
    free = await office.free_times()
    assert TEN not in free
    assert TEN + HOUR in free


async def test_a_time_that_is_taken_elsewhere_cannot_be_booked(office):
    office.server.event(office.address, "private", *ELSEWHERE)
    await office.link()
    with pytest.raises(SlotTaken) as refused:
        await office.book()
    assert TEN not in refused.value.alternatives
    await office.book(TEN + HOUR)


async def test_what_is_new_elsewhere_counts_after_five_minutes(office):
    await office.link()
    address = office.server.event(office.address, "private", *ELSEWHERE)
    await office.poll()
    assert TEN not in await office.free_times()
    office.server.delete(address)
    await office.poll()
    assert TEN in await office.free_times()


async def test_a_calendar_that_is_not_read_blocks_nothing(office):
    office.server.event(office.address, "private", *ELSEWHERE)
    await office.link(reads=False)
    assert TEN in await office.free_times()


async def test_a_calendar_is_linked_once(office):
    await office.link()
    with pytest.raises(CalendarListed):
        await office.link()


async def test_a_calendar_that_was_taken_off_blocks_nothing(office):
    office.server.event(office.address, "private", *ELSEWHERE)
    row = await office.link()
    async with office.open() as uow:
        await calendars.unlink(uow, row.id)
    assert TEN in await office.free_times()


async def test_a_visit_stands_in_the_calendar_and_follows(office):
    await office.link()
    visit = await office.book()
    await office.road.travel()
    [text] = office.there()
    assert f"X-DESKBELL-VISIT:{visit.id}" in text
    assert "SUMMARY:Exam" in text
    # Who comes is nobody's business there.
    assert "Anna" not in text
    await office.do(appointments.reschedule, visit.id, TEN + HOUR)
    await office.road.travel()
    [text] = office.there()
    assert "T110000" in text
    await office.do(appointments.cancel, visit.id)
    await office.road.travel()
    assert office.there() == []
    assert await office.entries() == []


async def test_a_visit_of_ours_does_not_stand_in_its_own_way(office):
    await office.link()
    visit = await office.book()
    await office.poll()
    # Half of where it is now: its own entry there would be in the way.
    moved = await office.do(appointments.reschedule, visit.id, TEN + timedelta(minutes=30))
    assert moved.starts_at == TEN + timedelta(minutes=30)


async def test_visits_that_were_booked_before_are_written_when_it_is_linked(office):
    await office.book()
    await office.road.travel()
    await office.link()
    assert len(office.there()) == 1


async def test_nothing_is_written_where_only_times_are_read(office):
    await office.link(writes=False)
    await office.book()
    await office.road.travel()
    assert office.there() == []


async def test_a_visit_that_was_deleted_there_is_written_again(office):
    await office.link()
    await office.book()
    await office.road.travel()
    [entry] = await office.entries()
    await office.poll()
    office.server.delete(entry.address)
    await office.poll()
    assert len(office.there()) == 1
    [drifted] = await office.happened(CalendarDrifted)
    assert drifted["gone"] is True


async def test_a_visit_that_was_moved_there_is_moved_back(office):
    await office.link()
    visit = await office.book()
    await office.road.travel()
    await office.poll()
    office.server.add(
        office.address,
        str(visit.id),
        *("BEGIN:VEVENT", f"UID:{visit.id}@deskbell", "DTSTAMP:20261101T000000Z"),
        *("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z", "END:VEVENT"),
    )
    await office.poll()
    [text] = office.there()
    assert "20261117T100000" in text
    await office.poll()
    assert len(await office.happened(CalendarDrifted)) == 1


async def test_what_stands_there_of_a_visit_that_is_gone_is_taken_out(office):
    """As when a person was erased: their visits are gone without having been called off."""
    await office.link()
    await office.book()
    await office.road.travel()
    [entry] = await office.entries()
    unknown = UUID(int=entry.appointment_id.int ^ 1)
    office.server.add(
        office.address,
        str(unknown),
        *("BEGIN:VEVENT", f"UID:{unknown}@deskbell", "DTSTAMP:20261101T000000Z"),
        *(f"X-DESKBELL-VISIT:{unknown}", *ELSEWHERE, "END:VEVENT"),
    )
    assert len(office.there()) == 2
    await office.poll()
    [text] = office.there()
    assert str(entry.appointment_id) in text


async def test_what_stands_there_of_somebody_erased_is_gone_within_a_day(office):
    await office.link()
    visit = await office.book()
    await office.road.travel()
    await office.poll()
    async with office.open() as uow:
        # What an erasure does to a visit; nobody is told of each.
        await Appointments(uow).remove(await Appointments(uow).get(visit.id))
    await office.poll()
    assert len(office.there()) == 1
    office.road.wait(timedelta(days=1))
    await office.poll()
    assert office.there() == []


async def test_a_dead_calendar_leaves_what_was_known_and_is_flagged(office):
    office.server.event(office.address, "private", *ELSEWHERE)
    await office.link()
    office.server.fail = 503
    for _ in range(3):
        await office.poll()
    row = await office.row()
    assert (row.failure, row.failing_since is not None) == ("unavailable", True)
    assert TEN not in await office.free_times()
    assert TEN + HOUR in await office.free_times()
    assert len(await office.happened(CalendarFailed)) == 1
    office.server.fail = 0
    await office.poll()
    assert (await office.row()).failing_since is None
    assert len(await office.happened(CalendarRecovered)) == 1


async def test_a_calendar_that_was_never_read_leaves_our_own_hours(office):
    office.server.fail = 503
    await office.link()
    assert TEN in await office.free_times()
    assert (await office.row()).failure == "unavailable"


async def test_whoever_waits_on_the_telephone_hears_what_is_new(office, freshen):
    await office.link()
    office.server.event(office.address, "private", *ELSEWHERE)
    await freshen()
    # It was looked at when it was linked, and that counts for a minute.
    assert TEN in await office.free_times()
    office.road.wait(timedelta(seconds=61))
    await freshen()
    assert TEN not in await office.free_times()


async def test_nobody_waits_for_a_slow_calendar(office, freshening):
    await office.link()
    office.server.event(office.address, "private", *ELSEWHERE)
    office.road.wait(timedelta(seconds=61))
    hurried = replace(freshening, budget=0.0)
    ids = [office.practice.dr_lee_id]
    # Both give up at once, and what the first began goes on and is there for the next.
    before = len(office.server.asked)
    for _ in range(2):
        await hurried.freshen(office.road.scope, ids)
        await asyncio.gather(*hurried.begun)
        await hurried.settled()
    assert office.server.asked[before:] == ["REPORT", "REPORT"]
    assert TEN not in await office.free_times()


async def test_a_dead_calendar_stops_no_call(office, freshen):
    await office.link()
    office.server.fail = 500
    office.road.wait(timedelta(seconds=61))
    await freshen()
    assert TEN in await office.free_times()
    assert (await office.row()).failure == "unavailable"


async def test_a_caller_is_not_offered_what_was_taken_a_minute_ago(office, freshening):
    await office.link()
    office.server.event(office.address, "private", *ELSEWHERE)
    office.road.wait(timedelta(seconds=61))
    reception = Reception(office.road.unit_of_work, times=freshening)
    arrival = Arrival(office.road.scope.tenant_id, Channel.CHAT, "+12125550142")
    talk = Talk(await reception.welcome(arrival))
    await talk.open()
    said = await talk.say("I would like to book an exam with Dr. Lee tomorrow at 10 am")
    assert "11" in said
    assert "10:00" not in said
    assert (await office.row()).checked_at == office.road.unit_of_work.clock.now()
