"""What the gateway needs to know of a call, and of whoever leads the conversation."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from api.voice.gates import ConsentGate
from domain.conversations.acts import Act, Disposition
from domain.receptionist.ports import Transcript


@dataclass(frozen=True)
class Line:
    """A business's phone line, as it was when the call came in."""

    tenant_id: UUID
    number: str
    language: str = "en"
    voice: str = "default"
    sample_rate: int = 16000
    """8000 or 16000 Hz on the carrier's websocket."""
    rings_staff: bool = False
    """Whether the staff's telephones ring before the receptionist answers."""
    forward_to: str = ""
    """Rings instead of voicemail when a receptionist was lost."""
    voicemail_text: str = "Sorry, we cannot take your call now. Please leave a message."


@dataclass(frozen=True)
class Call:
    """One call."""

    id: str
    """The carrier's identifier of the caller's leg."""
    line: Line
    conversation: str
    """The carrier's identifier shared by all legs of the call."""
    caller: str
    region_url: str = ""
    consent: ConsentGate = field(default_factory=ConsentGate)


class Dialogue(Protocol):
    """One live conversation."""

    @property
    def hints(self) -> Sequence[str]:
        """Words that this caller is likely to say, and nobody would expect."""

    def open(self) -> AsyncIterator[Act]:
        """Greet."""

    def announced(self, *, offset_ms: int) -> None:
        """The caller has heard what must be said before anything is kept, so far into the call."""

    def hear(self, transcript: Transcript, *, offset_ms: int) -> AsyncIterator[Act]:
        """Answer a turn that began `offset_ms` into the call."""

    def keyed(self, digits: str) -> AsyncIterator[Act]:
        """Answer pressed keys."""

    def silent(self, times: int) -> AsyncIterator[Act]:
        """The caller has said nothing for the `times`-th time; the third is the goodbye."""

    def stalled(self, attempt: int) -> AsyncIterator[Act]:
        """Go on without any model: take a message."""

    async def heard(self, spoken: str) -> None:
        """After an interruption: how much of the last reply was really heard."""

    async def heard_out(self) -> None:
        """The last reply was heard to its end: nothing in it can change any more."""

    async def close(self, disposition: Disposition) -> None:
        """The call is over."""


DialogueFactory = Callable[[Call], Awaitable[Dialogue]]
"""Begins a conversation. A `Say` that announces opens `call.consent` once it was heard, as far as
that was armed; a factory may grant or decline it before, where the rules ask for no announcement
or allow no recording."""
