"""Piper's neural voice on onnxruntime: IPA in, samples out."""

import json
from pathlib import Path

import numpy as np
import onnxruntime as ort

from integrations.local_speech.sound import Samples

_START, _PAD, _END = "^", "_", "$"


class Piper:
    """A loaded voice; one clause costs about a quarter of its length in CPU time."""

    def __init__(self, model: Path, threads: int) -> None:
        config = json.loads(model.with_name(f"{model.name}.json").read_text())
        # The voice adds noise of its own; seeded, a replay of the same calls sounds the same.
        ort.set_seed(1)
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._ids: dict[str, list[int]] = config["phoneme_id_map"]
        inference = config["inference"]
        length = inference["length_scale"]
        self._lively = np.array(
            [inference["noise_scale"], length, inference["noise_w"]], np.float32
        )
        self._even = np.array([0, length, 0], np.float32)
        self.rate: int = config["audio"]["sample_rate"]

    def speak(self, phonemes: str, *, even: bool = False) -> Samples:
        """Samples at `rate` for IPA that ends with the clause's punctuation mark.

        An `even` voice adds no noise: the same words always sound the same.
        """
        ids = self._encoded(phonemes)
        inputs = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": self._even if even else self._lively,
        }
        samples: Samples = self._session.run(None, inputs)[0].squeeze()
        return samples

    def _encoded(self, phonemes: str) -> list[int]:
        ids = list(self._ids[_START])
        for symbol in phonemes:
            # The voice was trained with a pad between symbols; symbols it never met are mute.
            if symbol in self._ids:
                ids += self._ids[_PAD] + self._ids[symbol]
        return ids + self._ids[_PAD] + self._ids[_END]
