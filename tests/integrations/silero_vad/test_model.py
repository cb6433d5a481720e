"""The numpy forward pass against onnxruntime's answers."""

import json
import wave
from pathlib import Path

import numpy as np
import pytest

from integrations.silero_vad.model import WINDOW_SAMPLES, SileroModel
from integrations.silero_vad.weights import WeightsCorrupted, load_weights

DATA = Path(__file__).parents[2] / "data" / "voice"


def noisy_windows() -> np.ndarray:
    with wave.open(str(DATA / "noisy_question.wav")) as clip:
        samples = np.frombuffer(clip.readframes(clip.getnframes()), "<i2")
    whole = len(samples) // WINDOW_SAMPLES * WINDOW_SAMPLES
    return (samples[:whole].reshape(-1, WINDOW_SAMPLES) / 32768).astype(np.float32)


def reference() -> list[float]:
    return json.loads((DATA / "noisy_question.silero.json").read_text())


def test_probabilities_equal_onnxruntime() -> None:
    model = SileroModel(load_weights(), slots=1)
    heard = [model.score([0], window[None])[0] for window in noisy_windows()]
    assert heard == pytest.approx(reference(), abs=2e-6)


def test_calls_in_one_batch_stay_apart() -> None:
    model = SileroModel(load_weights(), slots=3)
    silence = np.zeros(WINDOW_SAMPLES, np.float32)
    heard = [model.score([2, 0], np.stack([silence, w]))[1] for w in noisy_windows()]
    assert heard == pytest.approx(reference(), abs=2e-6)


def test_reset_slot_forgets_what_it_heard() -> None:
    model = SileroModel(load_weights(), slots=1)
    for window in noisy_windows():
        model.score([0], window[None])
    model.reset(0)
    again = [model.score([0], window[None])[0] for window in noisy_windows()]
    assert again == pytest.approx(reference(), abs=2e-6)


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    altered = tmp_path / "silero16.npz"
    altered.write_bytes(b"something else")
    with pytest.raises(WeightsCorrupted):
        load_weights(altered)
