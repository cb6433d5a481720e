"""Which voice speaks: Piper where it can, else espeak-ng, else three tones; never silence."""

import logging
from pathlib import Path

import numpy as np
import soxr

from integrations.local_speech.espeak import EspeakProcess, EspeakUnavailable
from integrations.local_speech.piper import Piper
from integrations.local_speech.sound import Samples, normalised, to_pcm, tones, trimmed

_log = logging.getLogger(__name__)
_ENGLISH = "en-us"
# Piper without its noise, whatever was said before: for callers in tests, not for listeners.
EVEN = "even"
# Seconds of silence after a clause; a comma is a breath, a full stop a pause.
_PAUSES = {",": 0.12, ";": 0.2, ":": 0.2}
_FULL_STOP = 0.25
_MARKS = ",.?!;:"


class Voices:
    """The voices of one inference process."""

    def __init__(self, piper: Path | None, threads: int) -> None:
        self._espeak = EspeakProcess()
        self._piper = Piper(piper, threads) if piper else None

    def say(self, clause: str, *, voice: str, language: str, rate: int) -> bytes:
        """PCM of one clause at `rate`, level and without leading silence."""
        samples, own_rate = self._spoken(clause, voice, language.lower())
        samples = normalised(trimmed(samples, own_rate))
        if own_rate != rate:
            samples = soxr.resample(samples, own_rate, rate)
        pause = np.zeros(int(_PAUSES.get(clause[-1:], _FULL_STOP) * rate), np.float32)
        return to_pcm(np.concatenate([samples, pause]))

    def close(self) -> None:
        """End the espeak-ng program."""
        self._espeak.close()

    def _spoken(self, clause: str, voice: str, language: str) -> tuple[Samples, int]:
        # The one Piper voice in a package is English; espeak-ng knows the other languages.
        english = language.startswith("en")
        try:
            if self._piper and english and voice != "espeak":
                spoken = self._piper.speak(self._phonemes(clause), even=voice == EVEN)
                return spoken, self._piper.rate
            return self._espeak.speech(clause, _ENGLISH if english else language)
        except EspeakUnavailable as error:
            _log.warning("no voice for %s: %s", language, error.message)
            return tones(16_000), 16_000

    def _phonemes(self, clause: str) -> str:
        """IPA with the clause's own punctuation, which Piper turns into melody."""
        spoken, word = "", ""
        for character in clause:
            if character in _MARKS:
                spoken += f"{self._espeak.phonemes(word, _ENGLISH)}{character} "
                word = ""
            else:
                word += character
        return (spoken + self._espeak.phonemes(word, _ENGLISH)).strip()
