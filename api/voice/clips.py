"""The floor under every voice: a few sentences rendered at start-up, or else a tone."""

import logging
import math
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from domain.receptionist.ports import TextToSpeech

log = logging.getLogger(__name__)

RATES = (8000, 16000)
_TONE_HERTZ = (440, 330)
_TONE_SECONDS = 0.3
_TONE_PEAK = 6000


class Phrase(Enum):
    """What must be sayable when everything else fails."""

    APOLOGY = "apology"
    FILLER = "filler"
    GOODBYE = "goodbye"
    TRANSFER_FAILED = "transfer_failed"


ENGLISH: Mapping[Phrase, str] = {
    Phrase.APOLOGY: "I am sorry, I had a problem there. Could you say that again?",
    Phrase.FILLER: "One moment, please.",
    Phrase.GOODBYE: "I am sorry, I have to end this call now. Goodbye.",
    Phrase.TRANSFER_FAILED: "I am sorry, I could not connect you.",
}


@dataclass(frozen=True)
class Clip:
    """A rendered phrase."""

    text: str
    pcm: bytes


class Clips:
    """Phrases ready to play, by sample rate."""

    def __init__(self, texts: Mapping[Phrase, str], audio: Mapping[tuple[Phrase, int], bytes]):
        self._texts = texts
        self._audio = audio

    def get(self, phrase: Phrase, sample_rate: int) -> Clip:
        """The phrase, or a tone in its place."""
        pcm = self._audio.get((phrase, sample_rate)) or tone(sample_rate)
        return Clip(self._texts[phrase], pcm)


async def render_clips(
    voice: TextToSpeech, texts: Mapping[Phrase, str] = ENGLISH, *, name: str, language: str
) -> Clips:
    """Render every phrase; one that fails becomes a tone."""
    audio: dict[tuple[Phrase, int], bytes] = {}
    for phrase, text in texts.items():
        for rate in RATES:
            stream = voice.stream(text, voice=name, language=language, sample_rate=rate)
            try:
                audio[phrase, rate] = b"".join([piece async for piece in stream])
            except Exception:
                log.exception("phrase %s could not be rendered", phrase.value)
    return Clips(texts, audio)


def tone(sample_rate: int) -> bytes:
    """Two falling notes: something went wrong, but the line is alive."""
    count = int(sample_rate * _TONE_SECONDS)
    samples = [
        int(_TONE_PEAK * math.sin(2 * math.pi * hertz * at / sample_rate))
        for hertz in _TONE_HERTZ
        for at in range(count)
    ]
    return array("h", samples).tobytes()
