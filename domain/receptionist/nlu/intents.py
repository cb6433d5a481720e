"""What a caller wants: a logistic regression over words and meaning, with certain phrases in front.

The weights are trained by `bench/nlu/train_intents.py`; their sources stand in `intents.md`.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from domain.receptionist.nlu.features import features, weighted
from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.meaning import embedder

OUT_OF_SCOPE = "out_of_scope"
# Where words decide alone, and where there is an encoder that tells what they mean.
ALONE = Path(__file__).with_name("intents.npz")
TOGETHER = Path(__file__).with_name("intents_meaning.npz")
# A caller who says more than this has said before what it is about.
_LONGEST = 400
# Phrases that mean one thing wherever they stand, and what no training data holds: messages.
_CERTAIN = tuple(
    (label, re.compile(pattern))
    for label, pattern in (
        (
            "message",
            r"\b(?:take|leave|pass on|give (?:him|her|them)) (?:a |my |this )?message\b"
            r"|\b(?:have|ask|tell|get) (?:him|her|them|someone|somebody|the \w+"
            r"|dr\.? \w+) to (?:call|ring|phone) me\b"
            r"|\b(?:call|ring|phone) me back\b|\bcan (?:someone|somebody|he|she|they) (?:call"
            r"|ring|phone) me\b",
        ),
        (
            "human",
            r"(?<!don't need to )(?<!don't want to )\b(?:speak|talk|chat) (?:directly )?(?:to"
            r"|with) (?:a|an|the|your"
            r"|some|another)?\s?"
            r"(?:real |actual |live |human )?(?:person|human|being|someone|somebody"
            r"|receptionist|reception|agent|operator"
            r"|representative|manager|supervisor|member of staff|staff|owner|boss)\b"
            r"|\b(?:put|transfer|connect|patch) me (?:through|over|to)\b|^\W*(?:operator"
            r"|representative|agent|receptionist)\W*$",
        ),
        (
            "reschedule",
            r"\b(?:move|change|switch|push(?: back)?|bring forward|amend|delay|postpone|reschedule)"
            r" (?:my|our|the|an|that) (?:\w+ ){0,2}(?:appointment|booking|reservation|visit"
            r"|slot)\b",
        ),
        (
            "cancel",
            r"(?<!how do i )(?<!don't )\bcancel (?:my|our|that) (?:\w+ ){0,2}"
            r"(?:appointment|booking|reservation|visit|slot)\b",
        ),
        ("goodbye", r"^\W*(?:ok(?:ay)? )?(?:good ?bye|bye(?: bye)?|see (?:you|ya)(?: later)?)\W*$"),
    )
)


@dataclass(frozen=True)
class Intent:
    """A label with its probability; `runner_up` is what it would be otherwise."""

    label: str
    probability: float
    runner_up: str | None = None

    @property
    def in_scope(self) -> bool:
        """Whether a receptionist has to do with it."""
        return self.label != OUT_OF_SCOPE


@dataclass(frozen=True)
class Weights:
    """A trained model: labels, inverse document frequencies, and a matrix (bucket, label).

    `meaning` is a matrix (number of the encoder, label); None where words decide alone.
    """

    labels: tuple[str, ...]
    idf: npt.NDArray[np.float32]
    matrix: npt.NDArray[np.int8]
    scale: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    meaning: npt.NDArray[np.float32] | None = None


@cache
def load_weights(path: Path = ALONE) -> Weights:
    """Read the trained model; kept after the first call."""
    with np.load(path, allow_pickle=False) as stored:
        return Weights(
            labels=tuple(str(label) for label in stored["labels"]),
            idf=stored["idf"].astype(np.float32),
            matrix=stored["matrix"],
            scale=stored["scale"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
            meaning=stored["meaning"].astype(np.float32) if "meaning" in stored else None,
        )


def find_intent(heard: Heard, weights: Weights | None = None) -> Intent:
    """The most likely intent; `out_of_scope` is one of the labels."""
    for label, pattern in _CERTAIN:
        if pattern.search(heard.text):
            return Intent(label, 1.0)
    weights = weights or load_weights(TOGETHER if embedder() else ALONE)
    probabilities = _probabilities(heard, weights)
    first, second = (int(at) for at in np.argsort(-probabilities)[:2])
    return Intent(weights.labels[first], float(probabilities[first]), weights.labels[second])


def _probabilities(heard: Heard, weights: Weights) -> npt.NDArray[np.float32]:
    buckets, values = weighted(features(heard), weights.idf)
    scores = (values @ weights.matrix[buckets].astype(np.float32)) * weights.scale + weights.bias
    encoder = embedder()
    if weights.meaning is not None and encoder is not None:
        scores = scores + encoder.embed([heard.original[:_LONGEST]])[0] @ weights.meaning
    raised = np.exp(scores - scores.max())
    probabilities: npt.NDArray[np.float32] = (raised / raised.sum()).astype(np.float32)
    return probabilities
