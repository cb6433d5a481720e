"""Gates on labelled sentences: answers to the question for consent, refusals, and what we are."""

from pathlib import Path

import pytest

from domain.receptionist.nlu.agreement import answer_about_recording, refuses_recording
from domain.receptionist.nlu.nature import asks_what_we_are

DATA = Path(__file__).parents[3] / "data" / "consent"
ANSWERS = {"yes": "yes", "no": "no", "repeat": "repeat", "unclear": "unsure"}


def rows(name):
    lines = (DATA / f"{name}.tsv").read_text().splitlines()
    return [tuple(line.split("\t")) for line in lines]


@pytest.mark.law("L10")
def test_every_question_about_our_nature_is_heard():
    wrong = [
        text for label, _, text in rows("nature") if asks_what_we_are(text) is not (label == "ask")
    ]
    assert wrong == []


@pytest.mark.law("L10")
def test_the_question_is_known_in_eight_languages():
    assert {language for label, language, _ in rows("nature") if label == "ask"} == {
        *("de", "en", "es", "fr", "it", "nl", "pl", "pt")
    }


@pytest.mark.law("L04")
def test_every_answer_is_understood():
    wrong = {
        text: (label, answer_about_recording(text).value)
        for label, text in rows("answers")
        if answer_about_recording(text).value != ANSWERS[label]
    }
    assert wrong == {}


@pytest.mark.law("L04")
def test_every_refusal_is_heard_and_nothing_else():
    wrong = [
        text
        for label, text in rows("refusals")
        if refuses_recording(text) is not (label == "refuses")
    ]
    assert wrong == []


@pytest.mark.parametrize("text", ["", "   ", "?!", "🙂", "yes " * 400, "no " * 400, "a" * 5000])
def test_strange_words_are_no_yes_by_accident(text):
    expected = {"y": "yes", "n": "no"}.get(text[:1], "unsure")
    assert answer_about_recording(text).value == expected
    assert not refuses_recording(text)
    assert not asks_what_we_are(text)
