"""Keeping payment cards out of recordings: one memory for each call's ears.

The gateway shows its redactor one turn at a time and does not say of which call; so every stream of
transcripts carries the memory of its own caller.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from api.voice.gates import Verdict
from domain.privacy.card_talk import tells_card
from domain.privacy.redaction import CardWatch
from domain.privacy.sensitive import social_security
from domain.receptionist.ports import SpeechToText, Transcript, TranscriptionStream

Span = tuple[int, int]
Memory = CardWatch[Span]


@dataclass(frozen=True)
class Overheard(Transcript):
    """A transcript, and the digits its caller said in the turns before."""

    memory: Memory = field(default_factory=CardWatch, repr=False, compare=False)


@dataclass(frozen=True)
class AttentiveEars:
    """A recogniser whose transcripts belong to a caller. Implements `SpeechToText`."""

    ears: SpeechToText

    def open(
        self,
        *,
        sample_rate: int,
        language: str,
        hints: Sequence[str] = (),
        on_interim: Callable[[str], None] | None = None,
    ) -> TranscriptionStream:
        """Begin listening to one caller."""
        stream = self.ears.open(
            sample_rate=sample_rate, language=language, hints=hints, on_interim=on_interim
        )
        return AttentiveStream(stream)


class AttentiveStream:
    """One caller's stream. Implements `TranscriptionStream`."""

    def __init__(self, stream: TranscriptionStream) -> None:
        self._stream = stream
        self._memory = Memory()
        self.push = stream.push
        self.pause = stream.pause
        self.resume = stream.resume
        self.discard = stream.discard
        self.close = stream.close

    async def commit(self) -> Transcript:
        """The turn's text, with the caller's memory. Raises `Unavailable`."""
        heard = await self._stream.commit()
        return Overheard(**vars(heard), memory=self._memory)


class CardRedactor:
    """Silences card and social security numbers in recordings. Implements the gateway's `Redactor`.

    Nobody knows when in a turn a word was said, so all of it is silenced, and with it the turns
    before in which the number was begun.
    """

    def judge(self, transcript: Transcript, *, start_ms: int, end_ms: int) -> Verdict:
        """What to silence, and whether a number may have been begun."""
        memory = transcript.memory if isinstance(transcript, Overheard) else Memory()
        turn = (start_ms, end_ms)
        reading = memory.read(transcript.text, turn)
        doubtful = bool(memory.doubtful)
        card = reading.found or tells_card(transcript.text)
        if not card and not any(social_security(transcript.text)):
            return Verdict(doubtful=doubtful)
        spans = [*(earlier.turn for earlier in reading.earlier), turn]
        return Verdict(spans, doubtful, pause=card)

    def is_telling(self, text: str) -> bool:
        """Whether a card is being told."""
        return tells_card(text)
