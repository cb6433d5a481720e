"""How likely it is that somebody wants no more messages: learned, beside the rules.

`bench/nets/train.py` trains the weights; their sources stand in `domain/hunches/hunches.md`.
"""

from pathlib import Path

from domain.hunches import Bounds, Features, Judge, features
from domain.outreach.optout_concepts import WISHES
from domain.plain import Plain

WEIGHTS = Path(__file__).with_name("optout.weights")
MEANING = Path(__file__).with_name("optout.meaning")
REFUSES = "refuses"
# Chosen on lines of authors who were left out of the training.
JUDGE = Judge(
    REFUSES,
    WEIGHTS,
    MEANING,
    alone=Bounds(believed=0.2, disbelieved=0.1),
    together=Bounds(believed=0.2, disbelieved=0.02),
)
opinion = JUDGE.opinion


def read(said: Plain, ruled: str | None) -> Features:
    """What the weights look at: the words, and what the rules took them for."""
    return features(said, WISHES, () if ruled is None else (ruled,))
