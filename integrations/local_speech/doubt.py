"""When not to believe Whisper: loops, guesses, and the things it says to silence."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

# Seconds of the encoder's window. The model was trained on 30; 8 costs a third and errs no more
# on real calls, except that it sometimes loops.
FULL_WINDOW = 30.0
SHORT_WINDOW = 8.0
# A mean token log-probability under this reads like dice (openai/whisper's own threshold).
UNSURE = -1.0
# Under 1.5 s a second try only invents more words.
SHORTEST_RETRY = 1.5
_SPOKEN_TO_SILENCE = frozenset(
    {"you", "thank you", "thanks", "bye", "bye bye", "thanks for watching", "thank you very much"}
)
_LEAST_SPEECH_MS = 250
_NO_SPEECH = 0.6


@dataclass(frozen=True)
class Guess:
    """What one decoding gave: text, mean log-probability, probability that nobody spoke."""

    text: str
    score: float
    no_speech: float


@dataclass(frozen=True)
class Heard:
    """The text of some audio and its mean probability per token, 0 to 1."""

    text: str
    confidence: float


NOTHING = Heard("", 0.0)


def believed(guess: Callable[[float], Guess], seconds: float, speech_ms: int) -> Heard:
    """The text to believe of `guess(window)`: short window first, the full one when in doubt."""
    best = guess(SHORT_WINDOW)
    if needs_second_try(best.text, best.score, seconds):
        best = guess(FULL_WINDOW)
    if is_imagined(best.text, best.score, best.no_speech, speech_ms):
        return NOTHING
    return Heard(best.text, exp(best.score))


def needs_second_try(text: str, score: float, seconds: float) -> bool:
    """Whether to hear it again with the full window: it loops, or is improbable."""
    return seconds >= SHORTEST_RETRY and (score < UNSURE or repeats(text))


def repeats(text: str) -> bool:
    """Whether words come again and again in a row, as from a decoder that lost its place."""
    words = _words(text)
    # Honest speech stammers ("no no", "very very"); a loop fills its sentence.
    loop = max(4, min(len(words), 6))
    starts = range(len(words))
    lengths = range(1, len(words) // 2 + 1)
    return any(_run(words[start:], length) >= loop for start in starts for length in lengths)


def _run(words: Sequence[str], length: int) -> int:
    """How many words the first `length` of them and their immediate repetitions cover."""
    unit, covered = words[:length], length
    while words[covered : covered + length] == unit:
        covered += length
    return covered if covered > length else 0


def is_imagined(text: str, score: float, no_speech: float, speech_ms: int) -> bool:
    """Whether nobody said this: Whisper fills silence with film credits and thanks."""
    words = " ".join(_words(text))
    if not words:
        return True
    if no_speech > _NO_SPEECH and score < UNSURE:
        return True
    stock = words in _SPOKEN_TO_SILENCE
    return stock and (speech_ms < _LEAST_SPEECH_MS or no_speech > _NO_SPEECH)


def _words(text: str) -> Sequence[str]:
    return re.findall(r"[\w']+", text.lower())
