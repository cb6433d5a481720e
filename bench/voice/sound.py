"""What every caller plays: a sentence, a pause, and the noise of a telephone line under both."""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.processes import ROOT
from bench.voice.script import FRAME_BYTES, RATE

SENTENCE = ROOT / "tests" / "data" / "voice" / "book_an_appointment.wav"
# 3.5 s hold the end of the turn and a reply, with time to spare.
_GAP_FRAMES = 175
_SAMPLES = FRAME_BYTES // 2
# -38 dBFS ends the sentence; below it are breath and echo.
_QUIET = 32768 * 10 ** (-38 / 20)
# -60 dBFS of hiss and a mains hum, so that an energy gate gets no free ride.
_HISS, _HUM, _HUM_HERTZ = 33, 20, 50


@dataclass(frozen=True)
class Loop:
    """One round of speech and silence; `speech` is in frames of 20 ms."""

    pcm: bytes
    speech: int

    @property
    def frames(self) -> list[bytes]:
        """The loop in the carrier's frames."""
        return [self.pcm[at : at + FRAME_BYTES] for at in range(0, len(self.pcm), FRAME_BYTES)]

    def write(self, folder: Path) -> Path:
        """The file that the load client plays."""
        path = folder / "loop.pcm"
        path.write_bytes(self.pcm)
        return path


def caller_loop() -> Loop:
    """The sentence, trimmed to its last loud frame, and the pause."""
    with wave.open(str(SENTENCE)) as clip:
        samples = np.frombuffer(clip.readframes(clip.getnframes()), "<i2").astype(np.float32)
    frames = samples[: len(samples) // _SAMPLES * _SAMPLES].reshape(-1, _SAMPLES)
    loud = np.sqrt((frames**2).mean(axis=1)) > _QUIET
    frames = frames[: int(np.flatnonzero(loud)[-1]) + 1]
    whole = np.concatenate([frames.ravel(), np.zeros(_GAP_FRAMES * _SAMPLES, np.float32)])
    return Loop((whole + _line_noise(len(whole))).round().astype("<i2").tobytes(), len(frames))


def _line_noise(count: int) -> np.ndarray:
    hiss = np.random.default_rng(1).normal(0, _HISS, count)
    hum = _HUM * np.sin(np.arange(count) * 2 * np.pi * _HUM_HERTZ / RATE)
    return np.asarray(hiss + hum, np.float32)
