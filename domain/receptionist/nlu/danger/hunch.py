"""How likely it is that a life is in danger, whatever the words: learned, beside the rules.

`bench/nets/train.py` trains the weights; their sources stand in `domain/hunches/hunches.md`.
"""

from pathlib import Path
from typing import Protocol

from domain.hunches import Bounds, Features, Judge, features, load
from domain.plain import Plain
from domain.receptionist.nlu.danger.concepts import DANGERS

WEIGHTS = Path(__file__).with_name("danger.weights")
MEANING = Path(__file__).with_name("danger.meaning")
ANY = "any"
KINDS = ("self_harm", "violence", "medical", "fire", "gas", "declared")
# Chosen on lines of authors who were left out of the training.
JUDGE = Judge(
    ANY,
    WEIGHTS,
    MEANING,
    alone=Bounds(believed=0.3, disbelieved=0.2),
    together=Bounds(believed=0.35, disbelieved=0.1),
)
opinion = JUDGE.opinion


class Ruled(Protocol):
    """What the rules found."""

    @property
    def kind(self) -> str:
        """Which danger."""

    @property
    def alarms(self) -> bool:
        """Whether they would alarm."""


def read(said: Plain, ruled: Ruled | None) -> Features:
    """What the weights look at: the words, and what the rules found in them."""
    signs = () if ruled is None else (ruled.kind, "alarm" if ruled.alarms else "calm")
    return features(said, DANGERS, signs)


def likeliest(read: Features) -> str:
    """Which kind of danger it would be."""
    weights = load(WEIGHTS)
    return max(KINDS, key=lambda kind: weights.score(kind, read))
