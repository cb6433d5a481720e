import pytest

from domain.receptionist.nlu.confirmation import Answer, find_confirmation
from domain.receptionist.nlu.heard import hear


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes please", Answer.YES),
        ("yeah, that works", Answer.YES),
        ("sounds good", Answer.YES),
        ("no problem, book it", Answer.YES),
        ("why not", Answer.YES),
        ("no, that's fine", Answer.YES),
        ("nope", Answer.NO),
        ("that's not right", Answer.NO),
        ("no, thank you", Answer.NO),
        ("absolutely not", Answer.NO),
        ("that doesn't work for me", Answer.NO),
        ("I'm not sure", Answer.UNSURE),
        ("I have no idea", Answer.UNSURE),
        ("I don't remember", Answer.UNSURE),
        ("sorry, could you say that again", Answer.REPEAT),
        ("pardon?", Answer.REPEAT),
        ("I didn't catch that", Answer.REPEAT),
        ("actually, make it Tuesday", Answer.CHANGE),
        ("wait, I meant three o'clock", Answer.CHANGE),
        ("I changed my mind", Answer.CHANGE),
        ("can we make it four instead", Answer.CHANGE),
    ],
)
def test_an_answer_is_told(text: str, answer: Answer) -> None:
    found = find_confirmation(hear(text))

    assert found is not None
    assert found.answer is answer


@pytest.mark.parametrize(
    "text", ["my name is Ben", "next Tuesday at three", "do you take insurance", "555 1234"]
)
def test_information_is_no_answer(text: str) -> None:
    assert find_confirmation(hear(text)) is None


def test_the_telling_words_are_pointed_at() -> None:
    text = "Well, I have NO IDEA"

    found = find_confirmation(hear(text))

    assert found is not None
    assert text[found.span.start : found.span.end] == "NO IDEA"
