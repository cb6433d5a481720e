"""The part of a text that shows what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search.question import ask
from domain.search.snippets import WIDTH, cut
from domain.search.words import Text

LONG = "word " * 60 + "a leak in the kitchen " + "word " * 60


def snippet(text, query):
    return cut(text, ask(query).spans(Text.of(text, "en")))


def test_a_short_text_is_shown_whole():
    shown = snippet("A leak in the kitchen", "kitchen leak")
    assert shown.text == "A leak in the kitchen"
    assert shown.spans == ((2, 6), (14, 21))


def test_a_long_text_is_cut_between_words():
    shown = snippet(LONG, "leak")
    assert len(shown.text) <= WIDTH
    assert set(shown.text.split()) == {"word", "a", "leak", "in", "the", "kitchen"}
    assert [shown.text[start:end] for start, end in shown.spans] == ["leak"]


def test_what_lies_outside_is_not_marked():
    assert snippet("leak " + "word " * 60 + "leak", "leak").spans == ((0, 4),)


@pytest.mark.parametrize("text", ["x" * 500 + " leak", "leak " + "x" * 500, "é" * 300 + " leak"])
def test_words_without_end_are_cut_too(text):
    shown = snippet(text, "leak")
    assert [shown.text[start:end] for start, end in shown.spans] == ["leak"]
    assert len(shown.text) <= WIDTH + 4


@given(before=st.text("ab \n", max_size=300), after=st.text("ab \n", max_size=300))
def test_the_marks_are_always_on_the_words(before, after):
    shown = snippet(f"{before} leak {after}", "leak")
    assert shown.spans
    assert all(shown.text[start:end] == "leak" for start, end in shown.spans)
