"""What people look for, understood and checked against texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.search.forms import forms
from domain.search.question import LONGEST, Beginning, Phrase, Stem, ask
from domain.search.words import Text

SAID = "Hello, the kitchen sink is leaking and the front door sticks. Señora Müller, flat 12B."


def found(query, text=SAID, language="en"):
    return [text[start:end] for start, end in ask(query).spans(Text.of(text, language))]


def test_words_phrases_and_beginnings_are_told_apart():
    parts = ask('leaks "front door" plumb* 555-0142').parts
    assert parts == (
        Stem("leaks"),
        Phrase(("front", "door")),
        Beginning("plumb"),
        Phrase(("555", "0142")),
    )


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("LEAKS", ["leaking"]),
        ("leaks sinks", ["sink", "leaking"]),
        ('"front door"', ["front door"]),
        ('"door front"', []),
        ('"leak"', []),
        ('"leaking"', ["leaking"]),
        ("kitch*", ["kitchen"]),
        ("senora muller", ["Señora", "Müller"]),
        ("leak garden", []),
        ("12b", ["12B"]),
    ],
)
def test_what_is_looked_for_is_found_where_it_stands(query, where):
    assert found(query) == where


def test_a_phrase_may_stand_in_a_text_twice():
    assert found('"call me"', "Call me, call me!") == ["Call me", "call me"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "EMPTY"),
        ("   ", "EMPTY"),
        ('""', "EMPTY"),
        ("!? *", "EMPTY"),
        ("a", "EMPTY"),
        ("plu*", "TOO_SHORT"),
        ("1234*", "TOO_SHORT"),
        ("w" * (LONGEST + 1), "TOO_LONG"),
        ("one two three four five six seven eight nine", "TOO_MANY_WORDS"),
        ('"' + "so " * 17 + '"', "TOO_MANY_WORDS"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(query, code):
    with pytest.raises(InvalidInput) as refused:
        ask(query)
    assert [(each.path, each.code) for each in refused.value.problems] == [("query", code)]


def test_a_letter_beside_a_word_is_left_out():
    assert ask("a leak").parts == (Stem("leak"),)


WORDS = st.lists(st.text("abcdeé çñß1", min_size=1, max_size=12), min_size=1, max_size=8)


@given(words=WORDS, language=st.sampled_from(["en", "es", "de", "xx"]))
def test_whatever_a_text_says_is_indexed_by_what_it_is_asked_with(words, language):
    """Nothing that the check would accept is missed by the index."""
    said = Text.of(" ".join(words), language)
    indexed = forms(said)
    for query in (" ".join(words[:1]), f'"{" ".join(words)}"'):
        try:
            question = ask(query)
        except InvalidInput:
            continue
        if question.spans(said):
            assert all(group & indexed for group in question.wanted())
