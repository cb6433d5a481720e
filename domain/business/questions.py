"""The questions of an intake: which one comes next, and what answers it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from domain.business.profile import Question, QuestionKind
from domain.errors import InvalidInput
from domain.phone import normalise

YES_NO = ("yes", "no")
FEWEST_CHOICES = 2
LONGEST_ANSWER = 2_000


def next_question(questions: Sequence[Question], answers: Mapping[str, str]) -> Question | None:
    """The first question that applies and is not answered yet; None when all are."""
    for question in questions:
        if question.key not in answers and applies(question, answers):
            return question
    return None


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether a question is to be asked, as earlier answers stand."""
    return all(answers.get(key) == wanted for key, wanted in question.only_if.items())


def check_questions(questions: Sequence[Question]) -> None:
    """Raise `InvalidInput` unless every question can be asked, answered and reached."""
    earlier: dict[str, Question] = {}
    for number, question in enumerate(questions):
        path = f"questions.{number}"
        if not question.key.strip() or question.key in earlier:
            raise InvalidInput.at(f"{path}.key", "Every question needs a key of its own")
        if not question.ask.strip():
            raise InvalidInput.at(f"{path}.ask", "There is nothing to ask")
        _check_choices(question, path)
        _check_branch(question, earlier, path)
        earlier[question.key] = question


def _check_choices(question: Question, path: str) -> None:
    choice = question.kind is QuestionKind.CHOICE
    distinct = len(set(question.choices)) == len(question.choices)
    if choice and (len(question.choices) < FEWEST_CHOICES or not distinct):
        raise InvalidInput.at(f"{path}.choices", "Name at least two different choices")
    if not choice and question.choices:
        raise InvalidInput.at(f"{path}.choices", "Only a question of kind choice has choices")


def _check_branch(question: Question, earlier: Mapping[str, Question], path: str) -> None:
    for key, wanted in question.only_if.items():
        if key not in earlier:
            raise InvalidInput.at(f"{path}.onlyIf", f"No earlier question has the key {key!r}")
        possible = _answers_of(earlier[key])
        if possible and wanted not in possible:
            raise InvalidInput.at(f"{path}.onlyIf", f"{wanted!r} is no answer to {key!r}")


def _answers_of(question: Question) -> Sequence[str]:
    if question.kind is QuestionKind.YES_NO:
        return YES_NO
    return question.choices


def accept(question: Question, answer: str, region: str) -> str:
    """The answer in the form in which it is kept. Raises `InvalidInput`.

    Dates as ISO 8601, telephone numbers as E.164, numbers as plain decimals, `yes` or `no`;
    an empty answer is accepted where the question is not required.
    """
    answer = answer.strip()
    if not answer and not question.required:
        return ""
    if not 0 < len(answer) <= LONGEST_ANSWER:
        raise InvalidInput.at(question.key, f"Use 1 to {LONGEST_ANSWER} characters")
    if question.kind is QuestionKind.PHONE:
        return normalise(answer, region)
    if question.kind in {QuestionKind.CHOICE, QuestionKind.YES_NO}:
        return _choice(question, answer)
    return _READERS[question.kind](question.key, answer)


def _choice(question: Question, answer: str) -> str:
    possible = {choice.casefold(): choice for choice in _answers_of(question)}
    if answer.casefold() not in possible:
        raise InvalidInput.at(question.key, f"Choose one of {', '.join(possible.values())}")
    return possible[answer.casefold()]


def _date(key: str, answer: str) -> str:
    try:
        return date.fromisoformat(answer).isoformat()
    except ValueError as problem:
        raise InvalidInput.at(key, f"{answer!r} is not a date") from problem


def _number(key: str, answer: str) -> str:
    try:
        number = Decimal(answer)
    except InvalidOperation as problem:
        raise InvalidInput.at(key, f"{answer!r} is not a number") from problem
    if not number.is_finite():
        raise InvalidInput.at(key, f"{answer!r} is not a number")
    return f"{number:f}"


def _email(key: str, answer: str) -> str:
    before, at, after = answer.partition("@")
    if not (before and at and "." in after):
        raise InvalidInput.at(key, f"{answer!r} is not an e-mail address")
    return answer


def _text(key: str, answer: str) -> str:
    return answer


_READERS: Mapping[QuestionKind, Callable[[str, str], str]] = {
    QuestionKind.DATE: _date,
    QuestionKind.EMAIL: _email,
    QuestionKind.NUMBER: _number,
    QuestionKind.TEXT: _text,
}
