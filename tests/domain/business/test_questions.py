"""The questions of an intake: branches, types and answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import business
from domain.business import versions
from domain.business.profile import Question, QuestionKind
from domain.business.questions import accept, applies, check_questions, next_question
from domain.errors import InvalidInput

PAIN = Question(key="pain", ask="Are you in pain?", kind=QuestionKind.YES_NO)
WHERE = Question(
    key="where",
    ask="Where does it hurt?",
    kind=QuestionKind.CHOICE,
    choices=("tooth", "gum"),
    only_if={"pain": "yes"},
)
SINCE = Question(key="since", ask="Since when?", kind=QuestionKind.DATE, only_if={"where": "tooth"})
INSURER = Question(key="insurer", ask="Who insures you?", required=False)
QUESTIONS = (PAIN, WHERE, SINCE, INSURER)


@pytest.mark.parametrize(
    ("answers", "next_key"),
    [
        ({}, "pain"),
        ({"pain": "yes"}, "where"),
        ({"pain": "no"}, "insurer"),
        ({"pain": "yes", "where": "gum"}, "insurer"),
        ({"pain": "yes", "where": "tooth"}, "since"),
        ({"pain": "no", "insurer": ""}, None),
    ],
)
def test_an_answer_leads_to_the_next_question(answers, next_key):
    question = next_question(QUESTIONS, answers)
    assert (question.key if question else None) == next_key


@given(st.data())
def test_every_walk_asks_what_applies_and_ends(data):
    possible = {"pain": ["yes", "no"], "where": ["tooth", "gum"]}
    answers = {}
    while question := next_question(QUESTIONS, answers):
        assert applies(question, answers)
        assert question.key not in answers
        answers[question.key] = data.draw(st.sampled_from(possible.get(question.key, ["x"])))
    assert {"pain", "insurer"} <= answers.keys()


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (QuestionKind.TEXT, " Delta ", "Delta"),
        (QuestionKind.YES_NO, "Yes", "yes"),
        (QuestionKind.DATE, "2026-11-16", "2026-11-16"),
        (QuestionKind.NUMBER, "1e3", "1000"),
        (QuestionKind.NUMBER, "2.50", "2.50"),
        (QuestionKind.PHONE, "(212) 555-0142", "+12125550142"),
        (QuestionKind.EMAIL, "anna@example.com", "anna@example.com"),
    ],
)
def test_an_answer_is_kept_in_one_form(kind, said, kept):
    assert accept(Question(key="q", ask="?", kind=kind), said, "US") == kept


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (QuestionKind.TEXT, ""),
        (QuestionKind.TEXT, "x" * 2001),
        (QuestionKind.YES_NO, "perhaps"),
        (QuestionKind.DATE, "next week"),
        (QuestionKind.NUMBER, "NaN"),
        (QuestionKind.NUMBER, "two"),
        (QuestionKind.PHONE, "none"),
        (QuestionKind.EMAIL, "anna at example"),
    ],
)
def test_an_answer_of_another_type_is_refused(kind, said):
    with pytest.raises(InvalidInput):
        accept(Question(key="q", ask="?", kind=kind), said, "US")


def test_a_choice_is_kept_as_it_is_written():
    assert accept(WHERE, "Tooth", "US") == "tooth"
    with pytest.raises(InvalidInput, match="tooth, gum"):
        accept(WHERE, "elbow", "US")


def test_what_is_not_required_may_stay_open():
    assert accept(INSURER, " ", "US") == ""


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("questions.0.key", [PAIN.model_copy(update={"key": " "})]),
        ("questions.1.key", [PAIN, PAIN]),
        ("questions.0.ask", [PAIN.model_copy(update={"ask": ""})]),
        ("questions.0.choices", [PAIN.model_copy(update={"choices": ("yes", "no")})]),
        ("questions.1.choices", [PAIN, WHERE.model_copy(update={"choices": ("tooth",)})]),
        ("questions.1.choices", [PAIN, WHERE.model_copy(update={"choices": ("gum", "gum")})]),
        ("questions.0.onlyIf", [WHERE, PAIN]),
        ("questions.1.onlyIf", [PAIN, WHERE.model_copy(update={"only_if": {"pain": "a bit"}})]),
    ],
)
def test_questions_nobody_can_answer_are_refused(path, questions):
    with pytest.raises(InvalidInput) as refused:
        check_questions(questions)
    assert refused.value.problems[0].path == path


async def test_an_intake_is_in_the_profile_while_it_is_active(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        intake = await business.add_intake(uow, "New patient", QUESTIONS)
        assert (await versions.profile(uow)).intakes[0].questions == QUESTIONS
        await business.change_intake(uow, intake.id, active=False)
        assert (await versions.profile(uow)).intakes == ()


async def test_an_intake_with_a_broken_branch_is_refused(unit_of_work, scope):
    with pytest.raises(InvalidInput):
        async with unit_of_work(scope) as uow:
            await business.add_intake(uow, "New patient", [WHERE])
