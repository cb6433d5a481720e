"""Putting a caller through, step by step."""

from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import calls, transfers
from domain.calls.events import CallEnded
from domain.errors import NotFound
from domain.transfers.errors import TransferOutOfOrder, TransferUnderWay
from domain.transfers.handlers import end_left
from domain.transfers.models import TransferState
from domain.transfers.repository import Transfers
from domain.transfers.rules import NEXT, UNDER_WAY, WAITING, News, check_step, settles, steps
from tenants.service import job_scope
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.calls import Delivery
from tests.factories.outbox import events, payloads

STATES = st.sampled_from(TransferState)
BRIDGED = (TransferState.RINGING, TransferState.BRIDGED, TransferState.ENDED)


@pytest.fixture
async def caller(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    return await ring(unit_of_work, scope)


@pytest.fixture
async def call(unit_of_work, caller):
    async with unit_of_work(caller.scope) as uow:
        ringing = calls.Ringing(caller.conversation_id, "tests", str(caller.conversation_id))
        return await calls.ring(uow, ringing)


@pytest.fixture
async def desk(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await transfers.add_target(uow, "Front desk", "+12125550150")


async def request(unit_of_work, scope, call, desk):
    async with unit_of_work(scope) as uow:
        return await transfers.request(uow, call.id, desk.id, reason="A broken tooth")


async def go(unit_of_work, scope, transfer, *states):
    for state in states:
        async with unit_of_work(scope) as uow:
            transfer = await transfers.advance(uow, transfer.id, state)
    return transfer


async def test_a_caller_asks_to_be_put_through(unit_of_work, scope, caller, call, desk):
    asked = await request(unit_of_work, caller.scope, call, desk)
    async with unit_of_work(scope) as uow:
        found = await Transfers(uow).get(asked.id)
    assert (found.state, found.reason.read()) == (TransferState.REQUESTED, "A broken tooth")
    assert found.conversation_id == caller.conversation_id


async def test_a_bridged_transfer_tells_every_step(unit_of_work, scope, caller, call, desk):
    asked = await request(unit_of_work, caller.scope, call, desk)
    await go(unit_of_work, scope, asked, *BRIDGED)
    assert await events(unit_of_work, scope, "transfer.") == [
        "transfer.requested",
        *["transfer.advanced"] * 3,
    ]
    said = await payloads(unit_of_work, scope, "transfer.advanced")
    assert [payload["state"] for payload in said] == list(BRIDGED)


async def test_it_is_settled_when_somebody_answers(unit_of_work, scope, caller, call, desk, clock):
    asked = await request(unit_of_work, caller.scope, call, desk)
    await go(unit_of_work, scope, asked, TransferState.RINGING)
    clock.advance(timedelta(seconds=12))
    bridged = await go(unit_of_work, scope, asked, TransferState.BRIDGED)
    clock.advance(timedelta(minutes=3))
    ended = await go(unit_of_work, scope, asked, TransferState.ENDED)
    assert ended.settled_at == bridged.settled_at == asked.requested_at + timedelta(seconds=12)


async def test_reports_carry_it_from_ring_to_end(unit_of_work, scope, caller, call, desk, clock):
    asked = await request(unit_of_work, caller.scope, call, desk)
    for news in (News.RINGING, News.ANSWERED, News.ANSWERED, News.COMPLETED, News.RINGING):
        clock.advance(timedelta(seconds=10))
        async with unit_of_work(caller.scope) as uow:
            heard = await transfers.hear(uow, asked.id, news)
    lasted = [moment - asked.requested_at for moment in (heard.bridged_at, heard.ended_at)]
    assert lasted == [timedelta(seconds=20), timedelta(seconds=40)]
    said = await payloads(unit_of_work, scope, "transfer.advanced")
    assert [payload["state"] for payload in said] == list(BRIDGED)


async def test_the_end_of_the_call_ends_what_is_under_way(unit_of_work, scope, caller, call, desk):
    asked = await request(unit_of_work, caller.scope, call, desk)
    returned = await go(unit_of_work, scope, asked, TransferState.RETURNED)
    left = await request(unit_of_work, caller.scope, call, desk)
    about = {"call_id": call.id, "conversation_id": call.conversation_id}
    for _ in range(2):
        job = await job_scope(scope.tenant_id, "tests")
        await end_left(CallEnded(**about, disposition="failed"), Delivery(unit_of_work, job))
    async with unit_of_work(scope) as uow:
        states = {row.id: row.state for row in await Transfers(uow).of_call(call.id)}
    assert states == {returned.id: TransferState.RETURNED, left.id: TransferState.ENDED}
    told = await payloads(unit_of_work, scope, "transfer.adv")
    # They are things of their own: neither has to be told first.
    assert {UUID(payload["transfer_id"]): payload["state"] for payload in told} == states


async def test_nobody_hears_of_anothers_transfer(unit_of_work, other_scope, caller, call, desk):
    asked = await request(unit_of_work, caller.scope, call, desk)
    stranger = await job_scope(other_scope.tenant_id, "tests")
    with pytest.raises(NotFound):
        async with unit_of_work(stranger) as uow:
            await transfers.hear(uow, asked.id, News.ANSWERED)


async def test_a_step_told_twice_is_taken_once(unit_of_work, scope, caller, call, desk):
    asked = await request(unit_of_work, caller.scope, call, desk)
    await go(unit_of_work, scope, asked, TransferState.RINGING, TransferState.RINGING)
    assert await events(unit_of_work, scope, "transfer.adv") == ["transfer.advanced"]


async def test_a_step_back_is_refused(unit_of_work, scope, caller, call, desk):
    asked = await request(unit_of_work, caller.scope, call, desk)
    with pytest.raises(TransferOutOfOrder) as refused:
        await go(unit_of_work, scope, asked, *BRIDGED, TransferState.RINGING)
    assert refused.value.state == TransferState.ENDED


async def test_a_call_is_put_through_to_one_at_a_time(unit_of_work, caller, call, desk):
    await request(unit_of_work, caller.scope, call, desk)
    with pytest.raises(TransferUnderWay):
        await request(unit_of_work, caller.scope, call, desk)


async def test_after_nobody_answered_another_may_be_tried(unit_of_work, scope, caller, call, desk):
    asked = await request(unit_of_work, caller.scope, call, desk)
    await go(unit_of_work, scope, asked, TransferState.RINGING, TransferState.RETURNED)
    assert (await request(unit_of_work, caller.scope, call, desk)).id != asked.id


async def test_a_caller_cannot_move_anothers_call(unit_of_work, scope, call, desk):
    other = await ring(unit_of_work, scope)
    with pytest.raises(NotFound):
        await request(unit_of_work, other.scope, call, desk)


async def test_a_target_that_is_gone_is_refused(unit_of_work, scope, caller, call, desk):
    async with unit_of_work(scope) as uow:
        await transfers.remove_target(uow, desk.id)
    with pytest.raises(NotFound):
        await request(unit_of_work, caller.scope, call, desk)


@given(st.lists(STATES, max_size=8))
def test_every_walk_ends_and_settles_once(wanted):
    state, settled = TransferState.REQUESTED, 0
    for step in wanted:
        if step in NEXT[state]:
            check_step(state, step)
            settled += settles(state, step)
            state = step
        else:
            with pytest.raises(TransferOutOfOrder):
                check_step(state, step)
    assert settled == (state not in WAITING)


@given(st.lists(st.sampled_from(News), max_size=12))
def test_whatever_is_reported_in_whatever_order_is_a_walk(reports):
    state, walked = TransferState.REQUESTED, [TransferState.REQUESTED]
    for news in reports:
        for step in steps(state, news):
            check_step(state, step)
            state = step
            walked.append(step)
        assert steps(state, news) == ()
    assert len(walked) == len(set(walked))


@given(st.lists(st.sampled_from(News), max_size=12))
def test_what_has_come_out_stays_as_it_came_out(reports):
    state = TransferState.REQUESTED
    for news in reports:
        before = state
        state = (state, *steps(state, news))[-1]
        if before not in UNDER_WAY:
            assert state is before


def test_news_that_overtake_each_other_come_to_the_same():
    for order in permutations([News.RINGING, News.ANSWERED, News.COMPLETED]):
        state, seen = TransferState.REQUESTED, set()
        for news in order:
            taken = steps(state, news)
            seen |= set(taken)
            state = (state, *taken)[-1]
        assert state is TransferState.ENDED
        assert TransferState.BRIDGED in seen


@given(STATES)
def test_a_hang_up_ends_every_transfer(state):
    assert state is TransferState.ENDED or TransferState.ENDED in NEXT[state]


@given(STATES, STATES)
def test_what_is_over_never_gets_under_way_again(state, later):
    assert state in UNDER_WAY or later not in UNDER_WAY or later not in NEXT[state]
