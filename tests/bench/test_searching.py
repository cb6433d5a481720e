"""What the search bench asks, and what is said there."""

from collections import Counter
from random import Random

import pytest

from bench.search.compare import KINDS, questions
from bench.search.seed import SPEECH
from bench.search.speech import VOCABULARY
from domain import search
from domain.search.words import Text


def test_the_same_is_said_in_every_run():
    assert SPEECH.turns("a name", 3) == SPEECH.turns("a name", 3)
    assert SPEECH.turns("a name", 3) != SPEECH.turns("another", 3)


def test_words_are_as_common_as_in_a_language():
    said = Counter(word for turn in SPEECH.turns("much", 2000) for word in turn.split())
    assert len(set(SPEECH.words)) == VOCABULARY
    first, tenth = said[SPEECH.words[0]], said[SPEECH.words[9]]
    assert 6 < first / tenth < 15


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_asked_can_be_asked(kind):
    chance = Random(kind)
    for _ in range(50):
        assert search.ask(questions(kind, chance).ours).parts


def test_what_is_common_is_found_in_what_is_said():
    turns = [Text.of(turn, "en") for turn in SPEECH.turns("much", 200)]
    asked = search.ask(questions("common", Random(1)).ours)
    assert sum(bool(asked.spans(turn)) for turn in turns) > 10
