"""Small operations on sound: PCM to samples and back, level, silence, tones."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound, -1 to 1."""

# -20 dBFS speech with peaks under -3 dBFS: loud on a telephone, never clipped.
_SPEECH_RMS = 0.1
_PEAK = 0.7


def from_pcm(pcm: bytes) -> Samples:
    """Samples of signed 16-bit little-endian PCM."""
    samples: Samples = np.frombuffer(pcm, "<i2").astype(np.float32)
    samples /= 32768
    return samples


def to_pcm(samples: Samples) -> bytes:
    """Signed 16-bit little-endian PCM of samples; what is too loud is clipped."""
    return (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()


def rms(samples: Samples) -> float:
    """Root mean square; 0 for nothing."""
    return float(np.sqrt(np.mean(np.square(samples)))) if samples.size else 0.0


def levels(samples: Samples, window: int) -> Samples:
    """Root mean square of each whole window of `window` samples."""
    whole = samples[: samples.size // window * window].reshape(-1, window)
    loudness: Samples = np.sqrt(np.mean(np.square(whole), axis=1))
    return loudness


def trimmed(samples: Samples, rate: int) -> Samples:
    """Without the silence (40 dB under the loudest 5 ms) before and after; 10 ms stay."""
    window = rate // 200
    loudness = levels(samples, window)
    if not loudness.size or loudness.max() == 0:
        return samples[:0]
    heard = np.flatnonzero(loudness > loudness.max() / 100)
    start = max(0, int(heard[0]) - 2) * window
    return samples[start : (int(heard[-1]) + 3) * window]


def normalised(samples: Samples) -> Samples:
    """At the level of every other clause, without clipping."""
    if not samples.size or not (level := rms(samples)):
        return samples
    gain = min(_SPEECH_RMS / level, _PEAK / float(np.abs(samples).max()))
    return (samples * gain).astype(np.float32)


def voiced_ms(samples: Samples, rate: int) -> int:
    """Milliseconds that stand out of the noise floor, in steps of 20 ms."""
    loudness = levels(samples, rate // 50)
    if not loudness.size:
        return 0
    floor = float(np.percentile(loudness, 5))
    # 0.0037 is about -49 dBFS: quieter than any telephone speech.
    gate = max(0.0037, min(3.5 * floor, 0.15 * float(loudness.max())))
    return int(np.count_nonzero(loudness > gate)) * 20


def tones(rate: int) -> Samples:
    """Three rising notes, half a second: what a caller hears when no voice works."""
    t = np.arange(rate // 6) / rate
    # Without a fade of 10 ms each note would begin and end with a click.
    fade = np.minimum(1, np.minimum(t, t[::-1]) / 0.01)
    notes = [0.14 * fade * np.sin(2 * np.pi * hz * t) for hz in (440, 554, 659)]
    return np.concatenate(notes).astype(np.float32)
