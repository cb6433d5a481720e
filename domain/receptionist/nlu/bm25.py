"""BM25 over stems and topics: which share of a question's rare words an entry has."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
# A question's wording is worth more than its answer's; lengths of entries matter little.
_QUESTION_WEIGHT, _SATURATION, _LENGTH = 2.0, 1.2, 0.3
# A topic recognised by its synonyms says more than one shared word.
_CONCEPT_WEIGHT, _UNKNOWN_WEIGHT = 2.0, 0.2


class Bm25:
    """Pairs of question and answer, indexed once; `terms` cuts a text into its terms."""

    def __init__(self, pairs: Sequence[tuple[str, str]], terms: Callable[[str], list[str]]) -> None:
        self._terms = terms
        self._counts = [self._weighted_counts(*pair) for pair in pairs]
        self._frequency = Counter(term for counts in self._counts for term in counts)
        total = sum(sum(counts.values()) for counts in self._counts)
        self._mean_length = total / max(1, len(self._counts))

    def of(self, question: str) -> Scores:
        """The share of the question that each pair explains, 0 to 1."""
        asked = set(self._terms(question))
        most = sum(self.weight(term) * (1 + _SATURATION) for term in asked)
        return np.array(
            [self._score(asked, counts) / max(most, 1e-9) for counts in self._counts], np.float32
        )

    def weight(self, term: str) -> float:
        """What a term of the question counts; chatter that no entry holds counts little."""
        if term.startswith("<"):
            return _CONCEPT_WEIGHT * self._rarity(term)
        return self._rarity(term) * (1.0 if term in self._frequency else _UNKNOWN_WEIGHT)

    def _weighted_counts(self, question: str, answer: str) -> dict[str, float]:
        counts: dict[str, float] = defaultdict(float)
        for text, weight in ((question, _QUESTION_WEIGHT), (answer, 1.0)):
            for term in self._terms(text):
                counts[term] += weight
        return counts

    def _score(self, asked: set[str], counts: dict[str, float]) -> float:
        length = 1 - _LENGTH + _LENGTH * sum(counts.values()) / self._mean_length
        return sum(
            self.weight(term)
            * counts[term]
            * (1 + _SATURATION)
            / (counts[term] + _SATURATION * length)
            for term in asked
            if term in counts
        )

    def _rarity(self, term: str) -> float:
        """Inverse document frequency; a term of no entry weighs what a term of one does."""
        seen = self._frequency.get(term, 1)
        return math.log(1 + (len(self._counts) - seen + 0.5) / (seen + 0.5))
