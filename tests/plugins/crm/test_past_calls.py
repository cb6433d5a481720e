"""Calls of the past are noted there: with progress, on from where it was, and by the same rules."""

from datetime import timedelta

import pytest

from domain import contacts
from domain.crm import files
from domain.crm.models import Filling
from tests.factories.callers import ring
from tests.fakes.crm import Failure

NUMBER = 5


@pytest.fixture
def name():
    return "salesforce"


@pytest.fixture
async def past(office):
    """Some people have called while nobody was told."""
    await office.configure(calls=False)
    work = office.road.unit_of_work
    for at in range(NUMBER):
        office.caller = await ring(work, office.road.scope, name=f"Bo Li{at}")
        await office.call()
    await office.travel()
    await office.configure(calls=True)
    assert office.crm.noted("call") == []
    return office


async def fill(office, calls=True):
    async with office.open() as uow:
        return await files.start(uow, office.plugin, calls=calls)


async def row(office):
    async with office.open() as uow:
        return await files.known(uow, office.plugin)


async def all_of(office):
    while (await row(office)).filling is Filling.RUNNING:
        await office.travel()
        office.road.wait(timedelta(minutes=1))


def told_of(office):
    return len([each for each in office.crm.asked if each.startswith(("POST", "PATCH", "PUT"))])


async def test_calls_of_the_past_stand_there_once_at_their_callers(past):
    begun = await fill(past)
    assert (begun.calls_total, begun.calls_done) == (NUMBER, 0)
    await all_of(past)
    done = await row(past)
    assert (done.filling, done.calls_done, done.calls_refused) == (Filling.DONE, NUMBER, 0)
    # Everybody who called, and the caller of the office.
    assert done.fill_done == NUMBER + 1
    noted = past.crm.noted("call")
    assert len({each.contact for each in noted}) == len(noted) == NUMBER


async def test_what_stands_there_is_not_asked_for_again(past):
    await fill(past)
    await all_of(past)
    asked = len(past.crm.asked)
    # Where everybody stands there, calls begin at once.
    await fill(past)
    await all_of(past)
    assert (await row(past)).calls_done == NUMBER
    assert len(past.crm.asked) == asked
    assert len(past.crm.noted("call")) == NUMBER


async def test_it_goes_on_where_it_was_after_a_failure_and_a_stop(past):
    await fill(past, calls=False)
    await all_of(past)
    past.crm.failing_after(7, [Failure(500), past.crm.busy(600)])
    await fill(past)
    await past.travel()
    async with past.open() as uow:
        await files.stop(uow, past.plugin)
    half = await row(past)
    assert half.filling is Filling.STOPPED
    assert 0 < half.calls_done < NUMBER
    past.road.wait(timedelta(minutes=30))
    await past.travel()
    assert (await row(past)).calls_done == half.calls_done
    await fill(past, calls=False)
    await all_of(past)
    done = await row(past)
    assert (done.filling, done.calls_done) == (Filling.DONE, NUMBER)
    assert len(past.crm.noted("call")) == NUMBER


async def test_a_call_that_is_refused_keeps_no_other_out(past):
    await fill(past, calls=False)
    await all_of(past)
    past.crm.failures = [Failure(400, body=[{"errorCode": "INVALID_EMAIL_ADDRESS"}])]
    await fill(past)
    await all_of(past)
    done = await row(past)
    assert (done.calls_done, done.calls_refused) == (NUMBER - 1, 1)


async def test_nothing_is_told_of_whoever_is_restricted(past):
    async with past.open() as uow:
        await contacts.restrict(uow, past.caller.contact_id)
    await fill(past)
    await all_of(past)
    assert len(past.crm.noted("call")) == NUMBER - 1


async def test_a_business_that_tells_of_no_calls_tells_of_none_of_the_past(past):
    await past.configure(calls=False)
    await fill(past)
    await all_of(past)
    done = await row(past)
    assert (done.filling, done.calls_done) == (Filling.DONE, 0)
    assert past.crm.noted("call") == []


async def test_a_fifth_of_the_day_is_left_to_calls_that_come(past):
    await fill(past, calls=False)
    await all_of(past)
    past.crm.usual = {"sforce-limit-info": "api-usage=4100/5000"}
    await fill(past)
    await past.travel()
    assert (await row(past)).calls_done == 1
    past.crm.usual = {}
    await all_of(past)
    assert (await row(past)).calls_done == NUMBER
