"""The forward pass of Silero VAD (16 kHz) for a batch of calls, in numpy only.

One window is 512 samples (32 ms). Every call owns a slot: a row of the state arrays.
"""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import as_strided

from integrations.silero_vad.weights import Floats, Weights

WINDOW_SAMPLES = 512
_CONTEXT = 64
_HIDDEN = 128
_BINS = 129
_STEPS = 4


class SileroModel:
    """Speech probabilities, with the memory of each slot between windows."""

    def __init__(self, weights: Weights, slots: int) -> None:
        self._weights = weights
        self._hidden = np.zeros((slots, _HIDDEN), np.float32)
        self._cell = np.zeros((slots, _HIDDEN), np.float32)
        self._context = np.zeros((slots, _CONTEXT), np.float32)

    def reset(self, slots: int | Sequence[int]) -> None:
        """Forget what was heard in these slots."""
        self._hidden[slots] = 0
        self._cell[slots] = 0
        self._context[slots] = 0

    def score(self, slots: Sequence[int], windows: Floats) -> Floats:
        """Probabilities (n,) of speech in `windows` (n, 512), scaled to -1..1; slots distinct."""
        rows = np.asarray(slots)
        features = self._encode(self._spectrum(rows, windows))
        hidden = self._remember(rows, features)
        logits = np.maximum(hidden, 0) @ self._weights.output + self._weights.output_bias
        return _sigmoid(logits)

    def _spectrum(self, rows: np.ndarray, windows: Floats) -> Floats:
        count = len(windows)
        padded = np.empty((count, _CONTEXT + WINDOW_SAMPLES + _CONTEXT), np.float32)
        padded[:, :_CONTEXT] = self._context[rows]
        padded[:, _CONTEXT:-_CONTEXT] = windows
        # The network was trained with the right edge mirrored.
        padded[:, -_CONTEXT:] = padded[:, -_CONTEXT - 2 : -2 * _CONTEXT - 2 : -1]
        self._context[rows] = windows[:, -_CONTEXT:]
        waves = _frames(padded, _STEPS, 256, 128) @ self._weights.spectrum
        waves *= waves
        power = waves[:, :_BINS] + waves[:, _BINS:]
        magnitudes: Floats = np.sqrt(power).reshape(count, _STEPS, _BINS)
        return magnitudes

    def _encode(self, magnitudes: Floats) -> Floats:
        """Four strided convolutions, written as products over unrolled frames: (n, 128)."""
        count = len(magnitudes)
        layer = self._layer(0, _frames(_padded(magnitudes), _STEPS, 3 * _BINS, _BINS))
        layer = _padded(layer.reshape(count, _STEPS, 128))
        layer = self._layer(1, _frames(layer.reshape(count, -1), 2, 3 * 128, 2 * 128))
        layer = self._layer(2, layer.reshape(count, 128))
        return self._layer(3, layer)

    def _layer(self, index: int, inputs: Floats) -> Floats:
        outputs: Floats = inputs @ self._weights.convolutions[index]
        outputs += self._weights.biases[index]
        np.maximum(outputs, 0, out=outputs)
        return outputs

    def _remember(self, rows: np.ndarray, features: Floats) -> Floats:
        """One LSTM step; gates lie in the order input, forget, cell, output."""
        inputs = np.concatenate([features, self._hidden[rows]], axis=1)
        gates = inputs @ self._weights.cell
        gates += self._weights.cell_bias
        keep = _sigmoid(gates[:, : 2 * _HIDDEN])
        candidate = np.tanh(gates[:, 2 * _HIDDEN : 3 * _HIDDEN])
        cell = keep[:, _HIDDEN:] * self._cell[rows] + keep[:, :_HIDDEN] * candidate
        hidden: Floats = np.tanh(cell)
        hidden *= _sigmoid(gates[:, 3 * _HIDDEN :])
        self._cell[rows] = cell
        self._hidden[rows] = hidden
        return hidden


def _frames(signal: Floats, count: int, length: int, step: int) -> Floats:
    """Overlapping frames of each row, one below the other, without copying."""
    rows = signal.reshape(len(signal), -1)
    along, within = rows.strides
    shape = (len(rows), count, length)
    return as_strided(rows, shape, (along, step * within, within)).reshape(-1, length)


def _padded(steps: Floats) -> Floats:
    """One step of silence before and after."""
    count, length, width = steps.shape
    padded = np.zeros((count, length + 2, width), np.float32)
    padded[:, 1:-1] = steps
    return padded


def _sigmoid(values: Floats) -> Floats:
    result = np.exp(-values)
    result += 1
    return np.reciprocal(result, out=result)
