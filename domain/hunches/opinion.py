"""How likely something is, by the words that stand there and, with an encoder, their meaning."""

from dataclasses import dataclass
from math import exp
from pathlib import Path

from domain.hunches.grams import Features
from domain.hunches.layered import load_layered
from domain.hunches.linear import load
from domain.hunches.meaning import encoded


@dataclass(frozen=True)
class Bounds:
    """From where on it counts though the rules are silent, and below what they are not believed."""

    believed: float
    disbelieved: float


@dataclass(frozen=True)
class Opinion:
    """A likelihood between 0 and 1, and what follows from it."""

    likelihood: float
    bounds: Bounds

    @property
    def believed(self) -> bool:
        """Whether it counts where the rules are silent."""
        return self.likelihood >= self.bounds.believed

    @property
    def disbelieved(self) -> bool:
        """Whether rules that found something are not believed."""
        return self.likelihood < self.bounds.disbelieved


@dataclass(frozen=True)
class Judge:
    """One question, the weights that answer it, and how sure the answer must be."""

    label: str
    words: Path
    meaning: Path
    alone: Bounds
    """Where there is no encoder."""
    together: Bounds

    def opinion(self, text: str, read: Features) -> Opinion:
        """What to think of `text`, whose words are `read`."""
        score = load(self.words).score(self.label, read)
        vector = encoded(text)
        if vector is None:
            return Opinion(_likelihood(score), self.alone)
        score += load_layered(self.meaning).score(vector)
        return Opinion(_likelihood(score), self.together)


def _likelihood(score: float) -> float:
    return 1 / (1 + exp(-max(-60.0, min(60.0, score))))
