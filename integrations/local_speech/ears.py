"""Our speech to text: turns of a caller, transcribed in the inference processes."""

import asyncio
from collections.abc import Callable, Sequence

from domain.receptionist.ports import Transcript
from integrations.local_speech.jobs import Priority
from integrations.local_speech.pool import InferencePool
from integrations.local_speech.sound import from_pcm, rms
from integrations.local_speech.wire import Frame

_RATES = (8_000, 16_000)
# Whoever talks longer than this without a pause is music; the newest audio is kept.
_LONGEST_TURN = 120
# A tenth of a second holds no word.
_SHORTEST_TURN = 0.1
# Whisper is no streaming model: an interim hears the whole turn again, so long turns get none.
_INTERIM_EVERY = 1.0
_LAST_INTERIM = 15.0


class LocalEars:
    """`SpeechToText` on a pool of inference processes."""

    def __init__(self, pool: InferencePool) -> None:
        self._pool = pool

    def open(
        self,
        *,
        sample_rate: int,
        language: str,
        hints: Sequence[str] = (),
        on_interim: Callable[[str], None] | None = None,
    ) -> "LocalStream":
        """Begin listening to one caller, at 8 or 16 kHz; `hints` are words likely to be said."""
        if sample_rate not in _RATES:
            raise ValueError(f"sample_rate must be one of {_RATES}, not {sample_rate}")
        job = {"do": "hear", "rate": sample_rate, "language": language, "hints": list(hints)}
        return LocalStream(self._pool, job, sample_rate, on_interim)


class LocalStream:
    """`TranscriptionStream` of one caller."""

    def __init__(
        self,
        pool: InferencePool,
        job: dict[str, object],
        sample_rate: int,
        on_interim: Callable[[str], None] | None,
    ) -> None:
        self._pool = pool
        self._job = job
        self._second = sample_rate * 2
        self._on_interim = on_interim
        self._audio = bytearray()
        self._interim_at = 0
        self._interim: asyncio.Future[Frame] | None = None
        self._early: asyncio.Future[Frame] | None = None
        self._early_until = 0

    def push(self, pcm: bytes) -> None:
        """Add audio of the current turn."""
        self._audio += pcm
        if (extra := len(self._audio) - _LONGEST_TURN * self._second) > 0:
            self.resume()
            del self._audio[:extra]
        self._guess()

    def pause(self) -> None:
        """The caller fell silent: transcribe what was heard, speculatively."""
        # Interims give way: what matters now is the final text.
        self.resume()
        self._stop_guessing()
        if self._worth_hearing():
            self._early_until = len(self._audio)
            self._early = self._hear(Priority.FINAL)
            # A turn that sounds complete need not be waited for long: tell what was heard.
            self._early.add_done_callback(self._suspected)

    def resume(self) -> None:
        """The caller went on: forget the speculative work, keep the audio."""
        if self._early is not None:
            self._early.cancel()
            self._early = None

    def discard(self) -> None:
        """The turn was no turn: forget its audio and all work on it."""
        self.resume()
        self._stop_guessing()
        self._audio.clear()
        self._interim_at = 0

    async def commit(self) -> Transcript:
        """The turn's final text, speculative work reused; the next turn begins at once."""
        self._stop_guessing()
        answer = self._take_early() or self._final()
        self.discard()
        if answer is None:
            return self._transcript(Frame({"text": "", "confidence": 0.0}))
        return self._transcript(await answer)

    async def close(self) -> None:
        """Withdraw every job of this caller; safe to call twice."""
        self.discard()
        self._on_interim = None

    def _take_early(self) -> asyncio.Future[Frame] | None:
        """The speculative answer, unless it failed or audible sound came after it."""
        early, self._early = self._early, None
        if early is None:
            return None
        # A job that died while nobody waited is no news: commit simply asks again.
        failed = early.done() and early.exception() is not None
        if failed or self._went_on():
            early.cancel()
            return None
        return early

    def _went_on(self) -> bool:
        """Whether something louder than a quarter of the turn's level came since the pause."""
        # A session may go on pushing the silence in which it waits for the end of the turn.
        since = from_pcm(bytes(self._audio[self._early_until :]))
        turn = from_pcm(bytes(self._audio[: self._early_until]))
        return rms(since) > rms(turn) / 4

    def _final(self) -> asyncio.Future[Frame] | None:
        return self._hear(Priority.FINAL) if self._worth_hearing() else None

    def _worth_hearing(self) -> bool:
        return len(self._audio) >= _SHORTEST_TURN * self._second

    def _hear(self, priority: Priority) -> asyncio.Future[Frame]:
        return self._pool.submit(Frame(self._job, bytes(self._audio)), priority)

    def _guess(self) -> None:
        """Start an interim when a second of new audio came and none is under way."""
        fresh = len(self._audio) - self._interim_at >= _INTERIM_EVERY * self._second
        short = len(self._audio) <= _LAST_INTERIM * self._second
        if self._on_interim is None or self._interim is not None or not (fresh and short):
            return
        self._interim_at = len(self._audio)
        self._interim = self._hear(Priority.INTERIM)
        self._interim.add_done_callback(self._guessed)

    def _guessed(self, answer: asyncio.Future[Frame]) -> None:
        if answer is self._interim:
            self._interim = None
            self._tell(answer)

    def _suspected(self, answer: asyncio.Future[Frame]) -> None:
        if answer is self._early:
            self._tell(answer)

    def _tell(self, answer: asyncio.Future[Frame]) -> None:
        if answer.cancelled() or answer.exception() is not None:
            return
        text = str(answer.result().header["text"])
        if text and self._on_interim is not None:
            self._on_interim(text)

    def _stop_guessing(self) -> None:
        if self._interim is not None:
            self._interim.cancel()
            self._interim = None

    def _transcript(self, answer: Frame) -> Transcript:
        heard = answer.header
        return Transcript(
            text=str(heard["text"]),
            confidence=float(str(heard["confidence"])),
            language=str(self._job["language"]),
        )
