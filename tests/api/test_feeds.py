"""Calendars to subscribe to: a secret link, read without signing in, closed for good."""

import pytest
from icalendar import Calendar

from api.graphql.ids import write_id
from domain import appointments
from domain.appointments.service import Booking
from domain.business import versions
from tests.api.conftest import PUBLIC_URL
from tests.api.deeds import do
from tests.domain.appointments.conftest import TUESDAY_TEN
from tests.factories.business import open_practice
from tests.factories.callers import ring


@pytest.fixture
async def visit(unit_of_work, scope):
    """An exam with Dr. Lee."""
    practice = await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name="Anna Schmidt")
    async with unit_of_work(scope) as uow:
        booking = Booking(caller.contact_id, practice.exam_id, TUESDAY_TEN, notes="Afraid")
        made = await appointments.book(uow, await versions.profile(uow), booking)
    return practice, made


async def opened(owner, resource_id):
    given = write_id("Resource", resource_id)
    return (await do(owner, "calendarFeedOpen", "feed { id url }", resourceId=given))["feed"]


async def read(http, url):
    return await http.get(url.removeprefix(PUBLIC_URL))


async def test_a_calendar_program_reads_visits_without_names(owner, stranger, visit):
    practice, made = visit
    feed = await opened(owner, practice.dr_lee_id)
    answer = await read(stranger.http, feed["url"])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = Calendar.from_ical(answer.text).walk("VEVENT")
    assert event["SUMMARY"] == "Exam"
    assert event["UID"] == f"{made.id}@deskbell"
    assert (event.start, event.end) == (made.starts_at, made.ends_at)
    assert not [word for word in ("Anna", "Schmidt", "Afraid") if word in answer.text]


async def test_a_link_is_the_same_until_it_is_closed(owner, stranger, visit):
    practice, _ = visit
    feed = await opened(owner, practice.dr_lee_id)
    assert await opened(owner, practice.dr_lee_id) == feed
    await do(owner, "calendarFeedClose", "closedId", id=feed["id"])
    assert (await read(stranger.http, feed["url"])).status_code == 404
    again = await opened(owner, practice.dr_lee_id)
    assert again["url"] != feed["url"]
    assert (await read(stranger.http, feed["url"])).status_code == 404
    assert (await read(stranger.http, again["url"])).status_code == 200


async def test_a_visit_of_somebody_else_is_not_in_it(owner, stranger, visit):
    practice, _ = visit
    feed = await opened(owner, practice.dr_patel_id)
    text = (await read(stranger.http, feed["url"])).text
    assert Calendar.from_ical(text).walk("VEVENT") == []


async def test_a_visit_that_was_called_off_is_not_in_it(
    owner, stranger, visit, unit_of_work, scope
):
    practice, made = visit
    async with unit_of_work(scope) as uow:
        await appointments.cancel(uow, await versions.profile(uow), made.id)
    feed = await opened(owner, practice.dr_lee_id)
    assert "VEVENT" not in (await read(stranger.http, feed["url"])).text


async def test_a_link_that_was_made_up_shows_nothing(owner, stranger, visit):
    practice, _ = visit
    url = (await opened(owner, practice.dr_lee_id))["url"]
    letter = "A" if url[-10] != "A" else "B"
    for wrong in (f"{url[:-10]}{letter}{url[-9:]}", f"{PUBLIC_URL}/calendar-feeds/é.ics"):
        assert (await read(stranger.http, wrong)).status_code == 404
