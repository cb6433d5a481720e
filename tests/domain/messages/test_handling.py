"""Dealing with messages."""

from datetime import timedelta

import pytest

from domain import messages
from domain.errors import Forbidden, NotFound
from domain.messages.models import MessageStatus, Priority
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import events


@pytest.fixture
async def caller(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    return await ring(unit_of_work, scope)


@pytest.fixture
async def left(unit_of_work, caller):
    async with unit_of_work(caller.scope) as uow:
        new = messages.NewMessage(conversation_id=caller.conversation_id, body="Call me back")
        return await messages.leave(uow, new)


async def test_reading_twice_is_said_once(unit_of_work, scope, left):
    for _ in range(2):
        async with unit_of_work(scope) as uow:
            read = await messages.mark_read(uow, left.id)
    assert read.status is MessageStatus.READ
    assert await events(unit_of_work, scope, "message.read") == ["message.read"]


async def test_resolving_keeps_when_it_was_first_done(unit_of_work, scope, left, clock):
    for _ in range(2):
        async with unit_of_work(scope) as uow:
            resolved = await messages.resolve(uow, left.id)
        clock.advance(timedelta(hours=1))
    assert resolved.resolved_at == clock.now() - timedelta(hours=2)
    assert await events(unit_of_work, scope, "message.resolved") == ["message.resolved"]


async def test_a_resolved_message_does_not_become_read(unit_of_work, scope, left):
    async with unit_of_work(scope) as uow:
        await messages.resolve(uow, left.id)
        assert (await messages.mark_read(uow, left.id)).status is MessageStatus.RESOLVED


async def test_a_message_can_become_urgent(unit_of_work, scope, left):
    for _ in range(2):
        async with unit_of_work(scope) as uow:
            urgent = await messages.set_priority(uow, left.id, Priority.EMERGENCY)
    assert urgent.priority is Priority.EMERGENCY
    assert await events(unit_of_work, scope, "message.prior") == ["message.prioritised"]


async def test_callers_do_not_deal_with_messages(unit_of_work, caller, left):
    with pytest.raises(Forbidden):
        async with unit_of_work(caller.scope) as uow:
            await messages.resolve(uow, left.id)


async def test_another_tenant_has_no_such_message(unit_of_work, other_scope, left):
    with pytest.raises(NotFound):
        async with unit_of_work(other_scope) as uow:
            await messages.resolve(uow, left.id)
