"""The mel front end against the reference implementation."""

from pathlib import Path

import numpy as np

from integrations.local_speech.mel import log_mel

REFERENCE = Path(__file__).parents[2] / "data/mel/chirp.npz"


def chirp():
    t = np.arange(8000) / 16000
    rising = 0.4 * np.sin(2 * np.pi * (200 * t + 1500 * t * t))
    return (rising + 0.05 * np.sin(2 * np.pi * 3000 * t)).astype(np.float32)


def test_mel_equals_the_reference():
    expected = np.load(REFERENCE)["mel"]
    assert np.allclose(log_mel(chirp()), expected, atol=1e-5)


def test_silence_is_the_floor_of_the_scale():
    features = log_mel(np.zeros(16000, np.float32))
    assert features.shape == (80, 101)
    assert np.allclose(features, -1.5)


def test_only_the_top_eight_decades_remain():
    features = log_mel(chirp())
    assert np.isclose(features.max() - features.min(), 2.0)
