"""How likely it is that somebody wants no more messages: learned, beside the rules.

`bench/nets/train.py` trains the weights; their sources stand in `domain/hunches/hunches.md`.
"""

from pathlib import Path

from domain.hunches import Features, features, load
from domain.outreach.optout_concepts import WISHES
from domain.plain import Plain

WEIGHTS = Path(__file__).with_name("optout.weights")
REFUSES = "refuses"
# Chosen on lines that were not trained on: from here on it counts where the rules are silent…
BELIEVED = 0.55
# …and below this the rules are not believed.
DISBELIEVED = 0.25


def read(said: Plain, ruled: str | None) -> Features:
    """What the weights look at: the words, and what the rules took them for."""
    return features(said, WISHES, () if ruled is None else (ruled,))


def likelihood(read: Features) -> float:
    """How likely it is a refusal."""
    return load(WEIGHTS).probability(REFUSES, read)
