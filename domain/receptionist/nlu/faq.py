"""Which of a business's answers fits a question, or that none does.

Words, topics, sounds and, with an encoder, meaning speak for an entry; how much each counts was
learned by `bench/nlu/train_faq.py`, and stands in `faq.json`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from domain.receptionist.nlu.faq_signs import MEANING, WORDS, Matrix, Signs
from domain.receptionist.nlu.meaning import Embedder
from domain.receptionist.nlu.meaning import embedder as brought

# Below it "I don't know" is the better answer: written questions of businesses that nothing was
# learned from are answered rightly in 83 of 100 cases, wrongly in two.
NO_ANSWER = 0.3
_WEIGHTS = Path(__file__).with_name("faq.json")


@dataclass(frozen=True)
class Entry:
    """A question that the business has answered."""

    id: str
    question: str
    answer: str


@dataclass(frozen=True)
class Match:
    """An entry with its score, 0 to 1: how likely it answers the question."""

    entry: Entry
    score: float


@dataclass(frozen=True)
class Weighing:
    """How much each sign counts, and how much all must count together."""

    signs: Mapping[str, float]
    least: float

    def score(self, found: Matrix, columns: Sequence[str]) -> Matrix:
        """How likely each row's entry is the answer, 0 to 1."""
        weights = np.array([self.signs.get(column, 0.0) for column in columns], np.float32)
        scores: Matrix = 1 / (1 + np.exp(np.clip(self.least - found @ weights, -30, 30)))
        return scores


@cache
def load_weighing(kind: str, path: Path = _WEIGHTS) -> Weighing:
    """What was learned: `together` with an encoder, `alone` without."""
    learned = json.loads(path.read_text())[kind]
    return Weighing(learned["signs"], learned["least"])


class Knowledge:
    """A business's entries, indexed once and asked often."""

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        names: Sequence[str] = (),
        embedder: Embedder | None = None,
    ) -> None:
        """Index `entries`; `names` of the business carry no meaning and are ignored.

        Without an `embedder` it is the one that this process has, if it has one.
        """
        self.entries = tuple(entries)
        used = embedder or brought()
        self._columns = (*MEANING, *WORDS) if used else WORDS
        self._weighing = load_weighing("together" if used else "alone")
        pairs = [(entry.question, entry.answer) for entry in entries]
        self._signs = Signs(pairs, names, used) if pairs else None

    def search(self, question: str, limit: int = 3) -> tuple[Match, ...]:
        """The best entries, best first, whatever their score."""
        if self._signs is None:
            return ()
        scores = self._weighing.score(self._signs.of(question), self._columns)
        order = np.argsort(-scores, kind="stable")[:limit]
        return tuple(Match(self.entries[at], float(scores[at])) for at in order)

    def answer(self, question: str) -> Match | None:
        """The best entry, or None when nothing fits well enough to be said aloud."""
        best = self.search(question, limit=1)
        return best[0] if best and best[0].score >= NO_ANSWER else None
