"""Everybody who is known here is put on file there: with progress, and on from where it was."""

from datetime import timedelta

import pytest

from domain import contacts
from domain.crm import files
from domain.crm.models import Filling
from domain.personal import Source
from plugins import crm_filling
from tests.fakes.crm import Failure
from tests.fakes.salesforce import OURS

NUMBER = 25


@pytest.fixture
def name():
    return "salesforce"


@pytest.fixture
async def crowd(office):
    """The caller, and two dozen others."""
    async with office.open() as uow:
        for at in range(NUMBER - 1):
            details = contacts.Details(name=f"Bo Li{at}", phone=f"+1646555{at:04}")
            await contacts.add(uow, details, source=Source.OWNER)
    await office.travel()
    return office


async def fill(office):
    async with office.open() as uow:
        await files.start(uow, office.plugin)


async def row(office):
    async with office.open() as uow:
        return await files.known(uow, office.plugin)


async def all_of(office):
    while (await row(office)).filling is Filling.RUNNING:
        await office.travel()
        office.road.wait(timedelta(minutes=1))


async def test_everybody_stands_there_once_and_it_says_how_far_it_is(crowd):
    await fill(crowd)
    await crowd.travel()
    half = await row(crowd)
    assert (half.filling, half.fill_done) == (Filling.RUNNING, crm_filling.AT_ONCE)
    assert half.fill_total == NUMBER
    await all_of(crowd)
    done = await row(crowd)
    assert (done.filling, done.fill_done, done.fill_refused) == (Filling.DONE, NUMBER, 0)
    assert len({each.values[OURS] for each in crowd.crm.people()}) == NUMBER


async def test_it_goes_on_where_it_was_after_a_failure(crowd):
    await fill(crowd)
    # Three have been put there when nobody answers any more; and then too much was asked.
    crowd.crm.failing_after(3, [Failure(500), crowd.crm.busy(600)])
    await crowd.travel()
    before = (await row(crowd)).fill_done
    assert 0 < before < NUMBER
    await all_of(crowd)
    done = await row(crowd)
    assert (done.filling, done.fill_done) == (Filling.DONE, NUMBER)
    assert len(crowd.crm.people()) == NUMBER


async def test_whoever_is_refused_keeps_nobody_else_out(crowd):
    await fill(crowd)
    crowd.crm.failures = [Failure(400, body=[{"errorCode": "INVALID_EMAIL_ADDRESS"}])]
    await all_of(crowd)
    done = await row(crowd)
    assert (done.fill_done, done.fill_refused) == (NUMBER - 1, 1)


async def test_it_stops_and_goes_on_when_somebody_says_so(crowd):
    await fill(crowd)
    await crowd.travel()
    async with crowd.open() as uow:
        await files.stop(uow, crowd.plugin)
    crowd.road.wait(timedelta(minutes=1))
    await crowd.travel()
    stopped = await row(crowd)
    assert (stopped.filling, stopped.fill_done) == (Filling.STOPPED, crm_filling.AT_ONCE)
    await fill(crowd)
    await all_of(crowd)
    assert (await row(crowd)).fill_done == NUMBER


async def test_a_missing_field_stops_it_and_is_named(crowd):
    await crowd.configure(fields={"source": "Gone__c"})
    await fill(crowd)
    await crowd.travel()
    stopped = await row(crowd)
    assert (stopped.filling, stopped.missing) == (Filling.STOPPED, ["Gone__c"])
    assert stopped.fill_done == 0


async def test_whoever_is_restricted_is_left_out(crowd):
    async with crowd.open() as uow:
        await contacts.restrict(uow, crowd.caller.contact_id)
    await fill(crowd)
    await all_of(crowd)
    assert len(crowd.crm.people()) == NUMBER - 1


async def test_a_fifth_of_the_day_is_left_to_calls(crowd):
    crowd.crm.usual = {"sforce-limit-info": "api-usage=4100/5000"}
    await fill(crowd)
    await crowd.travel()
    assert (await row(crowd)).fill_done == 1
    crowd.crm.usual = {"sforce-limit-info": "api-usage=3000/5000"}
    crowd.road.wait(timedelta(minutes=29))
    await crowd.travel()
    assert (await row(crowd)).fill_done == 1
    await all_of(crowd)
    assert (await row(crowd)).fill_done == NUMBER
