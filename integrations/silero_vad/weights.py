"""The weights of Silero VAD's 16 kHz branch, checked and laid out for matrix products."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WEIGHTS_FILE = Path(__file__).with_name("silero16.npz")
SHA256 = "d3a887eb6b5d8580106239340a5067dd716d70e2cf841f97739bfceaf6ca1554"


class WeightsCorrupted(Exception):
    """The weights on disk are not the ones this code was checked against."""


@dataclass(frozen=True)
class Weights:
    """Matrices in (inputs, outputs) order, biases beside them."""

    spectrum: Floats
    convolutions: tuple[Floats, Floats, Floats, Floats]
    biases: tuple[Floats, Floats, Floats, Floats]
    cell: Floats
    cell_bias: Floats
    output: Floats
    output_bias: float


def load_weights(file: Path = WEIGHTS_FILE) -> Weights:
    """Read and verify the archive; raises `WeightsCorrupted`."""
    raw = file.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise WeightsCorrupted(file.name)
    with np.load(io.BytesIO(raw)) as archive:
        return _arrange({name: archive[name] for name in archive.files})


def _arrange(raw: dict[str, Floats]) -> Weights:
    recurrent = [raw["decoder.rnn.weight_ih"], raw["decoder.rnn.weight_hh"]]
    first, second, third, fourth = (_taps(raw, layer) for layer in range(4))
    return Weights(
        spectrum=_contiguous(raw["forward_basis_buffer"][:, 0, :].T),
        # The third layer sees two positions and the fourth one: the other taps meet only padding.
        convolutions=(
            first.reshape(-1, 128),
            second.reshape(-1, 64),
            _contiguous(third[1:].reshape(-1, 64)),
            _contiguous(fourth[1]),
        ),
        biases=(_bias(raw, 0), _bias(raw, 1), _bias(raw, 2), _bias(raw, 3)),
        cell=_contiguous(np.concatenate(recurrent, axis=1).T),
        cell_bias=raw["decoder.rnn.bias_ih"] + raw["decoder.rnn.bias_hh"],
        output=raw["decoder.decoder.2.weight"].reshape(128),
        output_bias=float(raw["decoder.decoder.2.bias"][0]),
    )


def _taps(raw: dict[str, Floats], layer: int) -> Floats:
    return _contiguous(raw[f"encoder.{layer}.reparam_conv.weight"].transpose(2, 1, 0))


def _bias(raw: dict[str, Floats], layer: int) -> Floats:
    return raw[f"encoder.{layer}.reparam_conv.bias"]


def _contiguous(matrix: Floats) -> Floats:
    return np.ascontiguousarray(matrix, dtype=np.float32)
