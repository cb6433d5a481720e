"""Following a call from ringing to final."""

import asyncio
from datetime import timedelta
from itertools import permutations

import pytest

from domain import calls, conversations
from domain.calls.handlers import settle_summary
from domain.calls.jobs import JOBS
from domain.calls.models import CallState
from domain.calls.repository import CallEvents, Calls
from domain.calls.service import OVERDUE, SETTLE_OVERDUE
from domain.conversations.acts import Disposition
from domain.conversations.events import ConversationSummarised
from domain.conversations.repository import Conversations
from domain.errors import Forbidden, NotFound
from domain.outbox import EntryKind, OutboxEntry
from tenants.service import job_scope
from tests.factories import callers
from tests.factories.calls import Delivery, answered, ring, ringing
from tests.factories.outbox import events, payloads

COMPLETED = Disposition.COMPLETED


async def timers(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        found = OutboxEntry.filter(kind=EntryKind.TIMER, name=SETTLE_OVERDUE)
        return await found.using_db(uow.connection)


async def stored(unit_of_work, scope, call):
    async with unit_of_work(scope) as uow:
        return await Calls(uow).get(call.id)


async def test_ringing_twice_is_one_call(unit_of_work, scope):
    caller = await callers.ring(unit_of_work, scope)
    said = ringing(caller, "leg-twice")
    async with unit_of_work(caller.scope) as uow:
        first, second = await calls.ring(uow, said), await calls.ring(uow, said)
    assert first.id == second.id
    assert await events(unit_of_work, scope, "call.") == ["call.ringing"]


async def test_two_carrier_reports_at_once_are_one_call(unit_of_work, scope):
    one, other = [await callers.ring(unit_of_work, scope) for _ in range(2)]

    async def report(caller):
        async with unit_of_work(caller.scope) as uow:
            return await calls.ring(uow, ringing(caller, "leg-race"))

    first, second = await asyncio.gather(report(one), report(other))
    assert first.id == second.id


async def test_a_call_runs_its_course(unit_of_work, scope, clock):
    line = await answered(unit_of_work, scope)
    clock.advance(timedelta(seconds=90))
    async with unit_of_work(line.scope) as uow:
        ended = await calls.end(uow, line.call.id, COMPLETED)
    assert (ended.state, ended.duration_ms) == (CallState.ENDED, 90_000)
    async with unit_of_work(line.scope) as uow:
        await calls.settle_recording(uow, line.call.id)
        final = await calls.settle_summary(uow, line.call.id)
    assert final.state is CallState.FINALIZED
    expected = ["call.ringing", "call.answered", "call.ended", "call.finalized"]
    assert await events(unit_of_work, scope, "call.") == expected


async def test_events_carry_ids_and_disposition_only(unit_of_work, scope):
    line = await answered(unit_of_work, scope)
    async with unit_of_work(line.scope) as uow:
        await calls.end(uow, line.call.id, Disposition.CALLER_HANGUP)
    ids = {"call_id": str(line.call.id), "conversation_id": str(line.call.conversation_id)}
    [said] = await payloads(unit_of_work, scope, "call.ended")
    assert said == ids | {"disposition": "caller_hangup"}


async def test_every_order_finalizes_exactly_once(unit_of_work, scope):
    deeds = [
        calls.answer,
        lambda uow, id: calls.end(uow, id, COMPLETED),
        calls.settle_recording,
        calls.settle_summary,
    ]
    orders = list(permutations(deeds))
    for order in orders:
        line = await ring(unit_of_work, scope)
        for deed in (*order, *order):
            async with unit_of_work(line.scope) as uow:
                await deed(uow, line.call.id)
        assert (await stored(unit_of_work, scope, line.call)).state is CallState.FINALIZED
    final = await payloads(unit_of_work, scope, "call.finalized")
    assert len(final) == len({said["call_id"] for said in final}) == len(orders)


async def test_artifacts_settled_at_once_finalize_once(unit_of_work, scope):
    line = await answered(unit_of_work, scope)

    async def tell(deed):
        async with unit_of_work(line.scope) as uow:
            await deed(uow, line.call.id)

    async def end(uow, id):
        await calls.end(uow, id, COMPLETED)

    await asyncio.gather(*map(tell, [end, calls.settle_recording, calls.settle_summary] * 2))
    assert await events(unit_of_work, scope, "call.finalized") == ["call.finalized"]


async def test_summary_of_a_call_settles_it(unit_of_work, scope):
    line = await answered(unit_of_work, scope)
    said = ConversationSummarised(conversation_id=line.call.conversation_id, outcome="message")
    await settle_summary(said, Delivery(unit_of_work, line.scope))
    assert (await stored(unit_of_work, scope, line.call)).summary_settled


async def test_summary_of_a_chat_settles_nothing(unit_of_work, scope):
    caller = await callers.ring(unit_of_work, scope)
    said = ConversationSummarised(conversation_id=caller.conversation_id, outcome="message")
    await settle_summary(said, Delivery(unit_of_work, caller.scope))
    assert await events(unit_of_work, scope, "call.") == []


async def test_end_sets_a_timer_and_final_clears_it(unit_of_work, scope):
    line = await answered(unit_of_work, scope)
    async with unit_of_work(line.scope) as uow:
        await calls.end(uow, line.call.id, COMPLETED)
        now = uow.now
    [timer] = await timers(unit_of_work, scope)
    assert timer.due_at == now + OVERDUE
    async with unit_of_work(line.scope) as uow:
        await calls.settle_recording(uow, line.call.id)
        await calls.settle_summary(uow, line.call.id)
    assert await timers(unit_of_work, scope) == []


async def test_what_never_came_is_given_up(unit_of_work, scope, clock):
    line = await answered(unit_of_work, scope)
    async with unit_of_work(line.scope) as uow:
        await calls.end(uow, line.call.id, Disposition.LINE_LOST)
    [timer] = await timers(unit_of_work, scope)
    clock.advance(OVERDUE)
    doing = await job_scope(scope.tenant_id, SETTLE_OVERDUE)
    settle_overdue = next(job for job in JOBS if job.__name__ == "settle_overdue")
    await settle_overdue(timer.payload, Delivery(unit_of_work, doing))
    async with unit_of_work(scope) as uow:
        notes = await CallEvents(uow).of(line.call.id)
        conversation = await Conversations(uow).get(line.call.conversation_id)
    assert [note.name for note in notes] == ["recording_settled", "summary_settled"]
    assert notes[0].detail["reason"].startswith("It did not come within 10 minutes")
    assert conversation.disposition is Disposition.LINE_LOST
    assert (await events(unit_of_work, scope, "call."))[-1] == "call.finalized"


async def test_giving_up_keeps_what_did_come(unit_of_work, scope):
    line = await answered(unit_of_work, scope)
    async with unit_of_work(line.scope) as uow:
        await conversations.end(uow, line.call.conversation_id, COMPLETED)
        await calls.end(uow, line.call.id, COMPLETED)
        await calls.settle_recording(uow, line.call.id)
        await calls.settle_overdue(uow, line.call.id, COMPLETED)
        notes = await CallEvents(uow).of(line.call.id)
    assert [note.name for note in notes] == ["summary_settled"]


async def test_reports_are_kept_in_order(unit_of_work, scope):
    line = await ring(unit_of_work, scope)
    async with unit_of_work(line.scope) as uow:
        await calls.note(uow, line.call.id, "started", {"rate": "0.01"})
        await calls.note(uow, line.call.id, "machine")
        notes = await CallEvents(uow).of(line.call.id)
    assert [(note.name, note.detail) for note in notes] == [
        ("started", {"rate": "0.01"}),
        ("machine", {}),
    ]


async def test_a_callers_calls_are_found(unit_of_work, scope):
    line, _ = await ring(unit_of_work, scope), await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        [found] = await calls.of_caller(uow, line.caller.phone)
    assert (found.id, found.caller.read()) == (line.call.id, line.caller.phone)


async def test_withheld_number_has_no_index(unit_of_work, scope):
    caller = await callers.ring(unit_of_work, scope)
    unknown = calls.Ringing(caller.conversation_id, "vonage", "leg-withheld")
    async with unit_of_work(caller.scope) as uow:
        call = await calls.ring(uow, unknown)
    assert (call.caller_index, call.caller.read()) == (None, "")


async def test_another_tenants_call_is_not_there(unit_of_work, scope, other_scope):
    line = await ring(unit_of_work, scope)
    theirs = await callers.ring(unit_of_work, other_scope)
    async with unit_of_work(theirs.scope) as uow:
        assert await calls.find(uow, "vonage", line.call.carrier_call_id) is None
        with pytest.raises(NotFound):
            await calls.answer(uow, line.call.id)
    async with unit_of_work(other_scope) as uow:
        assert await calls.of_caller(uow, line.caller.phone) == []


async def test_staff_cannot_speak_as_a_call(unit_of_work, scope):
    line = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        with pytest.raises(Forbidden):
            await calls.end(uow, line.call.id, COMPLETED)
