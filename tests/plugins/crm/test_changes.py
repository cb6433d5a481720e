"""What people change in a CRM about somebody known here is taken over, by one stated rule."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import contacts
from domain.contacts.repository import Contacts
from domain.crm import files
from domain.crm.ports import Change, Place
from plugins import crm_changes
from tests.fakes.crm import Failure


@pytest.fixture
def name():
    return "salesforce"


@pytest.fixture
async def known(office):
    """The caller stands there; changes are read from now on."""
    await office.configure(changes=True)
    await office.lead()
    await look(office)
    return office


async def look(office, after=timedelta(minutes=6)):
    office.road.wait(after)
    office.crm.now = office.road.unit_of_work.clock.now() - timedelta(minutes=1)
    await office.travel()


async def change(office, **values):
    """Somebody there changes the caller, now; it is read at the next look."""
    office.crm.now = office.road.unit_of_work.clock.now() + timedelta(seconds=1)
    [person] = office.crm.people()
    office.crm.touch(person.record, **values)


async def caller(office):
    async with office.open() as uow:
        contact = await Contacts(uow).get(office.caller.contact_id)
        return contact.name.read(), contact.phone.read(), contact.email.read()


async def row(office):
    async with office.open() as uow:
        return await files.known(uow, office.plugin)


async def test_a_name_and_an_address_are_taken_over_and_a_number_never(known):
    await change(known, name="Anna Weber", email="anna@weber.example", phone="+12125550999")
    await look(known)
    assert await caller(known) == ("Anna Weber", known.caller.phone, "anna@weber.example")
    assert (await row(known)).taken_over == 1
    # What was taken over is no news, there or here.
    await look(known)
    assert (await row(known)).taken_over == 1
    [person] = known.crm.people()
    assert person.phone == "+12125550999"


async def test_what_was_corrected_here_later_stays(known):
    await change(known, name="Anna Weber")
    known.road.wait(timedelta(minutes=1))
    await known.correct(name="Anna Fischer")
    await look(known)
    assert (await caller(known))[0] == "Anna Fischer"
    [person] = known.crm.people()
    assert person.name == "Anna Fischer"


async def test_what_is_on_its_way_from_here_wins(known):
    known.crm.failures = [Failure(500)]
    await known.correct(name="Anna Fischer")
    await known.travel()
    assert (await known.states())["salesforce:note_correction"][0] == "waiting"
    await change(known, name="Anna Weber")
    context = await known.context()
    async with known.open() as uow:
        record = known.crm.people()[0].record
        later = known.road.unit_of_work.clock.now() + timedelta(seconds=5)
        taken = await crm_changes.take(uow, context.plugin, Change(record, later, "Anna Weber"))
    assert not taken
    assert (await caller(known))[0] == "Anna Fischer"


async def test_what_is_empty_there_clears_nothing_and_strangers_stay_strangers(known):
    await change(known, email="")
    known.crm.add("Bo Li", phone="+12125550123")
    await look(known)
    assert (await caller(known))[2].endswith("@example.com")
    async with known.open() as uow:
        assert await Contacts(uow).all().count() == 1


async def test_an_address_that_is_somebody_elses_here_is_not_taken_over(known):
    async with known.open() as uow:
        details = contacts.Details(name="Bo Li", email="bo@example.com")
        await contacts.add(uow, details, source="owner")
    await change(known, email="bo@example.com")
    await look(known)
    assert (await caller(known))[2] != "bo@example.com"


async def test_whoever_is_restricted_is_not_touched(known):
    async with known.open() as uow:
        await contacts.restrict(uow, known.caller.contact_id)
    await change(known, name="Anna Weber")
    await look(known)
    assert (await caller(known))[0] == "Anna Schmidt"


async def test_a_file_that_cannot_be_read_says_since_when_and_loses_nothing(known):
    await change(known, name="Anna Weber")
    known.crm.failures = [Failure(500)]
    await look(known)
    failing = await row(known)
    assert failing.failure == "unavailable"
    assert failing.failing_since is not None
    await look(known)
    mended = await row(known)
    assert (mended.failure, mended.failing_since) == ("", None)
    assert (await caller(known))[0] == "Anna Weber"


async def test_nothing_is_asked_where_nobody_wants_it(office):
    await look(office)
    assert office.crm.asked == []


def test_a_place_remembers_whom_it_saw_at_its_moment():
    at = datetime(2026, 11, 16, 15, tzinfo=UTC)
    one = files.beyond(Place(at), [Change("1", at), Change("2", at)])
    assert one == Place(at, frozenset({"1", "2"}))
    assert files.beyond(one, [Change("3", at)]).seen == {"1", "2", "3"}
    later = at + timedelta(seconds=1)
    assert files.beyond(one, [Change("1", later)]) == Place(later, frozenset({"1"}))
