"""The business's own questions, asked once the caller has what they wanted.

Each answer is kept at once, so that a hang-up loses none of those before it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from domain.business.profile import Question, QuestionKind
from domain.business.questions import accept
from domain.errors import InvalidInput
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, Heard, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.matching import find_named
from domain.receptionist.questions import ask, intake_question
from domain.receptionist.state import Answered, Asked, Goal, State

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def begin(decision: Decision, briefing: Briefing, at: datetime) -> Decision | None:
    """Ask the first question in the place of "anything else?"; None if there is none."""
    if intake_question(decision.state, briefing) is None:
        return None
    asking = decision.state.pursuing(Goal.INTAKE).to(asked=Asked.INTAKE)
    said = tuple(move for move in decision.moves if move != Utter("anything_else"))
    return Decision(asking, (*said, Utter("a_few_questions"), ask(asking, briefing, at)))


def step(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """Keep the answer; a question that is not answered twice in a row ends the asking."""
    waiting = intake_question(state, briefing)
    assert waiting is not None
    intake, question = waiting
    try:
        answer = accept(question, answer_in(question, heard), briefing.profile.region)
    except InvalidInput:
        return _end(state) if state.misunderstood else None
    arguments = {"intake_id": str(intake.id), "question": question.key, "answer": answer}
    return Decision(state.to(waiting_for="keep_answer"), (UseTool("keep_answer", arguments),))


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Ask the next question, or come to the end."""
    if answer.error:
        return _end(state)
    told = answer.result
    kept = Answered(UUID(told["intake_id"]), told["question"], told["answer"])
    state = state.to(answers=(*state.answers, kept))
    if intake_question(state, briefing) is None:
        return _end(state, Utter("thank_you"))
    return Decision(state, (ask(state, briefing, answer.at),))


def _end(state: State, *moves: Utter) -> Decision:
    return Decision.done(state.to(intake_over=True), *moves)


def answer_in(question: Question, heard: Understanding) -> str:
    """What was said, in the form the question wants; "" where it was not said."""
    if question.kind is QuestionKind.CHOICE:
        chosen = find_named(heard.text, question.choices)
        return (chosen.only or "") if chosen else ""
    if question.kind is QuestionKind.TEXT:
        declines = _confirmation(heard) is Answer.NO and not question.required
        # Recognisers end every answer with a full stop.
        return "" if declines else heard.text.strip().rstrip(".").rstrip()
    return READERS[question.kind](heard)


def _confirmation(heard: Understanding) -> Answer | None:
    return heard.confirmation.answer if heard.confirmation else None


def _yes_or_no(heard: Understanding) -> str:
    return {Answer.YES: "yes", Answer.NO: "no"}.get(_confirmation(heard) or Answer.UNSURE, "")


def _date(heard: Understanding) -> str:
    days = [moment.day for moment in heard.moments if moment.day is not None]
    return days[0].first.isoformat() if days else ""


def _email(heard: Understanding) -> str:
    return heard.email.address if heard.email else ""


def _number(heard: Understanding) -> str:
    found = NUMBER.search(hear(heard.text).text)
    return found.group() if found else ""


def _phone(heard: Understanding) -> str:
    return (heard.phone.e164 or "") if heard.phone else ""


READERS: Mapping[QuestionKind, Callable[[Understanding], str]] = {
    QuestionKind.DATE: _date,
    QuestionKind.EMAIL: _email,
    QuestionKind.NUMBER: _number,
    QuestionKind.PHONE: _phone,
    QuestionKind.YES_NO: _yes_or_no,
}
