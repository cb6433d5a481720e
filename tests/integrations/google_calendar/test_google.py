"""Google Calendar against a fake that checks every request with Google's own document."""

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
from domain.errors import Unavailable
from plugins.connections.errors import NeedsConsent
from tests.fakes.account_service import Wrong
from tests.integrations.calendar_days import NOON, VISIT, WEEK, at, entry, times
from tests.integrations.google_calendar.conftest import LEE, READING

TUESDAY = "2026-11-17T10:00", "2026-11-17T11:00"
LISTENING = Listening("channel-1", "https://us.example/told", "secret", NOON + timedelta(days=6))


def invited(answer, *, self=True):
    """An invitation with somebody else, and an answer to it."""
    kim = {"email": "kim@practice.test", "responseStatus": "accepted"}
    lee = {"email": LEE, "responseStatus": answer, **({"self": True} if self else {})}
    return {"attendees": [kim, lee]}


async def test_the_calendars_of_an_account_are_found_page_by_page(client, google):
    google.calendar("holidays#us", "reader", summaryOverride="Days off")
    google.page = 1
    own, holidays = await client.calendars(None)
    assert (own.address, own.title, own.writable) == (LEE, f"Calendar {LEE}", True)
    assert (holidays.title, holidays.writable) == ("Days off", False)


async def test_an_event_takes_its_time(client, google, place):
    google.event(LEE, *TUESDAY)
    assert await times(client, place) == [(at("2026-11-17T15:00"), at("2026-11-17T16:00"))]


async def test_a_name_that_is_no_path_is_asked_for_as_it_is(client, google):
    odd = google.calendar("a?b#c d@group.calendar.google.com")
    google.event(odd, *TUESDAY)
    assert len(await times(client, Place(odd))) == 1


async def test_a_day_off_is_a_day_of_the_business(client, google, place):
    google.event(LEE, "2026-11-17", "2026-11-19")
    assert await times(client, place) == [(at("2026-11-17T05:00"), at("2026-11-19T05:00"))]


@pytest.mark.parametrize(
    "more",
    [
        {"transparency": "transparent"},
        {"status": "cancelled"},
        {"eventType": "workingLocation"},
        invited("declined"),
    ],
)
async def test_what_takes_no_time_is_free(client, google, place, more):
    google.event(LEE, *TUESDAY, **more)
    assert await times(client, place) == []


async def test_what_others_declined_takes_time(client, google, place):
    google.event(LEE, *TUESDAY, **invited("declined", self=False))
    assert len(await times(client, place)) == 1


@pytest.mark.parametrize(
    "more", [{"status": "tentative"}, invited("tentative"), invited("needsAction")]
)
async def test_what_is_not_certain_is_as_the_business_says(client, google, place, more):
    google.event(LEE, *TUESDAY, **more)
    bold = replace(client, reading=replace(READING, tentative_is_busy=False))
    assert len(await times(client, place)) == 1
    assert await times(bold, place) == []


async def test_what_comes_again_keeps_its_hour_when_clocks_change(client, google, place):
    google.event(LEE, "2026-10-27T09:00", "2026-10-27T10:00", recurrence=["RRULE:FREQ=WEEKLY"])
    # The clocks went back on the first of November.
    during = at("2026-10-26T00:00"), at("2026-11-09T00:00")
    assert [start for start, _ in await times(client, place, during)] == [
        at("2026-10-27T13:00"),
        at("2026-11-03T14:00"),
    ]


async def test_a_long_list_is_read_to_its_end(client, google, place):
    for hour in (9, 11, 13):
        google.event(LEE, f"2026-11-17T{hour:02}:00", f"2026-11-17T{hour + 1}:00")
    google.page = 1
    assert len(await times(client, place)) == 3


async def test_a_list_without_an_end_is_given_up(client, google, place):
    google.event(LEE, *TUESDAY)
    google.endless = True
    with pytest.raises(Unavailable):
        await times(client, place)


@pytest.mark.parametrize("odd", [{}, {"dateTime": "soon"}, {"date": 7}, "now", None])
async def test_an_event_that_cannot_be_read_says_nothing(client, google, place, odd):
    id = google.event(LEE, *TUESDAY)
    google.change(LEE, id, start=odd)
    google.event(LEE, *TUESDAY, novelty={"of": "tomorrow"})
    assert len(await times(client, place)) == 1


async def test_nothing_is_learned_but_when_somebody_is_busy(client, google, place):
    google.event(LEE, *TUESDAY, description="Divorce lawyer", **invited("accepted"))
    await times(client, place)
    await client.changes(place, "")
    assert len(google.said) == 2
    for said in google.said:
        assert not [word for word in (b"Private", b"lawyer", b"practice.test") if word in said]


async def test_a_visit_is_written_with_our_id_and_without_a_name(client, google, place):
    written = await client.put(place, entry(place="1 Main St"), None)
    [event] = google.standing(LEE)
    assert written.address == event["id"] == f"deskbell{VISIT.hex}"
    assert event["extendedProperties"]["private"] == {"deskbellVisit": str(VISIT)}
    assert (event["summary"], event["location"]) == ("Cleaning", "1 Main St")
    assert event["start"] == {
        "dateTime": "2026-11-17T10:00:00-05:00",
        "timeZone": "America/New_York",
    }
    [busy] = await client.busy(place, *WEEK)
    assert (busy.starts_at, busy.visit_id) == (entry().starts_at, VISIT)


async def test_a_visit_that_waits_for_approval_is_tentative(client, google, place):
    await client.put(place, entry(tentative=True), None)
    assert google.standing(LEE)[0]["status"] == "tentative"


async def test_a_visit_stands_there_once_though_the_answer_was_lost(client, google, place):
    google.losing = {"POST"}
    with pytest.raises(Unavailable):
        await client.put(place, entry(), None)
    again = await client.put(place, entry(16), None)
    await client.put(place, entry(17), again)
    [busy] = await client.busy(place, *WEEK)
    assert busy.starts_at == entry(17).starts_at
    assert len(google.events[LEE]) == 1


async def test_what_somebody_made_of_it_is_written_over(client, google, place):
    written = await client.put(place, entry(), None)
    google.change(LEE, written.address, start={"date": "2026-11-19"}, end={"date": "2026-11-20"})
    await client.put(place, entry(16), written)
    [busy] = await client.busy(place, *WEEK)
    assert busy.starts_at == entry(16).starts_at
    assert [each.partition(" ")[0] for each in google.asked[1:4]] == ["PUT", "GET", "PUT"]


async def test_a_visit_that_was_deleted_there_stands_there_again(client, google, place):
    written = await client.put(place, entry(), None)
    google.delete(LEE, written.address)
    await client.put(place, entry(16), written)
    assert len(google.standing(LEE)) == 1
    del google.events[LEE][written.address]
    await client.put(place, entry(17), written)
    assert len(google.standing(LEE)) == 1


async def test_a_visit_that_was_called_off_may_be_written_again(client, google, place):
    written = await client.put(place, entry(), None)
    await client.remove(place, VISIT, written)
    await client.put(place, entry(16), None)
    assert len(google.standing(LEE)) == 1


async def test_a_visit_is_taken_out_and_a_second_time_too(client, google, place):
    written = await client.put(place, entry(), None)
    for _ in range(2):
        await client.remove(place, VISIT, written)
    await client.remove(place, UUID(int=7), None)
    assert google.standing(LEE) == []


async def test_a_calendar_that_is_not_there_is_gone(client):
    nowhere = Place("nobody@practice.test")
    for asking in (client.busy(nowhere, *WEEK), client.put(nowhere, entry(), None)):
        with pytest.raises(CalendarGone):
            await asking


async def test_a_calendar_that_may_only_be_read_is_not_written(client, google):
    theirs = google.calendar("theirs", "reader")
    with pytest.raises(CalendarRefused) as refused:
        await client.put(Place(theirs), entry(), None)
    assert refused.value.reason == "status_403"


async def test_changes_are_told_from_a_token_on(client, google, place):
    written = await client.put(place, entry(), None)
    first = await client.changes(place, "")
    assert (first.complete, first.changed) == (True, True)
    assert first.seen == (Seen(VISIT, entry().starts_at, entry().ends_at),)
    quiet = await client.changes(place, first.token)
    assert (quiet.changed, quiet.seen, quiet.complete) == (False, (), False)
    google.event(LEE, *TUESDAY)
    foreign = await client.changes(place, quiet.token)
    assert (foreign.changed, foreign.seen) == (True, ())
    google.delete(LEE, written.address)
    gone = await client.changes(place, foreign.token)
    # Nobody else's time has changed.
    assert (gone.changed, gone.seen) == (False, (Seen(VISIT),))


@pytest.mark.parametrize("token", ["state-1", "nonsense"])
async def test_a_token_that_is_forgotten_reads_everything(client, google, place, token):
    await client.put(place, entry(), None)
    google.remembers = 100
    found = await client.changes(place, token)
    assert found.complete
    assert [each.visit_id for each in found.seen] == [VISIT]


async def test_a_copy_that_somebody_made_of_a_visit_is_theirs(client, google, place):
    await client.put(place, entry(), None)
    [ours] = google.standing(LEE)
    google.event(LEE, *TUESDAY, extendedProperties=ours["extendedProperties"])
    assert {each.visit_id for each in await client.busy(place, *WEEK)} == {VISIT, None}


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [
        (Wrong(429, "rateLimitExceeded", retry_after="40"), 40),
        (Wrong(403, "rateLimitExceeded"), 30),
        (Wrong(403, "quotaExceeded"), 30),
        (Wrong(503, "backendError", retry_after="Mon, 16 Nov 2026 15:01:00 GMT"), 60),
        (Wrong(429, "rateLimitExceeded", retry_after="9000000"), 3600),
    ],
)
async def test_who_has_asked_too_much_is_told_how_long_to_wait(
    client, google, place, wrong, seconds
):
    google.failures = [wrong]
    with pytest.raises(AskedTooMuch) as busy:
        await client.busy(place, *WEEK)
    assert busy.value.seconds == seconds


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_service_in_trouble_is_unavailable(client, google, place, status):
    google.failures = [Wrong(status, "backendError")]
    with pytest.raises(Unavailable):
        await client.changes(place, "")


async def test_a_token_that_is_refused_twice_ends_the_account(client, google, place):
    google.tokens = set()
    with pytest.raises(NeedsConsent):
        await client.busy(place, *WEEK)
    assert google.asked_with == ["token", "another"]
    assert client.wire.context.refused_tokens == ["another"]


async def test_changes_are_told_by_a_channel_until_it_is_closed(client, google, place):
    channel = await client.watch(place, LISTENING)
    assert channel == Channel("channel-1", LISTENING.until, channel.thing)
    [told] = google.told(LEE)
    assert told["X-Goog-Channel-Token"] == "secret"
    assert await client.extend(place, channel, NOON) is None
    for _ in range(2):
        await client.unwatch(None, channel)
    assert google.channels == {}


async def test_google_tells_nobody_who_is_not_reached_safely(client, place):
    with pytest.raises(CalendarRefused):
        await client.watch(place, replace(LISTENING, url="http://us.example/told"))
