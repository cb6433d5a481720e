"""Authorities get what they may have, after two people agreed, and the business hears of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain import conversations
from domain.audit.service import Search, disclosures, find
from domain.conversations.models import Speaker
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.personal import DataClass
from tenants.records import legal
from tenants.records.legal.errors import SecondPersonNeeded, WrongDemandStage
from tenants.records.legal.models import LegalBasis, LegalStage
from tenants.records.legal.repository import LegalProcesses
from tests.factories import callers
from tests.tenants.records.conftest import staff_of_operator


@pytest.fixture
async def caller(unit_of_work, scope, clock):
    made = await callers.ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        said = conversations.Said(0, Speaker.CALLER, "I need a cleaning", clock.now(), 0)
        await conversations.add_turns(uow, made.conversation_id, [said])
    return made


@pytest.fixture
def demand(caller, clock):
    return legal.Demand(
        LegalBasis.SUBPOENA,
        "County Court",
        "26-1234",
        (caller.contact_id,),
        frozenset({DataClass.CALL_METADATA}),
        clock.now() - timedelta(days=1),
        clock.now() + timedelta(days=1),
    )


@pytest.fixture
def one(scope):
    return staff_of_operator(scope, "one")


@pytest.fixture
def two(scope):
    return staff_of_operator(scope, "two")


async def received(unit_of_work, one, demand):
    async with unit_of_work(one) as uow:
        return await legal.receive(uow, demand)


async def approved(unit_of_work, one, two, demand):
    row = await received(unit_of_work, one, demand)
    async with unit_of_work(two) as uow:
        return await legal.approve(uow, row.id, "It is valid")


@pytest.mark.promise("P121")
@pytest.mark.law("L53")
@pytest.mark.promise("P048")
async def test_an_answer_holds_what_was_demanded_and_nothing_else(
    unit_of_work, scope, one, two, demand, caller
):
    await callers.ring(unit_of_work, scope)
    row = await approved(unit_of_work, one, two, demand)
    async with unit_of_work(two) as uow:
        [told] = await legal.answer(uow, row.id)
    assert told["conversation"] == str(caller.conversation_id)
    assert set(told) == {"conversation", "started_at", "ended_at"}


@pytest.mark.law("L53")
async def test_another_scope_holds_something_else(unit_of_work, one, two, demand, caller):
    wider = replace(demand, data_kinds=frozenset({DataClass.TRANSCRIPT, DataClass.CALLER_IDENTITY}))
    row = await approved(unit_of_work, one, two, wider)
    async with unit_of_work(two) as uow:
        [told] = await legal.answer(uow, row.id)
    assert told["turns"] == [{"by": Speaker.CALLER, "text": "I need a cleaning"}]
    assert told["phone"] == caller.phone


@pytest.mark.law("L53")
@pytest.mark.promise("P121")
async def test_days_outside_the_demand_stay_here(unit_of_work, one, two, demand):
    before = replace(demand, until=demand.since + timedelta(hours=1))
    row = await approved(unit_of_work, one, two, before)
    async with unit_of_work(two) as uow:
        assert await legal.answer(uow, row.id) == []


@pytest.mark.promise("P121")
async def test_what_left_is_in_the_account_of_disclosures(
    unit_of_work, scope, one, two, demand, caller
):
    row = await approved(unit_of_work, one, two, demand)
    async with unit_of_work(two) as uow:
        await legal.answer(uow, row.id)
        await legal.tell(uow, row.id)
    async with unit_of_work(scope, read_only=True) as uow:
        found = await (await disclosures(uow, caller.contact_id))
    assert "legal_process.answered" in {entry.action for entry in found}


@pytest.mark.law("L53")
async def test_the_trail_keeps_a_secret_until_the_business_is_told(
    unit_of_work, scope, one, two, demand, clock
):
    [contact_id] = demand.contact_ids
    secret = replace(demand, secret_until=clock.now() + timedelta(days=90))
    row = await approved(unit_of_work, one, two, secret)
    async with unit_of_work(two) as uow:
        await legal.answer(uow, row.id)

    async def seen(by):
        async with unit_of_work(by, read_only=True) as uow:
            rows = find(uow, Search(action="legal_process.*"))
            accounted = await disclosures(uow, contact_id)
            return await rows.count(), await accounted.filter(action__startswith="legal").count()

    assert await seen(scope) == (0, 0)
    assert await seen(two) == (4, 1)
    clock.advance(timedelta(days=91))
    async with unit_of_work(two) as uow:
        await legal.tell(uow, row.id)
    assert await seen(scope) == (5, 1)


@pytest.mark.law("L53")
async def test_an_answer_that_was_lost_is_given_again_on_record(
    unit_of_work, one, two, demand, caller
):
    row = await approved(unit_of_work, one, two, demand)
    for _ in range(2):
        async with unit_of_work(two) as uow:
            assert len(await legal.answer(uow, row.id)) == 1
    async with unit_of_work(two, read_only=True) as uow:
        assert await (await disclosures(uow, caller.contact_id)).count() == 2


@pytest.mark.law("L53")
async def test_the_owners_hear_of_what_was_refused_too(road, postbox, one, two, demand):
    row = await received(road.unit_of_work, one, demand)
    async with road.unit_of_work(two) as uow:
        await legal.refuse(uow, row.id, "No signature")
    while await road.travel():
        pass
    [letter] = postbox.letters
    assert "The demand is refused" in letter.text


async def test_a_demand_names_people_by_number_or_address(unit_of_work, one, caller):
    async with unit_of_work(one) as uow:
        address = f"{caller.phone[1:]}@example.com"
        found = await legal.named(uow, [caller.phone, address.upper()])
        assert found == (caller.contact_id,)
        with pytest.raises(InvalidInput):
            await legal.named(uow, ["+12125550999"])


@pytest.mark.law("L53")
async def test_whoever_took_it_in_does_not_decide(unit_of_work, one, demand):
    row = await received(unit_of_work, one, demand)
    for decide in (legal.approve, legal.refuse):
        with pytest.raises(SecondPersonNeeded):
            async with unit_of_work(one) as uow:
                await decide(uow, row.id, "It is valid")


@pytest.mark.law("L53")
@pytest.mark.promise("P048", "P121")
async def test_nothing_leaves_before_it_is_approved(unit_of_work, one, two, demand):
    row = await received(unit_of_work, one, demand)
    with pytest.raises(WrongDemandStage):
        async with unit_of_work(two) as uow:
            await legal.answer(uow, row.id)
    async with unit_of_work(two) as uow:
        await legal.refuse(uow, row.id, "No signature")
    with pytest.raises(WrongDemandStage):
        async with unit_of_work(two) as uow:
            await legal.answer(uow, row.id)


async def test_what_must_only_be_kept_is_not_handed_out(unit_of_work, one, two, demand):
    kept = replace(demand, basis=LegalBasis.PRESERVATION)
    row = await approved(unit_of_work, one, two, kept)
    with pytest.raises(WrongDemandStage):
        async with unit_of_work(two) as uow:
            await legal.answer(uow, row.id)


async def test_nobody_but_the_operator_handles_it(unit_of_work, scope, demand):
    with pytest.raises(Forbidden):
        async with unit_of_work(scope) as uow:
            await legal.receive(uow, demand)


@pytest.mark.law("L53")
@pytest.mark.parametrize(
    "change",
    [
        {"contact_ids": ()},
        {"data_kinds": frozenset()},
        {"data_kinds": frozenset({DataClass.CREDENTIAL})},
        {"authority": " "},
    ],
)
async def test_a_demand_without_bounds_is_refused(unit_of_work, one, demand, change):
    with pytest.raises(InvalidInput):
        await received(unit_of_work, one, replace(demand, **change))


async def test_a_demand_about_a_stranger_is_refused(unit_of_work, one, demand):
    with pytest.raises(NotFound):
        await received(unit_of_work, one, replace(demand, contact_ids=(uuid4(),)))


@pytest.mark.promise("P121")
@pytest.mark.law("L53")
async def test_the_owners_hear_of_it_at_once(road, postbox, unit_of_work, one, two, demand):
    await approved(unit_of_work, one, two, demand)
    while await road.travel():
        pass
    [letter] = postbox.letters
    assert "County Court" in letter.text
    assert letter.to == (f"owner@{road.scope.tenant.slug}.test",)


@pytest.mark.law("L53")
async def test_a_secret_is_kept_for_as_long_as_it_must_be(road, postbox, one, two, demand, clock):
    unit_of_work, scope = road.unit_of_work, road.scope
    secret = replace(demand, secret_until=clock.now() + timedelta(days=90))
    await approved(unit_of_work, one, two, secret)
    while await road.travel():
        pass
    async with unit_of_work(scope, read_only=True) as uow:
        hidden = await LegalProcesses(uow).all().count()
    assert (postbox.letters, hidden) == ([], 0)
    clock.advance(timedelta(days=91))
    while await road.travel():
        pass
    async with unit_of_work(scope, read_only=True) as uow:
        [row] = await LegalProcesses(uow).page(LegalProcesses(uow).all())
    assert len(postbox.letters) == 1
    assert row.stage is LegalStage.APPROVED
    assert row.told_at is not None
