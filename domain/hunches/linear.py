"""A logistic regression in whole numbers, read from a file; no library is needed to ask it."""

import json
import zlib
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from domain.hunches.grams import BUCKETS, Features


@dataclass(frozen=True)
class Linear:
    """One column of weights for each label; a weight is a signed byte times the column's scale."""

    scales: dict[str, float]
    biases: dict[str, float]
    columns: dict[str, memoryview]

    def score(self, label: str, said: Features) -> float:
        """The log odds of a label."""
        column = self.columns[label]
        total: float = sum(column[bucket] * value for bucket, value in said)
        return total * self.scales[label] + self.biases[label]

    def probability(self, label: str, said: Features) -> float:
        """How likely a label is, between 0 and 1."""
        return 1 / (1 + exp(-self.score(label, said)))

    def to_bytes(self) -> bytes:
        """How it is kept: the names and scales in a line of JSON, the columns after it."""
        head = {"scales": self.scales, "biases": self.biases}
        body = b"".join(self.columns[label].tobytes() for label in self.scales)
        return zlib.compress(json.dumps(head).encode() + b"\n" + body, 9)


@cache
def load(path: Path) -> Linear:
    """Read a trained model; kept after the first call."""
    head, _, body = zlib.decompress(path.read_bytes()).partition(b"\n")
    told = json.loads(head)
    signed = memoryview(body).cast("b")
    columns = {
        label: signed[at * BUCKETS : (at + 1) * BUCKETS] for at, label in enumerate(told["scales"])
    }
    return Linear(told["scales"], told["biases"], columns)
