"""Everybody who asked before it was switched on is put on the audience, many at once."""

from datetime import timedelta

import pytest

from domain.crm import files
from domain.crm.models import Filling
from plugins.mailchimp.desk import NAME
from tests.fakes.mailchimp import AUDIENCE

ASKED = 5


@pytest.fixture
async def crowd(bare):
    """Five people who asked, and as many who did not; an audience is chosen afterwards."""
    for number in range(ASKED):
        who = await bare.meet(f"Bo Li{number}", f"bo{number}@example.com")
        await bare.meet(f"Kim{number}", f"kim{number}@example.com")
        await bare.agree(who)
    await bare.look()
    # Before an audience is chosen nothing is told.
    assert bare.crm.asked == []
    await bare.configure(audience=AUDIENCE)
    return bare


async def all_of(office):
    while (await office.file()).filling is Filling.RUNNING:
        await office.travel()
        office.road.wait(timedelta(minutes=1))


@pytest.mark.promise("P120")
async def test_it_begins_by_itself_and_puts_there_who_asked(crowd):
    await crowd.look()
    await all_of(crowd)
    assert sorted(crowd.crm.standing()) == sorted(f"bo{n}@example.com" for n in range(ASKED))
    row = await crowd.file()
    # Everybody was looked at: the caller, too.
    assert (row.filling, row.fill_done, row.fill_total) == (Filling.DONE, *[2 * ASKED + 1] * 2)
    assert crowd.crm.asked.count(f"POST /3.0/lists/{AUDIENCE}") == 1
    assert len(await crowd.records()) == ASKED
    crowd.crm.asked.clear()
    async with crowd.open() as uow:
        await files.start(uow, NAME)
    await crowd.travel()
    # Of whom we know that they stand there, nobody is put there again.
    assert f"POST /3.0/lists/{AUDIENCE}" not in crowd.crm.asked
    assert (await crowd.file()).fill_done == 2 * ASKED + 1


async def test_who_stands_there_already_is_found_and_left_as_they_are(crowd):
    record = crowd.crm.add("Bo", email="bo3@example.com", status="unsubscribed")
    crowd.crm.audiences[AUDIENCE][record]["last_changed"] = "2026-11-16T16:00:00+00:00"
    await crowd.look()
    await all_of(crowd)
    assert crowd.crm.standing()["bo3@example.com"] == "unsubscribed"
    assert len(await crowd.records()) == ASKED


async def test_whoever_is_not_taken_keeps_nobody_out(crowd):
    crowd.crm.forgotten.add((AUDIENCE, "bo3@example.com"))
    await crowd.look()
    await all_of(crowd)
    row = await crowd.file()
    assert (row.fill_refused, len(crowd.crm.people())) == (1, ASKED - 1)


async def test_a_lost_answer_puts_nobody_there_twice(crowd):
    crowd.crm.losing = {f"POST /3.0/lists/{AUDIENCE}"}
    await crowd.look()
    await all_of(crowd)
    assert len(crowd.crm.people()) == len(await crowd.records()) == ASKED
