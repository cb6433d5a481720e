"""The business's own questions."""

import pytest

from domain import business
from domain.business.profile import Question, QuestionKind
from domain.conversations.repository import IntakeAnswers

QUESTIONS = [
    Question(key="insured", ask="Do you have dental insurance?", kind=QuestionKind.YES_NO),
    Question(
        key="insurer",
        ask="Who is it with: Delta or Cigna?",
        kind=QuestionKind.CHOICE,
        choices=("Delta", "Cigna"),
        only_if={"insured": "yes"},
    ),
    Question(key="heard", ask="How did you hear of us?", required=False),
]


@pytest.fixture
async def asking(unit_of_work, scope, practice):
    async with unit_of_work(scope) as uow:
        await business.add_intake(uow, "New patients", QUESTIONS)


async def booked(talk):
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    return await talk.say("yes please")


async def answers(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        rows = await IntakeAnswers(uow).page(IntakeAnswers(uow).all().order_by("id"))
    return {row.question: row.answer.read() for row in rows}


@pytest.mark.usefixtures("asking")
async def test_questions_come_after_the_booking(call):
    talk = await call()
    answer = await booked(talk)
    assert answer.startswith("You are booked for a cleaning tomorrow at 2 PM.")
    assert answer.endswith("Do you have dental insurance?")


@pytest.mark.usefixtures("asking")
async def test_a_branch_is_followed_and_every_answer_kept(call, unit_of_work, scope):
    talk = await call()
    await booked(talk)
    assert (await talk.say("yes I do")) == "Who is it with: Delta or Cigna?"
    assert (await talk.say("with Cigna")) == "How did you hear of us?"
    # Recognisers write a full stop that nobody said.
    done = await talk.say("A friend told me.")
    assert done == "Thank you. Is there anything else I can do for you?"
    assert await answers(unit_of_work, scope) == {
        "insured": "yes",
        "insurer": "Cigna",
        "heard": "A friend told me",
    }


@pytest.mark.usefixtures("asking")
async def test_a_hang_up_keeps_the_answers_so_far(call, unit_of_work, scope):
    talk = await call()
    await booked(talk)
    await talk.say("no")
    await talk.hang_up()
    assert await answers(unit_of_work, scope) == {"insured": "no"}


@pytest.mark.usefixtures("asking")
async def test_who_does_not_answer_is_left_in_peace(call):
    talk = await call()
    await booked(talk)
    await talk.say("well hmm")
    assert "anything else" in await talk.say("hmm well")


@pytest.mark.usefixtures("asking")
async def test_an_emergency_is_never_followed_by_questions(call):
    talk = await call()
    assert "insurance" not in await talk.say("my father collapsed and he is not breathing")
