"""Callers who want a person."""

from datetime import time

import pytest

from domain import calls, transfers
from domain.calls import Ringing
from domain.conversations.models import Channel
from domain.hours import open_hours
from domain.transfers.repository import Transfers


@pytest.fixture
async def front_desk(unit_of_work, scope, practice):
    async with unit_of_work(scope) as uow:
        await transfers.add_target(uow, "Front desk", "+12125550111")
        return await transfers.add_target(uow, "Billing", "+12125550112")


async def on_the_telephone(talk, unit_of_work):
    ringing = Ringing(talk.welcome.conversation.id, "vonage", str(talk.welcome.conversation.id))
    async with unit_of_work(talk.welcome.scope) as uow:
        await calls.ring(uow, ringing)
    return talk


@pytest.mark.usefixtures("front_desk")
async def test_a_caller_is_put_through(call, unit_of_work, scope):
    talk = await on_the_telephone(await call(), unit_of_work)
    await talk.say("can I speak to a human please")
    assert talk.transferred_to == "+12125550111"
    async with unit_of_work(scope) as uow:
        [transfer] = await Transfers(uow).page(Transfers(uow).all())
    assert (transfer.state, transfer.reason.read()) == (
        "requested",
        "can I speak to a human please",
    )


@pytest.mark.usefixtures("front_desk")
async def test_a_caller_may_say_to_whom(call, unit_of_work):
    talk = await on_the_telephone(await call(), unit_of_work)
    await talk.say("I need to talk to a person in billing")
    assert talk.transferred_to == "+12125550112"


async def test_who_is_not_there_is_not_rung(call, unit_of_work, scope, practice):
    evenings = [open_hours(day, time(18), time(22)) for day in range(7)]
    async with unit_of_work(scope) as uow:
        await transfers.add_target(uow, "Front desk", "+12125550111", hours=evenings)
        billing = await transfers.add_target(uow, "Billing", "+12125550112")
    talk = await on_the_telephone(await call(), unit_of_work)
    await talk.say("can I speak to the front desk please, to a human")
    assert talk.transferred_to == "+12125550112"
    async with unit_of_work(scope) as uow:
        await transfers.remove_target(uow, billing.id)
    alone = await on_the_telephone(await call(), unit_of_work)
    assert (await alone.say("can I speak to a human")).startswith("Nobody")


@pytest.mark.usefixtures("front_desk")
async def test_in_writing_a_message_is_taken(call):
    talk = await call(phone=None, channel=Channel.CHAT)
    assert (await talk.say("can I speak to a human")).startswith("Nobody")
