"""Calendars at Microsoft 365: their times count, visits stand in them, changes are told."""

from datetime import timedelta

import pytest

from domain import appointments, calendars
from domain.appointments.repository import Appointments
from domain.calendars.events import CalendarDrifted
from plugins.microsoft_calendar.handlers import told
from tests.factories.offices import HOUR, TEN
from tests.fakes.account_service import Wrong
from tests.plugins.microsoft_calendar.conftest import LEE

TUESDAY = "2026-11-17T10:00", "2026-11-17T11:00"


async def test_what_is_in_the_calendar_takes_time_until_it_is_gone(office, graph):
    event = graph.event(LEE, *TUESDAY)
    await office.link()
    assert TEN not in await office.free_times()
    assert TEN + HOUR in await office.free_times()
    graph.delete(event)
    await office.poll()
    assert TEN in await office.free_times()


async def test_a_visit_stands_in_the_calendar_and_follows(office, graph):
    await office.link()
    visit = await office.booked()
    [event] = graph.ours()
    assert event["transactionId"] == f"deskbell:{visit.id}"
    assert event["subject"] == "Exam"
    assert "Anna" not in str(event)
    await office.do(appointments.reschedule, visit.id, TEN + HOUR)
    await office.travel()
    assert graph.ours()[0]["start"]["dateTime"] == "2026-11-17T16:00:00"
    await office.do(appointments.cancel, visit.id)
    await office.travel()
    assert graph.ours() == []
    assert await office.entries() == []
    assert await office.errors() == []


async def test_a_visit_that_was_deleted_or_moved_there_is_put_right(office, graph):
    await office.link()
    await office.booked()
    [entry] = await office.entries()
    await office.poll()
    # It is told only which event is gone.
    graph.delete(entry.address)
    await office.poll()
    [event] = graph.ours()
    assert event["id"] != entry.address
    moved = {"dateTime": "2026-11-18T15:00:00.0000000", "timeZone": "UTC"}
    graph.change(event["id"], end=moved, start=moved)
    await office.poll()
    assert graph.ours()[0]["start"]["dateTime"] == "2026-11-17T15:00:00"
    await office.poll()
    assert [each["gone"] for each in await office.happened(CalendarDrifted)] == [True, False]


async def test_what_stands_there_of_a_visit_that_is_gone_is_taken_out(office, graph):
    await office.link()
    visit = await office.booked()
    async with office.open() as uow:
        # What an erasure does to a visit; nobody is told of each.
        await Appointments(uow).remove(await Appointments(uow).get(visit.id))
    await office.poll(timedelta(days=1))
    assert graph.ours() == []


async def test_what_is_told_is_looked_at_at_once(office, graph):
    await office.link()
    graph.event(LEE, *TUESDAY)
    answer = await office.tell(json={"value": graph.told(LEE) * 2})
    assert answer.status_code == 202
    assert TEN not in await office.free_times()


@pytest.mark.parametrize("lie", [{"clientState": "guessed"}, {"subscriptionId": "channel-0"}])
async def test_what_graph_has_not_told_is_not_listened_to(office, graph, lie):
    await office.link()
    graph.event(LEE, *TUESDAY)
    before = len(graph.asked)
    answer = await office.tell(json={"value": graph.told(LEE, **lie)})
    # Whoever guesses does not learn that they are wrong.
    assert answer.status_code == 202
    assert len(graph.asked) == before


async def test_a_channel_is_extended_before_it_ends(office, graph):
    await office.link()
    [name] = graph.channels
    graph.now += timedelta(days=5, hours=1)
    await office.poll(timedelta(days=5, hours=1))
    assert set(graph.channels) == {name}
    [watch] = await office.watches()
    assert watch.ends_at > office.road.unit_of_work.clock.now() + timedelta(days=5)


@pytest.mark.parametrize("event", ["reauthorizationRequired", "subscriptionRemoved"])
async def test_a_channel_about_which_graph_worries_is_looked_after(office, graph, event):
    await office.link()
    graph.event(LEE, *TUESDAY)
    word = graph.told(LEE, lifecycleEvent=event)
    [before] = graph.channels
    graph.now += timedelta(hours=2)
    office.road.wait(timedelta(hours=2))
    if event == "subscriptionRemoved":
        graph.channels.clear()
    await office.tell(json={"value": word})
    [name] = graph.channels
    assert (name == before) is (event == "reauthorizationRequired")
    [watch] = await office.watches()
    assert watch.channel == name
    assert watch.ends_at == graph.now + timedelta(days=6)
    # What was told meanwhile may have been lost.
    assert TEN not in await office.free_times()


async def test_a_calendar_that_was_taken_off_is_told_of_no_more(office, graph):
    row = await office.link()
    async with office.open() as uow:
        await calendars.unlink(uow, row.id)
    await office.travel()
    assert (graph.channels, await office.watches()) == ({}, [])


async def test_what_is_to_be_written_waits_as_long_as_graph_says(office, graph):
    await office.link()
    graph.failures = [Wrong(429, "ApplicationThrottled", retry_after="120")]
    await office.booked()
    assert (graph.ours(), await office.errors()) == ([], [])
    await office.poll(timedelta(seconds=121))
    assert len(graph.ours()) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"value": 7}', b'{"value": [7, {"subscriptionId": 7}]}'],
)
def test_what_cannot_be_read_tells_nothing(body):
    assert [each for each in told(body) if any(each)] == []
