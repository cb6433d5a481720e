"""Time that stands still while something is computed, so that a call is the same on any machine.

A caller's frame takes 20 ms of a clock of our own, and no longer than its work. A recogniser or a
voice that is slow here is not heard as one that is slow.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar, cast

from domain.clock import FixedClock
from domain.receptionist.ports import (
    SpeechToText,
    TextToSpeech,
    Transcript,
    TranscriptionStream,
)

T = TypeVar("T")
FRAME = timedelta(milliseconds=20)
# Turns of the event loop without any work: a frame is read from its socket and scored, it ends a
# turn, and the task begins that answers it.
QUIET_ROUNDS = 6


class Labour:
    """What is being computed at this moment."""

    def __init__(self) -> None:
        self._jobs = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def idle(self) -> bool:
        """Whether nothing is."""
        return self._idle.is_set()

    @contextmanager
    def job(self) -> Iterator[None]:
        """Something is, until the block ends."""
        self._jobs += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._jobs -= 1
            if not self._jobs:
                self._idle.set()

    async def each(self, made: AsyncIterator[T]) -> AsyncGenerator[T, None]:
        """The same things; making each of them is a job, and what is done with it is none."""
        async with aclosing(cast("AsyncGenerator[T, None]", made)) as things:
            while True:
                try:
                    with self.job():
                        thing = await anext(things)
                except StopAsyncIteration:
                    return
                yield thing

    async def done(self) -> None:
        """Wait until nothing is under way."""
        await self._idle.wait()


@dataclass(frozen=True)
class Beat:
    """One frame after the other, each as soon as all work on those before it is done."""

    clock: FixedClock
    labour: Labour

    async def __call__(self) -> None:
        """Let the time of a frame pass."""
        quiet = 0
        while quiet < QUIET_ROUNDS:
            await self.labour.done()
            await asyncio.sleep(0)
            quiet = quiet + 1 if self.labour.idle else 0
        self.clock.advance(FRAME)


@dataclass(frozen=True)
class PatientEars:
    """A recogniser for which time stands still. Implements `SpeechToText`.

    It tells nothing before a turn has ended: a guess is worth the time in which it comes.
    """

    ears: SpeechToText
    labour: Labour

    def open(
        self,
        *,
        sample_rate: int,
        language: str,
        hints: Sequence[str] = (),
        on_interim: Callable[[str], None] | None = None,
    ) -> TranscriptionStream:
        """Begin listening to one caller."""
        stream = self.ears.open(sample_rate=sample_rate, language=language, hints=hints)
        return PatientStream(stream, self.labour)


class PatientStream:
    """One caller's stream. Implements `TranscriptionStream`."""

    def __init__(self, stream: TranscriptionStream, labour: Labour) -> None:
        self._stream = stream
        self._labour = labour
        self.push = stream.push
        self.pause = stream.pause
        self.resume = stream.resume
        self.discard = stream.discard
        self.close = stream.close

    async def commit(self) -> Transcript:
        """The turn's text. Raises `Unavailable`."""
        with self._labour.job():
            return await self._stream.commit()


@dataclass(frozen=True)
class PatientVoice:
    """A voice for which time stands still. Implements `TextToSpeech`."""

    voice: TextToSpeech
    labour: Labour

    def stream(
        self, text: str, *, voice: str, language: str, sample_rate: int
    ) -> AsyncIterator[bytes]:
        """Speak."""
        spoken = self.voice.stream(text, voice=voice, language=language, sample_rate=sample_rate)
        return self.labour.each(spoken)
