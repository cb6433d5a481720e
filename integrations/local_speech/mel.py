"""Whisper's front end: 16 kHz samples to an 80-band log-mel spectrogram, 100 frames a second.

Follows the reference in openai/whisper (MIT): 400-sample Hann window, hop 160, Slaney mel bands.
"""

import numpy as np
from numpy.typing import NDArray

from integrations.local_speech.sound import Samples

RATE = 16_000
HOP = 160
_WINDOW = 400
_BANDS = 80
# Slaney's scale: linear to 1 kHz (15 mels), then 27 logarithmic steps per factor of 6.4.
_LINEAR_HZ = 200 / 3
_KNEE_HZ = 1000.0
_KNEE_MEL = _KNEE_HZ / _LINEAR_HZ
_LOG_STEP = np.log(6.4) / 27


def log_mel(samples: Samples) -> Samples:
    """Features of shape (80, len // 160 + 1), float32, scaled as Whisper expects."""
    padded = np.pad(np.pad(samples, (0, HOP)), _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP][:-1]
    spectrum = np.fft.rfft(frames * _HANN, axis=1)
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    loudness = np.log10(np.maximum(_FILTERS @ power.T, 1e-10))
    # Whisper was trained on the top 8 decades only.
    floored = np.maximum(loudness, loudness.max() - 8.0)
    features: Samples = (floored + np.float32(4)) / np.float32(4)
    return features


def _hz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _KNEE_HZ * np.exp(_LOG_STEP * (mels - _KNEE_MEL))
    return np.where(mels < _KNEE_MEL, mels * _LINEAR_HZ, above)


def _filters() -> Samples:
    top = _KNEE_MEL + np.log(RATE / 2 / _KNEE_HZ) / _LOG_STEP
    edges = _hz(np.linspace(0, top, _BANDS + 2))
    bins = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    # Each triangle has the same area, so that wide bands do not sound louder.
    area = 2 / (edges[2:] - edges[:-2])[:, None]
    return (np.maximum(0, np.minimum(rising, falling)) * area).astype(np.float32)


_HANN = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
_FILTERS = _filters()
