"""A small network over the numbers of a sentence, in signed bytes."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.int8]
Numbers = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Layered:
    """One hidden layer; a weight is a signed byte times the scale of its row."""

    rows: Bytes
    scales: Numbers
    biases: Numbers
    out: Numbers
    bias: float

    def score(self, vector: Sequence[float]) -> float:
        """The log odds."""
        drive = (self._floats @ np.asarray(vector, np.float32)) * self.scales + self.biases
        return float(np.maximum(drive, 0) @ self.out) + self.bias

    @cached_property
    def _floats(self) -> Numbers:
        """Converted once, not for every product."""
        return self.rows.astype(np.float32)

    def to_bytes(self) -> bytes:
        """How it is kept: a line of JSON, and the rows after it."""
        numbers = {name: getattr(self, name).tolist() for name in ("scales", "biases", "out")}
        head = json.dumps({"width": self.rows.shape[1], "bias": self.bias} | numbers)
        return zlib.compress(head.encode() + b"\n" + self.rows.tobytes(), 9)


@cache
def load_layered(path: Path) -> Layered:
    """Read a trained network; kept after the first call."""
    head, _, body = zlib.decompress(path.read_bytes()).partition(b"\n")
    told = json.loads(head)
    scales, biases, out = (np.array(told[name], np.float32) for name in ("scales", "biases", "out"))
    rows = np.frombuffer(body, np.int8).reshape(-1, told["width"])
    return Layered(rows, scales, biases, out, told["bias"])
