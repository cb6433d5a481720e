"""Beginning, recording and ending conversations."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain import business, conversations
from domain.business.profile import Question
from domain.conversations.acts import Disposition
from domain.conversations.models import Outcome, Speaker
from domain.conversations.repository import Conversations, IntakeAnswers, Turns
from domain.errors import Forbidden, NotFound
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import events, payloads


@pytest.fixture
async def caller(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    return await ring(unit_of_work, scope)


async def find(unit_of_work, scope, caller):
    async with unit_of_work(scope) as uow:
        return await Conversations(uow).get(caller.conversation_id)


def line(position, text, clock, **values):
    said = conversations.Said(position, Speaker.CALLER, text, clock.now(), position * 1000)
    return replace(said, **values)


async def test_a_conversation_is_pinned_to_its_versions(unit_of_work, scope, caller):
    found = await find(unit_of_work, scope, caller)
    async with unit_of_work(scope) as uow:
        pinned = await business.version(uow, found.receptionist_version_id)
    assert pinned.location.name == "Main Street"
    assert (found.engine_version, found.policy_version) == ("1", "1")
    assert await events(unit_of_work, scope, "conversation.") == ["conversation.started"]


async def test_turns_come_back_in_order_with_their_evidence(unit_of_work, scope, caller, clock):
    async with unit_of_work(caller.scope) as uow:
        said = [line(n, f"Line {n}", clock, evidence={"heard": n}) for n in (2, 1)]
        await conversations.add_turns(uow, caller.conversation_id, said)
    async with unit_of_work(scope) as uow:
        turns = await Turns(uow).of(caller.conversation_id)
    assert [(turn.text.read(), turn.evidence.load()) for turn in turns] == [
        ("Line 1", {"heard": 1}),
        ("Line 2", {"heard": 2}),
    ]


async def test_turns_of_a_page_of_conversations_come_at_once(unit_of_work, scope, caller, clock):
    other = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        for one in (caller, other):
            await conversations.add_turns(uow, one.conversation_id, [line(1, one.phone, clock)])
        turns = await Turns(uow).of_many([caller.conversation_id, other.conversation_id])
    assert {turn.text.read() for turn in turns} == {caller.phone, other.phone}


async def test_a_conversation_ends_once(unit_of_work, scope, caller, clock):
    for disposition in (Disposition.COMPLETED, Disposition.LINE_LOST):
        async with unit_of_work(caller.scope) as uow:
            ended = await conversations.end(uow, caller.conversation_id, disposition)
        clock.advance(timedelta(minutes=1))
    assert (ended.disposition, ended.ended_at) == (
        Disposition.COMPLETED,
        clock.now() - timedelta(minutes=2),
    )
    [payload] = await payloads(unit_of_work, scope, "conversation.ended")
    assert payload["disposition"] == "completed"


async def test_findings_are_sealed_and_announced(unit_of_work, scope, caller):
    findings = conversations.Findings("Wants braces", Outcome.LEAD, True, {"children": 2})
    async with unit_of_work(scope) as uow:
        await conversations.keep_findings(uow, caller.conversation_id, findings)
    found = await find(unit_of_work, scope, caller)
    assert (found.summary.read(), found.extracted.load()) == ("Wants braces", {"children": 2})
    [payload] = await payloads(unit_of_work, scope, "conversation.summarised")
    assert payload == {"conversation_id": str(caller.conversation_id), "outcome": "lead"}


async def test_whoever_is_proven_stays_who_they_are(unit_of_work, scope, caller):
    other = await ring(unit_of_work, scope)
    async with unit_of_work(caller.scope) as uow:
        await conversations.identify(uow, caller.conversation_id, other.contact_id)
    assert (await find(unit_of_work, scope, caller)).contact_id == caller.contact_id


async def test_whoever_only_claims_may_say_who_else_they_are(unit_of_work, scope, caller):
    claimed = await ring(unit_of_work, scope, verified=False)
    async with unit_of_work(claimed.scope) as uow:
        await conversations.identify(uow, claimed.conversation_id, caller.contact_id)
    found = await find(unit_of_work, scope, claimed)
    assert (found.contact_id, found.verified) == (caller.contact_id, False)


async def test_an_answer_given_again_replaces_the_first(unit_of_work, scope, caller):
    async with unit_of_work(scope) as uow:
        intake = await business.add_intake(uow, "New", [Question(key="why", ask="Why?")])
    for answer in ("Pain", "A check-up"):
        async with unit_of_work(caller.scope) as uow:
            await conversations.keep_answer(uow, caller.conversation_id, intake.id, "why", answer)
    async with unit_of_work(scope) as uow:
        [kept] = await IntakeAnswers(uow).page(IntakeAnswers(uow).all())
    assert kept.answer.read() == "A check-up"


async def test_a_stalled_conversation_says_so(unit_of_work, scope, caller):
    async with unit_of_work(caller.scope) as uow:
        await conversations.stalled(uow, caller.conversation_id, 2)
    [payload] = await payloads(unit_of_work, scope, "conversation.stalled")
    assert payload["attempt"] == 2


async def test_a_caller_acts_in_their_own_conversation_only(unit_of_work, scope, caller, clock):
    other = await ring(unit_of_work, scope)
    mine = caller.conversation_id
    deeds = (
        lambda uow: conversations.add_turns(uow, mine, [line(1, "Mine", clock)]),
        lambda uow: conversations.identify(uow, mine, other.contact_id),
        lambda uow: conversations.end(uow, mine, Disposition.COMPLETED),
        lambda uow: conversations.stalled(uow, mine, 1),
    )
    for deed in deeds:
        with pytest.raises(NotFound):
            async with unit_of_work(other.scope) as uow:
                await deed(uow)


async def test_only_a_caller_has_a_conversation_of_their_own(unit_of_work, scope, caller):
    async with unit_of_work(caller.scope) as uow:
        assert (await conversations.of_caller(uow)).id == caller.conversation_id
    with pytest.raises(Forbidden):
        async with unit_of_work(scope) as uow:
            await conversations.of_caller(uow)
