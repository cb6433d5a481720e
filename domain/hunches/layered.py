"""A small network over the numbers of a sentence, in signed bytes; no library is needed to ask it."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path


@dataclass(frozen=True)
class Layered:
    """One hidden layer; a weight is a signed byte times the scale of its row."""

    width: int
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    out: tuple[float, ...]
    bias: float
    weights: memoryview

    def score(self, vector: Sequence[float]) -> float:
        """The log odds."""
        total = self.bias
        for at, (scale, bias, out) in enumerate(
            zip(self.scales, self.biases, self.out, strict=True)
        ):
            row = self.weights[at * self.width : (at + 1) * self.width]
            drive = sum(map(mul, row, vector)) * scale + bias
            if drive > 0:
                total += drive * out
        return total

    def to_bytes(self) -> bytes:
        """How it is kept: a line of JSON, and the rows after it."""
        head = {
            "width": self.width, "scales": self.scales, "biases": self.biases, "out": self.out,
            "bias": self.bias,
        }  # fmt: skip
        return zlib.compress(json.dumps(head).encode() + b"\n" + self.weights.tobytes(), 9)


@cache
def load_layered(path: Path) -> Layered:
    """Read a trained network; kept after the first call."""
    head, _, body = zlib.decompress(path.read_bytes()).partition(b"\n")
    told = json.loads(head)
    rows = (tuple(told[name]) for name in ("scales", "biases", "out"))
    return Layered(told["width"], *rows, told["bias"], memoryview(body).cast("b"))
