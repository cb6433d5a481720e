"""Whoever wants no more messages is left alone, at the number they wrote to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain import outreach
from domain.errors import Forbidden
from domain.outreach.optout import Topic, Way
from tests.factories.outbox import events

LINE, OTHER_LINE, CALLER = "+12125550100", "+12125550101", "+12125550142"


async def said(unit_of_work, scope, text, line=LINE, **more):
    async with unit_of_work(scope) as uow:
        return await outreach.hear(uow, outreach.Incoming(line, CALLER, text, **more))


async def refused(unit_of_work, scope, line=LINE, topic=Topic.REMINDERS, way=Way.TEXTS):
    async with unit_of_work(scope, read_only=True) as uow:
        return await outreach.refused(uow, line, CALLER, topic, way)


@pytest.mark.law("L15")
async def test_a_stop_holds_at_once_for_everything(unit_of_work, scope):
    heard = await said(unit_of_work, scope, "please stop texting me")
    assert heard.reply.key == "optout_done"
    for topic in Topic:
        for way in Way:
            assert await refused(unit_of_work, scope, topic=topic, way=way)
    assert await events(unit_of_work, scope, "outreach.") == ["outreach.refused"] * 2


@pytest.mark.law("L18")
async def test_a_stop_at_one_number_says_nothing_of_another(unit_of_work, scope, other_scope):
    await said(unit_of_work, scope, "STOP")
    assert not await refused(unit_of_work, scope, line=OTHER_LINE)
    assert not await refused(unit_of_work, other_scope)


@pytest.mark.law("L16")
async def test_a_second_stop_is_not_confirmed_again(unit_of_work, scope):
    assert (await said(unit_of_work, scope, "STOP")).reply is not None
    again = await said(unit_of_work, scope, "I said stop")
    assert again.understood
    assert again.reply is None


@pytest.mark.law("L16")
async def test_a_confirmation_is_sent_once(unit_of_work, scope):
    reply = (await said(unit_of_work, scope, "STOP")).reply
    async with unit_of_work(scope) as uow:
        assert await outreach.claim_confirmation(uow, reply.refusal_id)
    async with unit_of_work(scope) as uow:
        assert not await outreach.claim_confirmation(uow, reply.refusal_id)


@pytest.mark.law("L16")
async def test_a_late_confirmation_is_not_sent(unit_of_work, scope, clock):
    reply = (await said(unit_of_work, scope, "STOP")).reply
    assert reply.send_by == clock.now() + timedelta(minutes=5)
    clock.advance(timedelta(minutes=5, seconds=1))
    async with unit_of_work(scope) as uow:
        assert not await outreach.claim_confirmation(uow, reply.refusal_id)


@pytest.mark.law("L18")
async def test_start_takes_it_back(unit_of_work, scope):
    await said(unit_of_work, scope, "STOP")
    assert (await said(unit_of_work, scope, "START")).reply.key == "optin_done"
    assert not await refused(unit_of_work, scope)
    assert (await said(unit_of_work, scope, "START")).reply is None
    assert (await said(unit_of_work, scope, "STOP")).reply is not None
    assert await refused(unit_of_work, scope)


@pytest.mark.law("L18")
async def test_help_is_answered_and_refuses_nothing(unit_of_work, scope):
    assert (await said(unit_of_work, scope, "HELP")).reply.key == "optout_help"
    assert not await refused(unit_of_work, scope)


@pytest.mark.law("L17")
async def test_a_topic_is_kept_apart_while_the_law_lets_it(unit_of_work, scope, clock):
    asked = {"answered": Topic.MARKETING, "by_topic": True}
    await said(unit_of_work, scope, "STOP", **asked)
    assert await refused(unit_of_work, scope, topic=Topic.MARKETING)
    assert not await refused(unit_of_work, scope, topic=Topic.REMINDERS)
    clock.advance(timedelta(days=3650))
    await said(unit_of_work, scope, "STOP", **asked)
    assert await refused(unit_of_work, scope, topic=Topic.REMINDERS)


async def test_other_talk_changes_nothing(unit_of_work, scope):
    assert not (await said(unit_of_work, scope, "cancel my appointment")).understood
    assert await events(unit_of_work, scope, "outreach.") == []


async def test_whoever_may_not_change_contacts_is_turned_away(unit_of_work, scope):
    with pytest.raises(Forbidden):
        await said(
            unit_of_work, replace(scope, permissions=scope.permissions - {"contacts:write"}), "STOP"
        )
