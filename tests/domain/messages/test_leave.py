"""Leaving a message."""

import asyncio
from dataclasses import replace

import pytest

from domain import messages
from domain.errors import InvalidInput, NotFound
from domain.messages.models import MessageStatus, Priority
from domain.messages.repository import Messages
from domain.scope import TenantStatus
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import events, payloads


@pytest.fixture
async def caller(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    return await ring(unit_of_work, scope)


def said(caller, **values):
    words = {"body": "Please call me back", "intent_key": "message", **values}
    return messages.NewMessage(conversation_id=caller.conversation_id, **words)


async def leave(unit_of_work, scope, new):
    async with unit_of_work(scope) as uow:
        return await messages.leave(uow, new)


async def test_a_caller_leaves_a_message(unit_of_work, scope, caller):
    left = await leave(unit_of_work, caller.scope, said(caller, callback_number="(212) 555-0199"))
    async with unit_of_work(scope) as uow:
        found = await Messages(uow).get(left.id)
    assert (found.body.read(), found.callback_number.read()) == (
        "Please call me back",
        "+12125550199",
    )
    assert (found.status, found.priority) == (MessageStatus.NEW, Priority.NORMAL)


async def test_it_comes_from_whoever_is_on_the_line(unit_of_work, caller):
    assert (await leave(unit_of_work, caller.scope, said(caller))).contact_id == caller.contact_id


async def test_the_same_intent_leaves_one_message(unit_of_work, scope, caller):
    first = await leave(unit_of_work, caller.scope, said(caller))
    again = await leave(unit_of_work, caller.scope, said(caller, body="Call me back, please"))
    assert again.id == first.id
    assert await events(unit_of_work, scope, "message.") == ["message.left"]


async def test_another_intent_leaves_another_message(unit_of_work, caller):
    first = await leave(unit_of_work, caller.scope, said(caller))
    second = await leave(unit_of_work, caller.scope, said(caller, intent_key="second"))
    assert second.id != first.id


async def test_racing_steps_leave_one_message(unit_of_work, caller):
    racing = (leave(unit_of_work, caller.scope, said(caller)) for _ in range(6))
    assert len({left.id for left in await asyncio.gather(*racing)}) == 1


async def test_the_event_holds_no_words(unit_of_work, scope, caller):
    await leave(unit_of_work, caller.scope, said(caller))
    [payload] = await payloads(unit_of_work, scope, "message.left")
    assert payload.keys() == {"message_id", "conversation_id", "contact_id", "priority"}


async def test_a_caller_cannot_speak_for_another(unit_of_work, scope, caller):
    other = await ring(unit_of_work, scope)
    with pytest.raises(NotFound):
        await leave(unit_of_work, other.scope, said(caller))


async def test_an_empty_message_is_refused(unit_of_work, caller):
    with pytest.raises(InvalidInput) as refused:
        await leave(unit_of_work, caller.scope, said(caller, body="  "))
    assert refused.value.problems[0].path == "body"


async def test_an_unknown_conversation_is_refused(unit_of_work, scope, caller):
    stranger = replace(said(caller), conversation_id=caller.contact_id)
    with pytest.raises(NotFound):
        await leave(unit_of_work, scope, stranger)


async def test_a_suspended_business_still_takes_messages(unit_of_work, caller):
    suspended = replace(caller.scope.tenant, status=TenantStatus.SUSPENDED)
    left = await leave(unit_of_work, replace(caller.scope, tenant=suspended), said(caller))
    assert left.status is MessageStatus.NEW
