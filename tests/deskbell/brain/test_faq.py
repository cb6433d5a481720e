from typing import Any

from deskbell.brain import faq

FAQS = {
    "1": {"q": "Is there parking?", "a": "Yes, behind the building."},
    "2": {"q": "May I bring my dog?", "a": "Only guide dogs, please."},
    "3": {"q": "How can I pay?", "a": "By card or cash."},
    "4": {"q": "Which languages do you speak?", "a": "English and Spanish."},
}


def line(question: str, gold: str, *, spoken: bool = False) -> dict[str, Any]:
    return {"question": question, "faqs": FAQS, "gold": gold, "spoken_asr": spoken, "source": "us"}


LINES = [
    line("is there a garage for my car", "1"),
    line("are pets allowed", "2"),
    # Labelled otherwise than it is understood.
    line("do you accept visa", "4"),
    line("uh do you know if i can bring a dog", "2", spoken=True),
]


def test_recall_is_told_by_how_it_was_asked() -> None:
    told = faq.measure(LINES)

    assert (told.written["lines"], told.spoken["lines"]) == (3, 1)
    assert told.written["recall_at_1"] == 0.6667
    assert told.spoken["recall_at_1"] == 1.0
    assert told.sources["us"]["recall_at_1"] == 0.75


def test_wrong_answers_are_told_apart_from_none() -> None:
    told = faq.measure(LINES)

    assert told.written["answered_wrongly"] == 0.3333
    assert told.written["answered_rightly"] == 0.6667


def test_a_question_without_its_entry_is_not_answered() -> None:
    told = faq.measure([line("do you speak french", "4")])

    assert told.written["answered_though_unknown"] == 0.0


def test_no_questions_have_no_figures() -> None:
    assert faq.measure([]).spoken["recall_at_1"] is None
