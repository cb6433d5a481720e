"""What speaks for each entry of a business, seen from a question: a row an entry."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from domain.receptionist.nlu.bm25 import Bm25
from domain.receptionist.nlu.faq_text import (
    bare,
    common_words,
    concepts,
    stems_of,
    tail,
    terms,
    without,
    words,
)
from domain.receptionist.nlu.likeness import Likeness, letters, sounds
from domain.receptionist.nlu.meaning import Embedder

Matrix = npt.NDArray[np.float32]
Pair = tuple[str, str]
# The columns, in their order. Those of the first group need an encoder.
MEANING = ("meaning", "meaning_bare", "meaning_answer")
WORDS = ("words", "topics", "sounds", "sounds_tail", "letters")


class Signs:
    """The entries of a business as (question, answer), indexed once and asked often."""

    def __init__(
        self, pairs: Sequence[Pair], names: Sequence[str], embedder: Embedder | None
    ) -> None:
        """`names` of the business carry no meaning; without `embedder` words decide alone."""
        self._ignored = stems_of(names)
        said = [f"{question} {answer}" for question, answer in pairs]
        self._common = common_words(said) | {word for name in names for word in words(name)}
        self._bare = [(self._plain(question), self._plain(answer)) for question, answer in pairs]
        self._bm25 = Bm25(pairs, self._terms)
        self._topics = _Topics(self._bare)
        questions = [question for question, _ in self._bare]
        self._sounds = Likeness([sounds(text) for text in questions])
        self._letters = Likeness([letters(text) for text in questions])
        self._meaning = _Meaning(pairs, self._bare, embedder) if embedder and pairs else None

    def of(self, question: str) -> Matrix:
        """The columns of `WORDS`, after those of `MEANING` where there is an encoder."""
        short, last = self._plain(bare(question)), self._plain(tail(question))
        columns = [
            self._bm25.of(question),
            self._topics.of(question),
            self._sounds.of(sounds(short)),
            self._sounds.of(sounds(last)),
            self._letters.of(letters(short)),
        ]
        found = np.array(columns, np.float32).T
        if self._meaning is None:
            return found
        return np.hstack([self._meaning.of(question, short), found])

    def _terms(self, text: str) -> list[str]:
        return [term for term in terms(text) if term not in self._ignored]

    def _plain(self, text: str) -> str:
        return without(text, self._common)


class _Topics:
    """Which of a question's topics an entry is about, and no others; the rare ones count more."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._questions = [set(concepts(question)) for question, _ in pairs]
        self._seen = Counter(
            topic for question, answer in pairs for topic in set(concepts(f"{question} {answer}"))
        )

    def of(self, question: str) -> list[float]:
        """Of all topics of the question and an entry, the share that both have."""
        asked = set(concepts(question))
        return [
            self._weight(asked & own) / (self._weight(asked | own) or 1.0)
            for own in self._questions
        ]

    def _weight(self, topics: set[str]) -> float:
        total = len(self._questions)
        return sum(
            math.log(1 + (total - self._seen[topic] + 0.5) / (self._seen[topic] + 0.5))
            for topic in topics
        )


class _Meaning:
    """Cosines with the question of an entry, and with question and answer; the better counts."""

    def __init__(
        self, pairs: Sequence[Pair], bare_pairs: Sequence[Pair], embedder: Embedder
    ) -> None:
        self._embedder = embedder
        self._whole = self._vectors(pairs)
        self._bare = self._vectors(bare_pairs)
        self._answers = embedder.embed([answer or question for question, answer in bare_pairs])

    def of(self, question: str, short: str) -> Matrix:
        """As asked, without what all entries say, and by the answers."""
        asked, plain = self._embedder.embed([question, short])
        columns: Matrix = np.array(
            [
                _better(self._whole, asked),
                _better(self._bare, plain),
                self._answers @ plain,
            ],
            np.float32,
        ).T
        return columns

    def _vectors(self, pairs: Sequence[Pair]) -> Matrix:
        questions = self._embedder.embed([question for question, _ in pairs])
        whole = self._embedder.embed([f"{question} {answer}" for question, answer in pairs])
        return np.stack([questions, whole])


def _better(vectors: Matrix, asked: Matrix) -> Matrix:
    best: Matrix = np.max(vectors @ asked, axis=0)
    return best
