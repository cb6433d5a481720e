"""Where words of a child are kept, the team has a task; nothing is erased by a guess."""

import pytest

from domain import conversations
from domain.conversations.acts import Disposition
from domain.conversations.events import ConversationEnded
from domain.conversations.models import Speaker
from domain.conversations.repository import Turns
from domain.messages.models import Priority
from domain.messages.repository import Messages
from domain.receptionist.handlers import summarise
from tenants.service import job_scope
from tests.factories.calls import Delivery, answered
from tests.factories.policies import promise

CHILD = "Hi, I am seven years old and my mom is not home"
GUARDIAN = "I would like to book my 8-year-old for a cleaning"


@pytest.fixture
def said(unit_of_work, scope, clock):
    """Somebody calls, says something, and the call is over; what was left to do."""

    async def say(*words):
        line = await answered(unit_of_work, scope)
        id = line.call.conversation_id
        turns = [
            conversations.Said(position, Speaker.CALLER, text, clock.now(), 0)
            for position, text in enumerate(words)
        ]
        async with unit_of_work(line.scope) as uow:
            await conversations.add_turns(uow, id, turns)
            await conversations.end(uow, id, Disposition.CALLER_HANGUP)
        job = await job_scope(scope.tenant_id, "after")
        ended = ConversationEnded(conversation_id=id, channel="voice", disposition="caller_hangup")
        for _ in range(2):
            await summarise(ended, Delivery(unit_of_work, job))
        async with unit_of_work(scope, read_only=True) as uow:
            left = await Messages(uow).page(Messages(uow).all())
            return left, await Turns(uow).of(id)

    return say


@pytest.mark.promise("P035", "P098")
async def test_the_team_is_told_once_where_a_childs_words_are_kept(said):
    [task], turns = await said("Hello", CHILD)
    assert task.priority is Priority.HIGH
    assert "A child spoke, and its words are kept." in task.body.read()
    assert len(turns) == 2


async def test_a_child_that_is_spoken_of_is_no_task(said):
    left, _ = await said(GUARDIAN)
    assert left == []


@pytest.mark.promise("P035", "P098")
async def test_who_is_old_enough_there_is_no_child(said, unit_of_work, scope):
    await promise(unit_of_work, scope, minimum_age=13)
    left, _ = await said("I am sixteen years old")
    assert left == []


@pytest.mark.promise("P098")
async def test_where_no_words_are_kept_there_is_nothing_to_tell(said, unit_of_work, scope):
    await promise(unit_of_work, scope, storage="metadata_only")
    left, turns = await said(CHILD)
    assert (left, turns) == ([], [])
