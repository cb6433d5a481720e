"""CalDAV against a real Radicale: what is read, what is written, and what has changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.calendars.ports import (
    CalendarGone,
    CalendarRefused,
    Entry,
    Place,
    Seen,
    Written,
)
from domain.errors import Unavailable
from tests.integrations.caldav.conftest import READING, client_of

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
WEEK = MONDAY, MONDAY + timedelta(days=7)
VISIT = UUID("01a1e4df-4580-717c-8193-a838e71ac58b")


def entry(hour=15, **changes):
    starts_at = MONDAY + timedelta(days=1, hours=hour)
    made = Entry(
        VISIT, starts_at, starts_at + timedelta(minutes=30), "America/New_York", "Cleaning"
    )
    return replace(made, **changes)


def at(text):
    return datetime.fromisoformat(text).astimezone(UTC)


async def times(client, calendar, during=WEEK):
    found = await client.busy(Place(calendar), *during)
    return [(each.starts_at, each.ends_at) for each in found]


async def test_the_calendars_of_an_account_are_found(client, server, calendar):
    server.calendar("home")
    found = {each.address for each in await client.calendars()}
    assert found == {calendar, calendar.replace("work", "home")}


async def test_a_wrong_password_is_refused(server, calendar, clock):
    with pytest.raises(CalendarRefused):
        await client_of(server, clock, "wrong").busy(Place(calendar), *WEEK)


async def test_a_calendar_that_is_not_there_is_gone(client, server):
    with pytest.raises(CalendarGone):
        await client.busy(Place(f"{server.url}/lee/nothing/"), *WEEK)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_server_in_trouble_is_unavailable(client, server, calendar, status):
    server.fail = status
    with pytest.raises(Unavailable):
        await client.busy(Place(calendar), *WEEK)


async def test_the_password_goes_to_no_other_host(client):
    with pytest.raises(CalendarRefused) as refused:
        await client.busy(Place("https://elsewhere.example/lee/work/"), *WEEK)
    assert refused.value.reason == "other_host"


async def test_an_event_takes_its_time(client, server, calendar):
    server.event(calendar, "a", "DTSTART:20261117T150000Z", "DTEND:20261117T160000Z")
    server.event(calendar, "b", "DTSTART:20261118T150000Z", "DURATION:PT45M")
    assert await times(client, calendar) == [
        (at("2026-11-17T15:00+00:00"), at("2026-11-17T16:00+00:00")),
        (at("2026-11-18T15:00+00:00"), at("2026-11-18T15:45+00:00")),
    ]


async def test_a_day_off_is_a_day_of_the_business(client, server, calendar):
    server.event(calendar, "off", "DTSTART;VALUE=DATE:20261117", "DTEND;VALUE=DATE:20261119")
    [(starts_at, ends_at)] = await times(client, calendar)
    assert starts_at == at("2026-11-17T00:00-05:00")
    assert ends_at == at("2026-11-19T00:00-05:00")


async def test_a_time_without_a_zone_is_the_time_of_the_business(client, server, calendar):
    server.event(calendar, "float", "DTSTART:20261117T090000", "DTEND:20261117T100000")
    assert await times(client, calendar) == [
        (at("2026-11-17T09:00-05:00"), at("2026-11-17T10:00-05:00"))
    ]


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Lee@practice.test",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    ],
)
async def test_what_takes_no_time_is_free(client, server, calendar, line):
    server.event(calendar, "a", "DTSTART:20261117T150000Z", "DTEND:20261117T160000Z", line)
    assert await times(client, calendar) == []


async def test_what_others_declined_takes_time(client, server, calendar):
    line = "ATTENDEE;PARTSTAT=DECLINED:mailto:kim@practice.test"
    server.event(calendar, "a", "DTSTART:20261117T150000Z", "DTEND:20261117T160000Z", line)
    assert len(await times(client, calendar)) == 1


@pytest.mark.parametrize(
    "line", ["STATUS:TENTATIVE", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:lee@practice.test"]
)
async def test_what_is_not_certain_is_as_the_business_says(server, calendar, clock, line):
    server.event(calendar, "a", "DTSTART:20261117T150000Z", "DTEND:20261117T160000Z", line)
    bold = replace(READING, tentative_is_busy=False)
    assert len(await times(client_of(server, clock), calendar)) == 1
    assert await times(client_of(server, clock, reading=bold), calendar) == []


NEW_YORK = (
    *("BEGIN:VTIMEZONE", "TZID:America/New_York"),
    *("BEGIN:DAYLIGHT", "DTSTART:20070311T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"),
    *("TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "END:DAYLIGHT"),
    *("BEGIN:STANDARD", "DTSTART:20071104T020000", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"),
    *("TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "END:STANDARD", "END:VTIMEZONE"),
)


def weekly(uid, *lines):
    zone = "TZID=America/New_York"
    return (
        *("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261001T000000Z"),
        *(f"DTSTART;{zone}:20261027T090000", f"DTEND;{zone}:20261027T100000"),
        *("RRULE:FREQ=WEEKLY", *lines, "END:VEVENT"),
    )


async def test_what_comes_again_keeps_its_hour_when_clocks_change(client, server, calendar):
    server.add(calendar, "w", *NEW_YORK, *weekly("w"))
    during = at("2026-10-26T00:00-04:00"), at("2026-11-09T00:00-05:00")
    # The clocks went back on the first of November.
    assert [start for start, _ in await times(client, calendar, during)] == [
        at("2026-10-27T09:00-04:00"),
        at("2026-11-03T09:00-05:00"),
    ]


async def test_one_time_of_many_is_left_out_or_moved(client, server, calendar):
    moved = (
        *("BEGIN:VEVENT", "UID:w", "DTSTAMP:20261001T000000Z"),
        "RECURRENCE-ID;TZID=America/New_York:20261117T090000",
        "DTSTART;TZID=America/New_York:20261118T140000",
        "DTEND;TZID=America/New_York:20261118T150000",
        "END:VEVENT",
    )
    left_out = "EXDATE;TZID=America/New_York:20261124T090000"
    server.add(calendar, "w", *NEW_YORK, *weekly("w", left_out), *moved)
    during = WEEK[0], WEEK[1] + timedelta(days=14)
    assert [start for start, _ in await times(client, calendar, during)] == [
        at("2026-11-18T14:00-05:00"),
        at("2026-12-01T09:00-05:00"),
    ]


async def test_a_visit_is_written_with_our_id_and_without_a_name(client, server, calendar):
    written = await client.put(Place(calendar), entry(), None)
    text = server.text(written.address)
    assert f"X-DESKBELL-VISIT:{VISIT}" in text
    assert "SUMMARY:Cleaning" in text
    assert "DTSTART;TZID=America/New_York:20261117T100000" in text
    [busy] = await client.busy(Place(calendar), *WEEK)
    assert (busy.starts_at, busy.visit_id) == (entry().starts_at, VISIT)


async def test_a_visit_stands_there_once_however_often_it_is_written(client, server, calendar):
    first = await client.put(Place(calendar), entry(), None)
    # The answer to the first was lost: nothing is known of it.
    again = await client.put(Place(calendar), entry(16), None)
    moved = await client.put(Place(calendar), entry(17), again)
    assert first.address == again.address == moved.address
    [busy] = await client.busy(Place(calendar), *WEEK)
    assert busy.starts_at == entry(17).starts_at


async def test_what_somebody_made_of_it_is_written_over(client, server, calendar):
    written = await client.put(Place(calendar), entry(), None)
    server.add(
        calendar,
        str(VISIT),
        *("BEGIN:VEVENT", f"UID:{VISIT}@deskbell", "DTSTAMP:20261101T000000Z", "SEQUENCE:4"),
        *("DTSTART:20261119T150000Z", "DTEND:20261119T153000Z", "END:VEVENT"),
    )
    await client.put(Place(calendar), entry(16), written)
    [busy] = await client.busy(Place(calendar), *WEEK)
    assert busy.starts_at == entry(16).starts_at
    assert "SEQUENCE:5" in server.text(written.address)


async def test_a_visit_that_was_deleted_there_is_written_anew(client, server, calendar):
    written = await client.put(Place(calendar), entry(), None)
    server.delete(written.address)
    await client.put(Place(calendar), entry(16), written)
    assert len(await client.busy(Place(calendar), *WEEK)) == 1


async def test_a_visit_is_taken_out_and_a_second_time_too(client, calendar):
    written = await client.put(Place(calendar), entry(), None)
    for _ in range(2):
        await client.remove(Place(calendar), VISIT, written)
    assert await client.busy(Place(calendar), *WEEK) == []


async def test_changes_are_told_from_a_token_on(client, server, calendar):
    written = await client.put(Place(calendar), entry(), None)
    first = await client.changes(Place(calendar), "")
    assert first.complete
    assert first.seen == (Seen(VISIT, entry().starts_at, entry().ends_at),)
    quiet = await client.changes(Place(calendar), first.token)
    assert (quiet.changed, quiet.seen) == (False, ())
    server.event(calendar, "a", "DTSTART:20261117T150000Z", "DTEND:20261117T160000Z")
    foreign = await client.changes(Place(calendar), quiet.token)
    assert (foreign.changed, foreign.seen, foreign.complete) == (True, (), False)
    server.delete(written.address)
    gone = await client.changes(Place(calendar), foreign.token)
    assert gone.seen == (Seen(VISIT),)


async def test_a_token_that_is_forgotten_reads_everything(client, calendar):
    await client.put(Place(calendar), entry(), None)
    found = await client.changes(Place(calendar), "http://radicale.org/ns/sync/" + "0" * 64)
    assert found.complete
    assert [each.visit_id for each in found.seen] == [VISIT]


async def test_known_editions_are_told_apart(client, calendar):
    first = await client.put(Place(calendar), entry(), None)
    second = await client.put(Place(calendar), entry(16), first)
    assert isinstance(second, Written)
    assert first.tag != second.tag
