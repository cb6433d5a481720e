"""Calendars of Microsoft 365 against a fake that checks every request with a document of ours."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain.calendars.ports import (
    AskedTooMuch,
    CalendarGone,
    CalendarRefused,
    Channel,
    Listening,
    Place,
    Seen,
)
from domain.clock import FixedClock
from domain.errors import Unavailable
from tests.fakes.account_service import Wrong
from tests.integrations.calendar_days import NOON, VISIT, WEEK, at, entry, times
from tests.integrations.microsoft_calendar.conftest import LEE, READING

TUESDAY = "2026-11-17T10:00", "2026-11-17T11:00"
LISTENING = Listening("unused", "https://us.example/told", "secret", NOON + timedelta(days=6))


def answered(answer):
    return {"responseStatus": {"response": answer}}


async def test_the_calendars_of_an_account_are_found_page_by_page(client, graph):
    graph.calendar("theirs", can_edit=False)
    graph.page = 1
    own, theirs = await client.calendars(None)
    assert (own.address, own.title, own.writable) == (LEE, f"Calendar {LEE}", True)
    assert (theirs.address, theirs.writable) == ("theirs", False)


async def test_an_event_takes_its_time(client, graph, place):
    graph.event(LEE, *TUESDAY)
    assert await times(client, place) == [(at("2026-11-17T15:00"), at("2026-11-17T16:00"))]


async def test_a_day_off_is_a_day_of_the_business(client, graph, place):
    graph.event(LEE, "2026-11-17", "2026-11-19")
    assert await times(client, place) == [(at("2026-11-17T05:00"), at("2026-11-19T05:00"))]


@pytest.mark.parametrize(
    "more",
    [
        {"showAs": "free"},
        {"showAs": "workingElsewhere"},
        {"isCancelled": True},
        answered("declined"),
    ],
)
async def test_what_takes_no_time_is_free(client, graph, place, more):
    graph.event(LEE, *TUESDAY, **more)
    assert await times(client, place) == []


@pytest.mark.parametrize("more", [{"showAs": "oof"}, answered("accepted"), answered("none")])
async def test_what_is_certain_takes_time(client, graph, place, more):
    graph.event(LEE, *TUESDAY, **more)
    bold = replace(client, reading=replace(READING, tentative_is_busy=False))
    assert len(await times(bold, place)) == 1


@pytest.mark.parametrize(
    "more", [{"showAs": "tentative"}, answered("tentativelyAccepted"), answered("notResponded")]
)
async def test_what_is_not_certain_is_as_the_business_says(client, graph, place, more):
    graph.event(LEE, *TUESDAY, **more)
    bold = replace(client, reading=replace(READING, tentative_is_busy=False))
    assert len(await times(client, place)) == 1
    assert await times(bold, place) == []


async def test_what_comes_again_keeps_its_hour_when_clocks_change(client, graph, place):
    graph.event(LEE, "2026-10-27T09:00", "2026-10-27T10:00", _weekly=4)
    # The clocks went back on the first of November.
    during = at("2026-10-26T00:00"), at("2026-11-09T00:00")
    assert [start for start, _ in await times(client, place, during)] == [
        at("2026-10-27T13:00"),
        at("2026-11-03T14:00"),
    ]


async def test_a_long_list_is_read_to_its_end(client, graph, place):
    for hour in (9, 11, 13):
        graph.event(LEE, f"2026-11-17T{hour:02}:00", f"2026-11-17T{hour + 1}:00")
    graph.page = 1
    assert len(await times(client, place)) == 3
    assert (await client.changes(place, "")).changed


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"dateTime": "soon", "timeZone": "UTC"},
        {"dateTime": "2026-11-17T10:00:00", "timeZone": "Customized Time Zone"},
        None,
    ],
)
async def test_an_event_that_cannot_be_read_says_nothing(client, graph, place, odd):
    id = graph.event(LEE, *TUESDAY)
    graph.change(id, start=odd)
    graph.event(LEE, *TUESDAY, novelty={"of": "tomorrow"})
    assert len(await times(client, place)) == 1


async def test_a_link_to_another_service_is_not_followed(client, graph, place):
    with pytest.raises(Unavailable):
        await client.changes(place, "2028-01-01 https://elsewhere.test/v1.0/me/x?$deltatoken=1")
    assert graph.asked == []


async def test_a_visit_is_written_with_our_id_and_without_a_name(client, graph, place):
    written = await client.put(place, entry(place="1 Main St"), None)
    [event] = graph.ours()
    assert written.address == event["id"]
    [own] = event["singleValueExtendedProperties"]
    assert own["value"] == str(VISIT)
    assert (event["subject"], event["location"]) == ("Cleaning", {"displayName": "1 Main St"})
    assert event["start"] == {"dateTime": "2026-11-17T15:00:00", "timeZone": "UTC"}
    [busy] = await client.busy(place, *WEEK)
    assert (busy.starts_at, busy.visit_id) == (entry().starts_at, VISIT)


async def test_a_visit_that_waits_for_approval_is_tentative(client, graph, place):
    await client.put(place, entry(tentative=True), None)
    assert graph.ours()[0]["showAs"] == "tentative"


@pytest.mark.parametrize("hour", [15, 16])
async def test_a_visit_stands_there_once_though_the_answer_was_lost(client, graph, place, hour):
    graph.losing = {"POST"}
    with pytest.raises(Unavailable):
        await client.put(place, entry(), None)
    again = await client.put(place, entry(hour), None)
    await client.put(place, entry(17), again)
    [busy] = await client.busy(place, *WEEK)
    assert busy.starts_at == entry(17).starts_at


async def test_an_earlier_edition_that_is_given_back_is_written_over(client, graph, place):
    await client.put(place, entry(), None)
    [event] = graph.ours()
    # Somebody has moved it since, and our note of it was lost.
    graph.change(event["id"], start={"dateTime": "2026-11-19T15:00:00", "timeZone": "UTC"})
    await client.put(place, entry(), None)
    [busy] = await client.busy(place, *WEEK)
    assert busy.starts_at == entry().starts_at


async def test_what_somebody_made_of_it_is_written_over(client, graph, place):
    written = await client.put(place, entry(), None)
    graph.change(written.address, isAllDay=True)
    await client.put(place, entry(16), written)
    [busy] = await client.busy(place, *WEEK)
    assert busy.starts_at == entry(16).starts_at
    assert [each.partition(" ")[0] for each in graph.asked[1:4]] == ["PATCH", "GET", "PATCH"]


async def test_a_visit_that_was_deleted_there_stands_there_again(client, graph, place):
    written = await client.put(place, entry(), None)
    for hour in (16, 17):
        graph.delete(written.address)
        # Graph remembers how the first writing was called, though nothing is left of it.
        written = await client.put(place, entry(hour), written)
        [event] = graph.ours()
        assert written.address == event["id"]


async def test_a_visit_is_taken_out_and_a_second_time_too(client, graph, place):
    written = await client.put(place, entry(), None)
    for known in (written, written, None):
        await client.remove(place, VISIT, known)
    await client.put(place, entry(), None)
    # Nothing is known of where it stands.
    await client.remove(place, VISIT, None)
    await client.remove(place, UUID(int=7), None)
    assert graph.ours() == []


async def test_a_calendar_that_is_not_there_is_gone(client):
    nowhere = Place("nowhere")
    for asking in (client.busy(nowhere, *WEEK), client.put(nowhere, entry(), None)):
        with pytest.raises(CalendarGone):
            await asking


async def test_a_calendar_that_may_only_be_read_is_not_written(client, graph):
    graph.calendar("theirs", can_edit=False)
    with pytest.raises(CalendarRefused) as refused:
        await client.put(Place("theirs"), entry(), None)
    assert refused.value.reason == "status_403"


async def test_changes_are_told_from_a_token_on(client, graph, place):
    written = await client.put(place, entry(), None)
    first = await client.changes(place, "")
    assert (first.complete, first.changed) == (True, True)
    assert first.seen == (Seen(VISIT, entry().starts_at, entry().ends_at),)
    quiet = await client.changes(place, first.token)
    assert (quiet.changed, quiet.seen, quiet.complete) == (False, (), False)
    foreign = graph.event(LEE, *TUESDAY)
    added = await client.changes(place, quiet.token)
    assert (added.changed, added.seen) == (True, ())
    moved = await client.put(place, entry(16), written)
    ours = await client.changes(place, added.token)
    assert (ours.changed, ours.seen) == (
        *(False, (Seen(VISIT, entry(16).starts_at, entry(16).ends_at),)),
    )
    graph.delete(moved.address)
    graph.delete(foreign)
    gone = await client.changes(place, ours.token)
    assert (gone.changed, gone.seen, gone.gone) == (True, (), {moved.address, foreign})


async def test_a_token_that_is_forgotten_reads_everything(client, graph, place):
    await client.put(place, entry(), None)
    first = await client.changes(place, "")
    graph.rounds.clear()
    again = await client.changes(place, first.token)
    assert again.complete
    assert [each.visit_id for each in again.seen] == [VISIT]
    assert (await client.changes(place, "nonsense")).complete


async def test_what_comes_into_sight_is_read_before_it_counts(client, graph, place):
    first = await client.changes(place, "")
    for days, complete in ((29, False), (31, True)):
        later = FixedClock(client.clock.now() + timedelta(days=days))
        assert (await replace(client, clock=later).changes(place, first.token)).complete is complete


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [
        (Wrong(429, "ApplicationThrottled", retry_after="40"), 40),
        (Wrong(429, "ApplicationThrottled"), 30),
        (Wrong(503, "serviceNotAvailable", retry_after="5"), 5),
    ],
)
async def test_who_has_asked_too_much_is_told_how_long_to_wait(
    client, graph, place, wrong, seconds
):
    graph.failures = [wrong]
    with pytest.raises(AskedTooMuch) as busy:
        await client.busy(place, *WEEK)
    assert busy.value.seconds == seconds


async def test_a_service_in_trouble_is_unavailable(client, graph, place):
    graph.failures = [Wrong(504, "gatewayTimeout")]
    with pytest.raises(Unavailable):
        await client.changes(place, "")


async def test_changes_are_told_by_a_channel_until_it_is_closed(client, graph, place):
    channel = await client.watch(place, LISTENING)
    assert channel == Channel(channel.name, LISTENING.until)
    [told] = graph.told(LEE)
    assert told["clientState"] == "secret"
    longer = LISTENING.until + timedelta(hours=20)
    assert await client.extend(place, channel, longer) == Channel(channel.name, longer)
    for _ in range(2):
        await client.unwatch(None, channel)
    assert graph.channels == {}
    assert await client.extend(place, channel, longer) is None
