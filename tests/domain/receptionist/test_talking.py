"""Everything else that callers say."""

import pytest

from domain.conversations.acts import Say
from domain.conversations.repository import Turns
from domain.messages.repository import Messages
from domain.receptionist.ports import Transcript
from tests.domain.receptionist.conftest import CALLER


async def messages(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await Messages(uow).page(Messages(uow).all())


async def test_the_first_words_say_who_answers_and_cannot_be_cut(call):
    talk = await call()
    first = talk.acts[0]
    assert first.text.startswith("Thank you for calling")
    assert "A.I. assistant" in first.text
    assert "recorded" in first.text
    assert not first.interruptible


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what are your hours?", "We are open Monday to Friday from 9 AM to 5 PM."),
        ("are you open on Saturday?", "We are closed on Saturday, November 21."),
        ("how much is a cleaning?", "A cleaning is $120."),
        ("do you take insurance?", "We take Delta Dental and Cigna."),
        ("is there parking?", "There is free parking behind the building."),
    ],
)
@pytest.mark.promise("P040")
async def test_questions_are_answered_from_what_the_business_said(call, question, answer):
    talk = await call()
    assert (await talk.say(question)).startswith(answer)


async def test_a_question_in_the_middle_does_not_lose_the_thread(call):
    talk = await call()
    await talk.say("I'd like to book a cleaning")
    answer = await talk.say("do you take insurance?")
    assert answer == "We take Delta Dental and Cigna. What day and time would suit you?"


async def test_a_message_is_passed_on(call, unit_of_work, scope):
    talk = await call()
    assert await talk.say("can I leave a message") == "What would you like me to pass on?"
    await talk.say("please tell the doctor that I lost the papers and need a call back")
    answer = await talk.say("Anna Lopez")
    assert answer.startswith("Thank you, I have passed that on.")
    [message] = await messages(unit_of_work, scope)
    assert "papers" in message.body.read()
    assert message.callback_number.read() == CALLER


@pytest.mark.promise("P036")
@pytest.mark.law("L48")
async def test_an_emergency_gets_the_script_at_once(call, unit_of_work, scope):
    talk = await call()
    await talk.say("I'd like to book a cleaning")
    answer = await talk.say("my father just collapsed and he is not breathing")
    assert answer.startswith("This sounds like an emergency. Please hang up now and dial 911.")
    [message] = await messages(unit_of_work, scope)
    assert message.priority == "emergency"


async def test_what_is_urgent_is_reported_and_booked(call, unit_of_work, scope):
    talk = await call()
    answer = await talk.say("my tooth got knocked out and I need an appointment")
    assert answer.startswith("That sounds urgent. I have let the team know.")
    [message] = await messages(unit_of_work, scope)
    assert message.priority == "high"
    assert "What would you like to come in for?" in answer


@pytest.mark.law("L10")
async def test_asked_whether_it_is_a_person_it_tells_the_truth(call):
    talk = await call()
    assert (await talk.say("am I talking to a real person?")).startswith("I am an A.I. assistant")


async def test_without_anybody_to_transfer_to_a_message_is_taken(call):
    talk = await call()
    answer = await talk.say("can I speak to a human please")
    assert answer.startswith("Nobody can take your call right now.")


async def test_three_misunderstandings_lead_to_a_message(call):
    talk = await call()
    for _ in range(2):
        assert (await talk.say("florp grumble")).startswith("I am sorry, I did not catch that.")
    assert "Let me take a message" in await talk.say("florp grumble")


async def test_a_goodbye_ends_the_conversation(call):
    talk = await call()
    await talk.say("what are your hours?")
    assert (await talk.say("no thank you, goodbye")).startswith("Thank you for calling")
    assert talk.ended


async def test_silence_is_answered_twice_then_ended(call):
    talk = await call()
    for times in (1, 2, 3):
        talk.acts += [act async for act in talk.welcome.conversation.silent(times)]
    assert talk.ended


async def test_a_stall_ends_in_a_message_without_any_tool(call, unit_of_work, scope):
    talk = await call()
    await talk.say("I'd like to book a cleaning")
    acts = [act async for act in talk.welcome.conversation.stalled(1)]
    assert "trouble" in acts[0].text
    async with unit_of_work(scope) as uow:
        names = await uow.connection.execute_query_dict("SELECT name FROM outbox")
    assert {"name": "conversation.stalled"} in names


async def test_an_unbacked_claim_is_blocked(call):
    talk = await call()
    conversation = talk.welcome.conversation
    said = conversation._say("booked", {"service": "a cleaning", "slot": "tomorrow"})
    assert isinstance(said, Say)
    assert "booked" not in said.text


async def test_a_caller_who_goes_on_is_heard_as_one(call):
    talk = await call()
    conversation = talk.welcome.conversation
    await talk.say("I'd like to book a cleaning")
    await talk.say("tomorrow")
    before = conversation.state
    await talk.say("tomorrow at 2 pm")
    assert conversation.state.frame.wanted.at.hour == 14
    assert before.frame.wanted.at is None


async def stored(talk, unit_of_work, scope):
    """What is in the database, once the journal has written."""
    await talk.welcome.conversation._journal.flush()
    async with unit_of_work(scope) as uow:
        turns = await Turns(uow).of(talk.welcome.conversation.id)
    return [turn.text.read() for turn in turns]


async def test_an_answer_that_was_heard_out_is_stored(call, unit_of_work, scope):
    talk = await call()
    await talk.welcome.conversation.heard_out()
    assert len(await stored(talk, unit_of_work, scope)) == 1
    answer = await talk.say("how much is a cleaning?")
    assert len(await stored(talk, unit_of_work, scope)) == 1
    await talk.welcome.conversation.heard_out()
    turns = await stored(talk, unit_of_work, scope)
    assert turns[1:] == ["how much is a cleaning?", answer]


async def test_what_was_answered_to_its_end_is_not_taken_back(call, unit_of_work, scope):
    talk = await call()
    await talk.say("I'd like to book a cleaning")
    await talk.say("tomorrow")
    await talk.welcome.conversation.heard_out()
    await talk.say("tomorrow at 2 pm")
    assert talk.welcome.conversation.state.frame.wanted.at.hour == 14
    await talk.hang_up()
    turns = await stored(talk, unit_of_work, scope)
    assert [text for text in turns if text.startswith("tomorrow")] == [
        "tomorrow",
        "tomorrow at 2 pm",
    ]


async def test_the_beginning_of_a_card_waits_until_the_caller_goes_on(call, unit_of_work, scope):
    talk = await call()
    await talk.welcome.conversation.heard_out()
    await talk.say("it is 4242 4242")
    await talk.welcome.conversation.heard_out()
    assert len(await stored(talk, unit_of_work, scope)) == 1


async def test_an_interrupted_answer_keeps_what_was_heard(call, unit_of_work, scope):
    talk = await call()
    await talk.say("what are your hours?")
    await talk.welcome.conversation.heard("We are open Monday")
    await talk.hang_up()
    async with unit_of_work(scope) as uow:
        turns = await Turns(uow).of(talk.welcome.conversation.id)
    assert (turns[-1].text.read(), turns[-1].interrupted) == ("We are open Monday", True)


async def test_a_hang_up_in_the_middle_of_a_tool_loses_nothing(call, unit_of_work, scope):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    reply = talk.welcome.conversation.hear(Transcript("yes"), offset_ms=0)
    await anext(reply)
    await reply.aclose()
    await talk.hang_up()
    async with unit_of_work(scope) as uow:
        rows = await uow.connection.execute_query_dict("SELECT status FROM appointment")
    assert rows == [{"status": "confirmed"}]
