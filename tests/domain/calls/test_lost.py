"""A call whose leader died is ended for it, as of the last words that were stored."""

from datetime import timedelta

import pytest

from domain import calls, conversations
from domain.calls.models import CallState
from domain.calls.repository import Calls
from domain.calls.service import LOST
from domain.conversations import Said
from domain.conversations.acts import Disposition
from domain.conversations.models import Speaker
from domain.conversations.repository import Conversations
from domain.outbox import EntryKind, OutboxEntry
from tests.factories.calls import answered, ring
from tests.factories.outbox import events


@pytest.fixture
async def line(unit_of_work, scope):
    return await answered(unit_of_work, scope)


async def timers(unit_of_work, scope):
    """What is going to be done about the tenant's calls, and when."""
    async with unit_of_work(scope) as uow:
        rows = OutboxEntry.filter(tenant_id=uow.tenant_id, kind=EntryKind.TIMER, done_at=None)
        found = await rows.using_db(uow.connection)
    return [(row.name, row.due_at) for row in found]


async def give_up(unit_of_work, line):
    async with unit_of_work(line.scope) as uow:
        await calls.give_up(uow, line.call.id)


async def stored(unit_of_work, scope, line):
    async with unit_of_work(scope) as uow:
        call = await Calls(uow).get(line.call.id)
        return call, await Conversations(uow).get(call.conversation_id)


async def test_a_ringing_call_is_waited_for(unit_of_work, scope, clock):
    await ring(unit_of_work, scope)
    assert await timers(unit_of_work, scope) == [("calls.give_up", clock.now() + LOST)]


async def test_a_sign_of_life_puts_it_off(unit_of_work, scope, clock, line):
    clock.advance(timedelta(minutes=4))
    async with unit_of_work(line.scope) as uow:
        await calls.go_on(uow, line.call.id)
    assert await timers(unit_of_work, scope) == [("calls.give_up", clock.now() + LOST)]


async def test_the_end_of_a_call_replaces_it(unit_of_work, scope, line):
    async with unit_of_work(line.scope) as uow:
        await calls.end(uow, line.call.id, Disposition.COMPLETED)
    async with unit_of_work(line.scope) as uow:
        await calls.go_on(uow, line.call.id)
    [(name, _)] = await timers(unit_of_work, scope)
    assert name == "calls.settle_overdue"


async def test_a_lost_call_lasted_until_its_last_words(unit_of_work, scope, clock, line):
    clock.advance(timedelta(seconds=40))
    said = Said(0, Speaker.CALLER, "Hello?", clock.now(), 0)
    async with unit_of_work(line.scope) as uow:
        await conversations.add_turns(uow, line.call.conversation_id, [said])
    clock.advance(LOST)
    await give_up(unit_of_work, line)
    call, conversation = await stored(unit_of_work, scope, line)
    assert (call.state, call.duration_ms) == (CallState.ENDED, 40_000)
    assert (conversation.disposition, conversation.ended_at) == (Disposition.FAILED, call.ended_at)
    assert "call.ended" in await events(unit_of_work, scope, "call.")


async def test_a_call_that_has_ended_is_not_given_up(unit_of_work, scope, clock, line):
    async with unit_of_work(line.scope) as uow:
        await conversations.end(uow, line.call.conversation_id, Disposition.COMPLETED)
        await calls.end(uow, line.call.id, Disposition.COMPLETED)
    clock.advance(LOST)
    await give_up(unit_of_work, line)
    _, conversation = await stored(unit_of_work, scope, line)
    assert conversation.disposition is Disposition.COMPLETED
    assert (await events(unit_of_work, scope, "call.")).count("call.ended") == 1
