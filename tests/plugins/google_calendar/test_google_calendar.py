"""Calendars at Google: their times count, visits stand in them, and Google tells of changes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain import appointments, calendars, conversations, erasure
from domain.appointments.errors import SlotTaken
from domain.appointments.repository import Appointments
from domain.calendars.events import CalendarDrifted, CalendarFailed, CalendarRecovered
from domain.conversations.acts import Disposition
from domain.erasure.certificates import read
from domain.erasure.repository import ErasureCertificates
from plugins.calendar_choices import Choices
from plugins.connections import service
from plugins.connections.errors import NeedsConsent
from plugins.connections.events import ConnectionLapsed
from plugins.connections.models import ConnectionStatus
from plugins.freshening import Freshening
from plugins.guard import Breakers
from plugins.providers import Providers
from plugins.routes import PluginLinks
from tests.factories.account_calendars import LINKS
from tests.factories.erasures import SIGNER, erasing
from tests.factories.exports import store_in
from tests.factories.offices import HOUR, TEN
from tests.fakes.account_service import Wrong
from tests.plugins.google_calendar.conftest import LEE

TUESDAY = "2026-11-17T10:00", "2026-11-17T11:00"
JOB = timedelta(hours=1, seconds=1)


async def test_a_time_that_is_taken_elsewhere_cannot_be_booked(office, google):
    google.event(LEE, *TUESDAY)
    await office.link()
    free = await office.free_times()
    assert TEN not in free
    assert TEN + HOUR in free
    with pytest.raises(SlotTaken):
        await office.book()


async def test_what_is_new_elsewhere_counts_after_five_minutes(office, google):
    await office.link()
    event = google.event(LEE, *TUESDAY)
    await office.poll()
    assert TEN not in await office.free_times()
    google.delete(LEE, event)
    await office.poll()
    assert TEN in await office.free_times()


async def test_a_quiet_calendar_is_asked_one_question(office, google):
    await office.link()
    before = len(google.asked)
    await office.poll()
    assert google.asked[before:] == [f"GET /calendar/v3/calendars/{LEE}/events"]


async def test_a_visit_stands_in_the_calendar_and_follows(office, google):
    await office.link()
    visit = await office.booked()
    [event] = google.ours(LEE)
    assert event["extendedProperties"]["private"] == {"deskbellVisit": str(visit.id)}
    assert event["summary"] == "Exam"
    assert "Anna" not in str(event)
    await office.do(appointments.reschedule, visit.id, TEN + HOUR)
    await office.travel()
    assert google.ours(LEE)[0]["start"]["dateTime"] == "2026-11-17T11:00:00-05:00"
    await office.do(appointments.cancel, visit.id)
    await office.travel()
    assert google.ours(LEE) == []
    assert await office.entries() == []
    assert await office.errors() == []


async def test_visits_that_were_booked_before_are_written_when_it_is_linked(office, google):
    await office.booked()
    await office.link()
    assert len(google.ours(LEE)) == 1


async def test_a_plugin_without_calendars_asks_nothing(office, google):
    await office.booked()
    await office.poll()
    assert google.asked == []
    assert await office.errors() == []


async def test_a_visit_that_was_deleted_or_moved_there_is_put_right(office, google):
    await office.link()
    await office.booked()
    [entry] = await office.entries()
    await office.poll()
    google.delete(LEE, entry.address)
    await office.poll()
    assert len(google.ours(LEE)) == 1
    moved = {"dateTime": "2026-11-18T10:00:00-05:00", "timeZone": "America/New_York"}
    google.change(LEE, entry.address, end=moved, start=moved)
    await office.poll()
    assert google.ours(LEE)[0]["start"]["dateTime"] == "2026-11-17T10:00:00-05:00"
    await office.poll()
    assert [each["gone"] for each in await office.happened(CalendarDrifted)] == [True, False]


async def test_what_stands_there_of_a_visit_that_is_gone_is_taken_out(office, google):
    await office.link()
    visit = await office.booked()
    async with office.open() as uow:
        # What an erasure does to a visit; nobody is told of each.
        await Appointments(uow).remove(await Appointments(uow).get(visit.id))
    await office.poll()
    office.road.wait(timedelta(days=1))
    await office.poll()
    assert google.ours(LEE) == []


async def test_what_is_told_is_looked_at_at_once(office, google):
    await office.link()
    google.event(LEE, *TUESDAY)
    [told] = google.told(LEE)
    answer = await office.tell(headers=told)
    assert answer.status_code == 204
    assert TEN not in await office.free_times()


@pytest.mark.parametrize(
    "lie",
    [
        {"X-Goog-Channel-Token": "guessed"},
        {"X-Goog-Channel-ID": str(UUID(int=1))},
        {"X-Goog-Resource-State": "sync"},
    ],
)
async def test_what_google_has_not_told_is_not_listened_to(office, google, lie):
    await office.link()
    google.event(LEE, *TUESDAY)
    [told] = google.told(LEE)
    before = len(google.asked)
    answer = await office.tell(headers=told | lie)
    # Whoever guesses does not learn that they are wrong.
    assert answer.status_code == 204
    assert len(google.asked) == before


async def test_an_address_of_another_business_is_none(office, google):
    await office.link()
    [told] = google.told(LEE)
    forged = PluginLinks(LINKS.public_url, b"guessed")
    assert (await office.tell(headers=told, links=forged)).status_code == 404


async def test_a_channel_is_renewed_before_it_ends(office, google):
    await office.link()
    [first] = google.channels
    await office.poll(timedelta(days=4))
    assert set(google.channels) == {first}
    await office.poll(timedelta(days=1, hours=1))
    [second] = google.channels
    assert second != first
    [watch] = await office.watches()
    assert watch.channel == second
    assert watch.ends_at > office.road.unit_of_work.clock.now() + timedelta(days=5)


async def test_a_calendar_that_was_taken_off_is_told_of_no_more(office, google):
    row = await office.link()
    async with office.open() as uow:
        await calendars.unlink(uow, row.id)
    await office.travel()
    assert google.channels == {}
    assert await office.watches() == []


async def test_a_service_that_tells_nothing_is_asked_all_the_same(office, google):
    google.failures = [Wrong(400, "push.webhookUrlUnauthorized")]
    google.event(LEE, *TUESDAY)
    await office.link()
    assert await office.watches() == []
    assert TEN not in await office.free_times()
    assert await office.errors() == []
    await office.poll(JOB)
    assert len(await office.watches()) == 1


async def test_a_token_that_is_refused_is_renewed_once(office, google):
    await office.link()
    google.tokens = {"another"}
    await office.poll()
    assert (await office.row()).failure == ""
    assert google.asked_with[-2:] == ["token", google.asked_with[-1]]
    assert await office.status() is ConnectionStatus.ACTIVE


@pytest.mark.parametrize("end", [{"grants": False}, {"useless": True}])
async def test_an_account_that_is_over_is_connected_again_by_its_owner(office, google, end):
    await office.link()
    google.tokens = set()
    vars(google).update(end)
    await office.poll()
    assert (await office.row()).failure == "needs_consent"
    assert await office.status() is ConnectionStatus.NEEDS_CONSENT
    assert len(await office.happened(ConnectionLapsed)) == 1
    # What is to be written waits, and is no failure of the plugin.
    await office.booked()
    assert await office.errors() == []
    google.tokens, google.useless = {"token"}, False
    await office.connect("token")
    await office.poll(timedelta(minutes=16))
    assert (await office.row()).failure == ""
    assert len(google.ours(LEE)) == 1
    assert len(await office.happened(CalendarRecovered)) == 1


async def test_a_service_that_is_asked_too_much_is_left_alone(office, google):
    google.event(LEE, *TUESDAY)
    await office.link()
    google.failures = [Wrong(429, "rateLimitExceeded", retry_after="900")]
    await office.poll()
    before = len(google.asked)
    await office.poll()
    assert len(google.asked) == before
    assert TEN not in await office.free_times()
    assert await office.happened(CalendarFailed) == []
    await office.poll(timedelta(minutes=11))
    assert len(google.asked) > before


async def test_what_is_to_be_written_waits_as_long_as_google_says(office, google):
    await office.link()
    google.failures = [Wrong(403, "userRateLimitExceeded", retry_after="120")]
    await office.booked()
    assert google.ours(LEE) == []
    assert await office.errors() == []
    await office.poll(timedelta(seconds=121))
    assert len(google.ours(LEE)) == 1


async def test_each_calendar_is_asked_by_its_own_account(office, google):
    google.tokens |= {"kim's"}
    kim = await office.connect("kim's")
    await office.link(connection_id=kim)
    assert set(google.asked_with) == {"kim's"}


async def test_a_dead_calendar_leaves_what_was_known(office, google):
    google.event(LEE, *TUESDAY)
    await office.link()
    google.failures = [Wrong(500, "backendError")]
    await office.poll()
    assert (await office.row()).failure == "unavailable"
    assert TEN not in await office.free_times()
    await office.poll()
    assert (await office.row()).failure == ""


async def test_whoever_waits_on_the_telephone_hears_what_is_new(office, google):
    await office.link()
    google.event(LEE, *TUESDAY)
    office.road.wait(timedelta(seconds=61))
    work = office.road.unit_of_work
    providers = Providers(office.road.registry, office.equipment, Breakers(work.clock))
    freshening = replace(Freshening(work, providers), budget=3.0)
    await freshening.freshen(office.road.scope, [office.practice.dr_lee_id])
    assert TEN not in await office.free_times()


async def test_the_calendars_of_an_account_can_be_chosen_from(office, google):
    google.tokens |= {"kim's"}
    kim = await office.connect("kim's")
    google.calendar("holidays", "reader")
    desk = Choices(office.road.registry, office.equipment)
    found = await desk.of(office.road.scope, office.plugin, kim)
    assert [(each.address, each.writable) for each in found] == [(LEE, True), ("holidays", False)]
    assert google.asked_with == ["kim's"]
    google.tokens, google.grants = set(), False
    with pytest.raises(NeedsConsent):
        await desk.of(office.road.scope, office.plugin, kim)


@pytest.mark.law("L27")
@pytest.mark.parametrize(("connected", "state"), [(True, "done"), (False, "partial")])
async def test_whoever_is_erased_is_taken_out_at_once(office, google, tmp_path, connected, state):
    await office.link()
    await office.booked()
    # The visit is over: it goes on to stand there.
    await office.poll(timedelta(days=2))
    assert len(google.ours(LEE)) == 1
    if not connected:
        async with office.open() as uow:
            await service.end(uow, office.connection_id)
    office.road = erasing(office.road, store_in(tmp_path))
    # Nobody is erased in the middle of a call.
    async with office.road.unit_of_work(office.caller.scope) as uow:
        await conversations.end(uow, office.caller.conversation_id, Disposition.COMPLETED)
    async with office.open() as uow:
        await erasure.erase_contact(uow, erasure.NewErasure(office.contact_id))
    for _ in range(4):
        await office.poll(timedelta(minutes=1))
    assert (google.ours(LEE) == []) is connected
    async with office.open() as uow:
        [certificate] = await ErasureCertificates(uow).page(ErasureCertificates(uow).all())
    [answer] = [
        each
        for each in read(certificate.file, SIGNER.public_key).statement["recipients"]
        if each["holder"] == office.plugin
    ]
    assert (answer["state"], answer["rows"]) == (state, connected)
