"""Whisper on CTranslate2, with an encoder window as short as the utterance allows."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import ctranslate2
import numpy as np
import soxr
from tokenizers import Tokenizer

from integrations.local_speech.doubt import FULL_WINDOW, NOTHING, Guess, Heard, believed
from integrations.local_speech.mel import RATE, log_mel
from integrations.local_speech.sound import Samples, from_pcm, levels, voiced_ms

# Seconds of silence after the speech, without which the last word is lost.
_AFTERMATH = 2.0
_LONGEST = FULL_WINDOW - _AFTERMATH
# Parts of a long turn are cut where their last seconds are quietest.
_CUT_WITHIN = 8.0
# Fast speech has about 5 tokens a second, digits up to 8: more than 12 is a loop.
_TOKENS_PER_SECOND = 12
# A longer prompt costs time, and tempts the model to say the hints to silence.
_HINT_TOKENS = 60
_LEVEL_STEP = RATE // 10


class Whisper:
    """A loaded model; `hear` takes 0.05 to 0.1 CPU-seconds per second of audio."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._model = ctranslate2.models.Whisper(
            str(folder), device="cpu", compute_type="int8", intra_threads=threads
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._end = self._token("<|endoftext|>")

    def hear(self, pcm: bytes, *, rate: int, language: str, hints: Sequence[str] = ()) -> Heard:
        """Transcribe 16-bit mono PCM of any length. Raises `ValueError` for a strange language."""
        samples = from_pcm(pcm)
        if rate != RATE:
            samples = soxr.resample(samples, rate, RATE)
        prompt = self._prompt(language, hints)
        parts = [self._hear_part(part, prompt) for part in parts_of(samples)]
        spoken = [part for part in parts if part.text]
        if not spoken:
            return NOTHING
        text = " ".join(part.text for part in spoken)
        return Heard(text, sum(part.confidence for part in spoken) / len(spoken))

    def _hear_part(self, samples: Samples, prompt: list[int]) -> Heard:
        if not (speech_ms := voiced_ms(samples, RATE)):
            return NOTHING
        seconds = samples.size / RATE
        return believed(partial(self._guess, samples, prompt), seconds, speech_ms)

    def _guess(self, samples: Samples, prompt: list[int], window: float) -> Guess:
        seconds = samples.size / RATE
        total = round(max(window, seconds + _AFTERMATH) * RATE)
        features = log_mel(np.pad(samples, (0, total - samples.size)))
        # The encoder halves the frames: whole seconds keep their number even.
        whole = np.ascontiguousarray(features[None, :, : total // RATE * 100])
        [result] = self._model.generate(
            ctranslate2.StorageView.from_array(whole),
            [prompt],
            # Beams cost three times as much, and gained nothing on telephone speech.
            beam_size=1,
            max_length=len(prompt) + 12 + int(seconds * _TOKENS_PER_SECOND),
            return_scores=True,
            return_no_speech_prob=True,
        )
        # Everything from the end token on is a timestamp or a marker, not a word.
        words = [token for token in result.sequences_ids[0] if token < self._end]
        text = self._tokenizer.decode(words).strip()
        return Guess(text, float(result.scores[0]), float(result.no_speech_prob))

    def _prompt(self, language: str, hints: Sequence[str]) -> list[int]:
        spoken = language.partition("-")[0].lower()
        start = ("<|startoftranscript|>", f"<|{spoken}|>", "<|transcribe|>", "<|notimestamps|>")
        return self._hinted(hints) + [self._token(name) for name in start]

    def _hinted(self, hints: Sequence[str]) -> list[int]:
        if not hints:
            return []
        tokens = self._tokenizer.encode(f" {', '.join(hints)}.", add_special_tokens=False).ids
        return [self._token("<|startofprev|>"), *tokens[:_HINT_TOKENS]]

    def _token(self, name: str) -> int:
        token = self._tokenizer.token_to_id(name)
        if token is None:
            raise ValueError(f"Whisper knows no {name}.")
        return int(token)


def parts_of(samples: Samples) -> list[Samples]:
    """Pieces of at most 28 s, cut at the quietest tenth of a second of each one's last 8 s."""
    parts = []
    longest = int(_LONGEST * RATE)
    while samples.size > longest:
        last = samples[longest - int(_CUT_WITHIN * RATE) : longest]
        quietest = int(np.argmin(levels(last, _LEVEL_STEP)))
        cut = longest - last.size + quietest * _LEVEL_STEP
        parts.append(samples[:cut])
        samples = samples[cut:]
    return [*parts, samples]
