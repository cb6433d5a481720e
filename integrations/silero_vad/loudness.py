"""Which windows are loud for their line: a second opinion when the network is deaf."""

from collections.abc import Sequence

import numpy as np

from integrations.silero_vad.weights import Floats

# Full scale is 1: below -49 dBFS nothing is loud.
_LEAST = 120 / 32768
# 11 dB over the noise, where line noise alone almost never reaches.
_ABOVE_NOISE = 3.5
# 3 s: nobody speaks longer without a gap, so the quietest window of two such blocks is noise.
_BLOCK_WINDOWS = 94


class Loudness:
    """The noise floor of every slot: the quietest of its last 3 to 6 seconds."""

    def __init__(self, slots: int) -> None:
        self._earlier = np.empty(slots, np.float32)
        self._lately = np.empty(slots, np.float32)
        self._count = np.zeros(slots, np.int64)

    def reset(self, slot: int) -> None:
        """Begin a new line."""
        self._earlier[slot] = np.inf
        self._lately[slot] = np.inf
        self._count[slot] = 0

    def loud(self, slots: Sequence[int], windows: Floats) -> np.ndarray:
        """Whether each window (n, 512) stands out of its slot's noise; tracks the noise."""
        rows = np.asarray(slots)
        level = np.sqrt(np.einsum("ij,ij->i", windows, windows) / windows.shape[1])
        self._lately[rows] = np.minimum(self._lately[rows], level)
        floor = np.minimum(self._earlier[rows], self._lately[rows])
        self._turn_blocks(rows)
        loud: np.ndarray = level > np.maximum(floor * _ABOVE_NOISE, _LEAST)
        return loud

    def _turn_blocks(self, rows: np.ndarray) -> None:
        self._count[rows] += 1
        full = rows[self._count[rows] >= _BLOCK_WINDOWS]
        self._earlier[full] = self._lately[full]
        self._lately[full] = np.inf
        self._count[full] = 0
