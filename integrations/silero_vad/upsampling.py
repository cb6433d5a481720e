"""8 kHz telephone audio as the 16 kHz the network was trained on."""

import numpy as np

# Cubic half-way interpolation: flat to 3 kHz, images of the telephone band 20 dB down or better.
_BEFORE, _NEAR = -1 / 16, 9 / 16
_MEMORY = 3


class Doubler:
    """Doubles the sample rate of one stream; late by two input samples."""

    __slots__ = ("_tail",)

    def __init__(self) -> None:
        self._tail = np.zeros(_MEMORY, np.float32)

    def feed(self, pcm: bytes) -> bytes:
        """Turn n samples of PCM into 2n."""
        fresh = np.frombuffer(pcm, "<i2")
        line = np.concatenate([self._tail, fresh])
        self._tail = line[-_MEMORY:]
        doubled = np.empty((len(fresh), 2), np.float32)
        doubled[:, 0] = line[1:-2]
        doubled[:, 1] = _NEAR * (line[1:-2] + line[2:-1]) + _BEFORE * (line[:-3] + line[3:])
        return doubled.clip(-32768, 32767).astype("<i2").tobytes()
