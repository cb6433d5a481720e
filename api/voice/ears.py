"""One caller's recogniser, which may fail without taking the call with it."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence

from api.voice.dialogue import Call
from domain.errors import Unavailable
from domain.receptionist.ports import SpeechToText, Transcript, TranscriptionStream

log = logging.getLogger(__name__)

# 320 ms: the head of a word, heard before the turn was recognised as one.
PRE_ROLL_FRAMES = 16
_COMMIT_SECONDS = 8
_CLOSE_SECONDS = 3


class Ears:
    """Audio in, one transcript per turn out."""

    __slots__ = ("_call", "_hints", "_interim", "_pre_roll", "_speech", "_stream", "listening")

    def __init__(
        self,
        speech: SpeechToText,
        call: Call,
        interim: Callable[[str], None],
        hints: Sequence[str] = (),
    ) -> None:
        self._speech = speech
        self._call = call
        self._hints = hints
        self._interim = interim
        self._pre_roll: deque[bytes] = deque(maxlen=PRE_ROLL_FRAMES)
        self._stream: TranscriptionStream | None = None
        self.listening = False

    def hear(self, frame: bytes) -> None:
        """Take 20 ms: given to the recogniser in a turn, kept for the next one otherwise."""
        if self.listening and self._stream is not None:
            self._try(self._stream.push, frame)
        else:
            self._pre_roll.append(frame)

    def begin(self) -> None:
        """A turn has begun a moment ago."""
        self.listening = True
        # Opened late: before consent no recogniser may even know of the call.
        if self._stream is None:
            self._open()
        if self._stream is not None:
            self._try(self._stream.push, b"".join(self._pre_roll))
        self._pre_roll.clear()

    def pause(self) -> None:
        """The caller fell silent."""
        if self._stream is not None:
            self._try(self._stream.pause)

    def resume(self) -> None:
        """The caller went on."""
        if self._stream is not None:
            self._try(self._stream.resume)

    def forget(self) -> None:
        """Forget what was heard before the next turn."""
        self._pre_roll.clear()

    def discard(self) -> None:
        """The turn was none."""
        self.listening = False
        if self._stream is not None:
            self._try(self._stream.discard)

    def end(self) -> None:
        """The turn is complete; `commit` will say what it was."""
        self.listening = False

    async def commit(self) -> Transcript:
        """What was said; raises `Unavailable`, and starts afresh after a failure."""
        stream = self._stream
        if stream is None:
            raise Unavailable("the recogniser failed during the turn")
        try:
            async with asyncio.timeout(_COMMIT_SECONDS):
                return await stream.commit()
        except Exception as error:
            self._stream = None
            await _close(stream)
            raise Unavailable("the recogniser failed") from error

    async def close(self) -> None:
        """Release the recogniser."""
        stream, self._stream = self._stream, None
        if stream is not None:
            await _close(stream)

    def _open(self) -> None:
        line = self._call.line
        try:
            self._stream = self._speech.open(
                sample_rate=line.sample_rate,
                language=line.language,
                hints=self._hints,
                on_interim=self._interim,
            )
        except Exception:
            log.exception("the recogniser could not be opened")

    def _try(self, action: Callable[..., None], *audio: bytes) -> None:
        try:
            action(*audio)
        except Exception:
            log.exception("the recogniser failed")
            self._stream = None


async def _close(stream: TranscriptionStream) -> None:
    try:
        async with asyncio.timeout(_CLOSE_SECONDS):
            await stream.close()
    except Exception:
        log.exception("the recogniser could not be closed")
