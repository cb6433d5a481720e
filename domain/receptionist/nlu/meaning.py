"""What English sentences mean, as numbers: from an encoder that the deployment brings, if any."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """A dense sentence encoder; the same text is always the same row."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Rows of unit length, one per text."""


@dataclass
class _Brought:
    embedder: Embedder | None = None


_BROUGHT = _Brought()


def use_embedder(embedder: Embedder | None) -> None:
    """Which encoder this process has; without one words decide alone."""
    _BROUGHT.embedder = embedder


def embedder() -> Embedder | None:
    """The encoder of this process; None where none was brought."""
    return _BROUGHT.embedder
