"""Keys that were pressed into a telephone, heard as tones in the sound (ITU-T Q.23)."""

from collections import deque
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

LOW, HIGH = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
# Resolves tones that are 73 Hz apart.
WINDOW_MS = 20
# Of 16-bit samples, as root of their mean square: softer than any telephone's keys.
SOFTEST = 100
# The share of the sound that two pure tones must have; voices are richer, whatever they sing.
PURE = 0.8
# How much stronger than the other tone either may be: 9 dB, beyond what Q.24 allows.
TWIST = 8.0
# Windows that must agree: one could be chance, and telephones sound a key for 70 ms and more.
FEWEST_WINDOWS = 2
# Fewer keys are a menu's choice or an extension; a card has more, and so has a card with its code.
MANY_KEYS = 8
WITHIN_MS = 30_000
# Tones begin and end softly.
MARGIN_MS = 60

Span = tuple[int, int]
Samples = npt.NDArray[np.float32]


def key_tones(pcm: bytes, rate: int) -> list[Span]:
    """When keys are heard in mono PCM of 16 bit, in milliseconds; a key held is one span."""
    keys = _keys(pcm, rate)
    changes = np.flatnonzero(np.diff(keys, prepend=-1, append=-1))
    return [
        (int(first) * WINDOW_MS, int(last) * WINDOW_MS)
        for first, last in pairwise(changes)
        if keys[first] >= 0 and last - first >= FEWEST_WINDOWS
    ]


@dataclass
class KeyWatch:
    """Hears one side of a call, piece by piece, and finds long runs of keys."""

    rate: int
    _spans: deque[Span] = field(default_factory=deque)

    @property
    def doubtful(self) -> bool:
        """Whether keys were heard that may still become a long run."""
        return bool(self._spans)

    def hear(self, pcm: bytes, start_ms: int) -> list[Span]:
        """What to silence, in milliseconds of the call, now that this piece was heard."""
        spans = [(start_ms + first, start_ms + last) for first, last in key_tones(pcm, self.rate)]
        oldest = start_ms + len(pcm) // 2 * 1000 // self.rate - WITHIN_MS
        self._spans.extend(spans)
        while self._spans and self._spans[0][0] < oldest:
            self._spans.popleft()
        if len(self._spans) < MANY_KEYS:
            return []
        return [(max(0, first - MARGIN_MS), last + MARGIN_MS) for first, last in self._spans]


def _keys(pcm: bytes, rate: int) -> npt.NDArray[np.int8]:
    """The key that each window holds, from 0 to 15; -1 for none."""
    size = rate * WINDOW_MS // 1000
    sound = np.frombuffer(pcm, "<i2", count=len(pcm) // 2 // size * size)
    # Most of the time the caller is silent, which costs nearly nothing.
    if not len(sound) or max(sound.max(), -int(sound.min())) < SOFTEST:
        return np.full(len(sound) // size, -1, np.int8)
    windows = sound.astype(np.float32).reshape(-1, size)
    energy = np.einsum("ij,ij->i", windows, windows)
    keys = np.full(len(windows), -1, np.int8)
    loud = np.flatnonzero(energy > SOFTEST**2 * size)
    if len(loud):
        keys[loud] = _pure_pairs(windows[loud], energy[loud], rate)
    return keys


def _pure_pairs(windows: Samples, energy: Samples, rate: int) -> npt.NDArray[np.int8]:
    waves = _waves(rate)
    parts = (windows @ waves) ** 2
    # A sine that fills the window has as much energy as its two projections say, halved.
    power = (parts[:, 0::2] + parts[:, 1::2]) * (2 / len(waves))
    low, high = power[:, :4], power[:, 4:]
    first, second = low.argmax(axis=1), high.argmax(axis=1)
    one, other = low.max(axis=1), high.max(axis=1)
    pure = (one + other > PURE * energy) & (one < TWIST * other) & (other < TWIST * one)
    return np.where(pure, 4 * first + second, -1).astype(np.int8)


@cache
def _waves(rate: int) -> Samples:
    """Cosine and sine of every tone, one column each."""
    at = np.arange(rate * WINDOW_MS // 1000) / rate
    angles = [2 * np.pi * tone * at for tone in (*LOW, *HIGH)]
    columns = [wave(angle) for angle in angles for wave in (np.cos, np.sin)]
    return np.stack(columns, axis=1).astype(np.float32)
