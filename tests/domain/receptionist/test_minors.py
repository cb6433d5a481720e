"""A child on the telephone is asked for an adult; a guardian books for a child."""

import pytest

from domain.appointments.repository import Appointments
from domain.messages.repository import Messages
from tests.domain.receptionist.conftest import CALLER

pytestmark = pytest.mark.law("L51")


async def test_a_child_is_asked_for_an_adult_and_nothing_more_is_taken(call):
    talk = await call()
    await talk.say("I'd like to book a cleaning")
    answer = await talk.say("I'm eight and my name is Tim Miller")
    assert answer.startswith("I may only take details from somebody who is grown up.")
    assert talk.welcome.conversation.state.name is None


async def test_without_an_adult_the_team_calls_back(call, unit_of_work, scope):
    talk = await call()
    await talk.say("I'm eight")
    answer = await talk.say("my mom isn't home")
    assert "I have let the team know." in answer
    async with unit_of_work(scope, read_only=True) as uow:
        [message] = await Messages(uow).page(Messages(uow).all())
    assert message.body.read().startswith("A child called")
    assert message.callback_number.read() == CALLER


async def test_an_adult_who_comes_is_helped(call):
    talk = await call()
    await talk.say("I'm eight")
    answer = await talk.say("Hello, this is her mother, I'd like to book a cleaning")
    assert "What day and time would suit you?" in answer


async def test_a_guardian_books_and_the_relation_is_kept(call, unit_of_work, scope):
    talk = await call()
    await talk.say("I'd like to book a cleaning for my 8 year old daughter")
    for line in ("Tuesday at 2 pm please", "It's Anna Lopez", "yes please"):
        await talk.say(line)
    async with unit_of_work(scope, read_only=True) as uow:
        [visit] = await Appointments(uow).page(Appointments(uow).all())
    assert visit.notes.read() == "Booked by a guardian: for their child, aged 8."
