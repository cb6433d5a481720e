"""Ears and a voice that cost nothing."""

from collections.abc import AsyncIterator, Callable, Sequence

from bench.voice.script import QUESTION, REPLY_PIECES
from domain.receptionist.ports import Transcript


class StubEars:
    """Recognises the question, at once."""

    def open(
        self,
        *,
        sample_rate: int,
        language: str,
        hints: Sequence[str] = (),
        on_interim: Callable[[str], None] | None = None,
    ) -> "StubEars":
        """The same for everybody: it remembers nothing."""
        return self

    def push(self, pcm: bytes) -> None:
        """Take audio."""

    def pause(self) -> None:
        """Take a pause."""

    def resume(self) -> None:
        """Go on."""

    def discard(self) -> None:
        """Forget."""

    async def commit(self) -> Transcript:
        """What was said."""
        return Transcript(QUESTION)

    async def close(self) -> None:
        """Hold nothing."""


class StubVoice:
    """Says everything with the canned reply, at once."""

    async def stream(
        self, text: str, *, voice: str, language: str, sample_rate: int
    ) -> AsyncIterator[bytes]:
        """200 ms at a time."""
        for piece in REPLY_PIECES:
            yield piece
