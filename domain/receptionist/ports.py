"""What a live call needs at once, and others provide: ears, a voice, and a sense of turns.

Every audio value is signed 16-bit little-endian mono PCM. Times are milliseconds unless a name
says otherwise. Implementations live in `integrations/`; `domain` only owns the shape.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Transcript:
    """What a recogniser believes was said in one caller turn."""

    text: str
    confidence: float = 1.0
    """Mean probability per token, 0 to 1."""
    alternatives: tuple[str, ...] = ()
    language: str = "en"


class TranscriptionStream(Protocol):
    """One caller's speech becoming text, turn by turn. Only `commit` waits."""

    def push(self, pcm: bytes) -> None:
        """Add audio of the current turn."""

    def pause(self) -> None:
        """The caller fell silent: start work on what was heard, speculatively."""

    def resume(self) -> None:
        """The caller went on: forget the speculative work, keep the audio."""

    def discard(self) -> None:
        """The turn was no turn (a cough, an echo): forget its audio."""

    async def commit(self) -> Transcript:
        """Return the turn's final text, and begin the next turn. Raises `Unavailable`."""

    async def close(self) -> None:
        """Release what the stream holds; safe to call twice."""


class SpeechToText(Protocol):
    """A speech recogniser."""

    def open(
        self,
        *,
        sample_rate: int,
        language: str,
        hints: Sequence[str] = (),
        on_interim: Callable[[str], None] | None = None,
    ) -> TranscriptionStream:
        """Begin listening to one caller; `hints` are words likely to be said."""


class TextToSpeech(Protocol):
    """A voice."""

    def stream(
        self, text: str, *, voice: str, language: str, sample_rate: int
    ) -> AsyncIterator[bytes]:
        """Speak `text`, yielding PCM as it is ready, in pieces of any length."""


class VadChannel(Protocol):
    """Voice activity of one caller."""

    def feed(self, frame: bytes) -> None:
        """Take one 20 ms frame; synchronous, and never slow."""

    def close(self) -> None:
        """Free the channel's place in the batch."""


class Vad(Protocol):
    """Voice activity detection for every caller of the process at once."""

    window_ms: int

    def open(self, *, sample_rate: int, on_window: Callable[[bool], None]) -> VadChannel:
        """Begin a channel; `on_window(speech)` is called once per `window_ms` of audio."""


@dataclass(frozen=True)
class Message:
    """One line of a conversation, as a language model sees it."""

    role: str
    text: str


@dataclass(frozen=True)
class ToolCall:
    """A language model's wish to use a tool."""

    name: str
    arguments: dict[str, object] = field(default_factory=dict)


class LanguageModel(Protocol):
    """A model that phrases answers. Never trusted with a decision that has an effect."""

    def reply(
        self, messages: Sequence[Message], *, deadline_ms: int
    ) -> AsyncIterator[str | ToolCall]:
        """Stream sentences and tool calls. Raises `Unavailable`."""
