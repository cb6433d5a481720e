"""What the caller hears: speech as exact frames, and how much of it has been played.

The carrier plays one frame for every frame it sends, so arriving frames are the clock; its `notify`
events correct that clock and tell when everything was heard.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable

from api.voice.clauses import Clause, clauses
from api.voice.wire import Wire
from domain.errors import Unavailable

# 20 s: far from the carrier's 60 s buffer, and little to throw away on an interruption.
MOST_IN_FLIGHT = 1000
# Sends of a second at most: an interruption waits for no more than one of them.
_FRAMES_PER_SEND = 50
_SYNTHESIS_SECONDS = 6
_DRAIN_GRACE_SECONDS = 3

Speak = Callable[[str], AsyncIterator[bytes]]


class VoiceFailed(Unavailable):
    """The voice gave no audio."""


class Playback:
    """The receptionist's mouth on one call."""

    __slots__ = (
        "_acknowledged",
        "_clauses",
        "_frame_bytes",
        "_idle",
        "_line",
        "_notified",
        "_number",
        "_one_clause",
        "_room",
        "_silence",
        "_speak",
        "_wire",
    )

    def __init__(self, wire: Wire, speak: Speak, frame_bytes: int) -> None:
        self._wire = wire
        self._speak = speak
        self._frame_bytes = frame_bytes
        self._silence = bytes(frame_bytes)
        self._line: deque[tuple[Clause, bytes]] = deque()
        self._clauses: list[Clause] = []
        self._number = 0
        self._notified = 0
        self._acknowledged = 0
        self._one_clause = asyncio.Lock()
        self._room = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def speaking(self) -> bool:
        """Whether the caller hears us at this moment."""
        return bool(self._line)

    @property
    def interruptible(self) -> bool:
        """Whether what is heard now may be cut."""
        return not self._line or self._line[0][0].interruptible

    @property
    def busy(self) -> bool:
        """Whether anything sent has not been confirmed as heard."""
        return not self._idle.is_set()

    def tick(self) -> bytes:
        """20 ms have passed: returns the frame the caller heard."""
        if not self._line:
            return self._silence
        clause, frame = self._line.popleft()
        clause.played += 1
        if len(self._line) < MOST_IN_FLIGHT:
            self._room.set()
        if not self._line:
            # A cancelled clause was never announced: nobody will confirm it.
            self._settle()
        return frame

    def begin(self) -> None:
        """A new reply: forget what was heard of the earlier ones."""
        self._clauses = [clause for clause in self._clauses if not clause.finished]

    async def say(self, text: str, *, interruptible: bool = True) -> None:
        """Synthesise and send; returns when all is sent. Raises `VoiceFailed` or `LineLost`."""
        for piece in clauses(text):
            # Synthesis starts outside the lock, so that a filler can be heard meanwhile.
            audio = await _begun(self._speak(piece))
            async with self._one_clause:
                await self._send(self._clause(piece, interruptible), audio)

    async def play(self, pcm: bytes, *, text: str = "", interruptible: bool = True) -> None:
        """Send audio that was rendered before. Raises `LineLost`."""
        async with self._one_clause:
            await self._send(self._clause(text, interruptible), _whole(pcm))

    async def clear(self) -> tuple[str, str]:
        """Stop at once; returns what was heard and what was not. Raises `LineLost`."""
        # The books are closed before anything is awaited: no frame may slip in between.
        halves = [clause.split() for clause in self._clauses]
        self._line.clear()
        self._clauses.clear()
        self._acknowledged = self._number
        self._room.set()
        self._settle()
        await self._wire.command({"action": "clear"})
        return _join(half[0] for half in halves), _join(half[1] for half in halves)

    def acknowledge(self, number: int) -> None:
        """The carrier has played everything up to this clause."""
        self._acknowledged = max(self._acknowledged, min(number, self._number))
        while self._line and self._line[0][0].number <= self._acknowledged:
            self.tick()
        self._settle()

    async def drained(self) -> None:
        """Wait until all was heard, or should have been."""
        seconds = len(self._line) * 0.02 + _DRAIN_GRACE_SECONDS
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            self._idle.set()

    async def heard(self) -> None:
        """Wait until the carrier has confirmed that all was heard."""
        await self._idle.wait()

    def _settle(self) -> None:
        if not self._line and self._acknowledged >= self._notified:
            self._idle.set()

    def _clause(self, text: str, interruptible: bool) -> Clause:
        self._number += 1
        clause = Clause(self._number, text, interruptible)
        self._clauses.append(clause)
        return clause

    async def _send(self, clause: Clause, audio: AsyncIterator[bytes]) -> None:
        await self._stream(clause, audio)
        clause.complete = True
        self._notified = clause.number
        await self._wire.command({"action": "notify", "payload": {"clause": clause.number}})

    async def _stream(self, clause: Clause, audio: AsyncIterator[bytes]) -> None:
        rest = bytearray()
        async for pcm in _bounded(audio):
            rest += pcm
            whole = len(rest) // self._frame_bytes * self._frame_bytes
            await self._frames(clause, bytes(rest[:whole]))
            del rest[:whole]
        if rest:
            await self._frames(clause, bytes(rest).ljust(self._frame_bytes, b"\0"))

    async def _frames(self, clause: Clause, pcm: bytes) -> None:
        size = self._frame_bytes
        frames = [pcm[at : at + size] for at in range(0, len(pcm), size)]
        for at in range(0, len(frames), _FRAMES_PER_SEND):
            await self._wait_for_room()
            batch = frames[at : at + _FRAMES_PER_SEND]
            clause.frames += len(batch)
            self._idle.clear()
            self._line.extend((clause, frame) for frame in batch)
            await self._wire.audio(batch)

    async def _wait_for_room(self) -> None:
        while len(self._line) >= MOST_IN_FLIGHT:
            self._room.clear()
            await self._room.wait()


async def _whole(pcm: bytes) -> AsyncIterator[bytes]:
    yield pcm


async def _begun(audio: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same audio with its first piece ready, so that a slow voice keeps nobody waiting."""
    bounded = _bounded(audio)
    first = await anext(bounded, b"")
    if not first:
        raise VoiceFailed("the voice gave no audio")
    return _after(first, bounded)


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


async def _bounded(audio: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same audio; `VoiceFailed` when a piece fails or takes too long."""
    while True:
        try:
            async with asyncio.timeout(_SYNTHESIS_SECONDS):
                piece = await anext(audio)
        except StopAsyncIteration:
            return
        except Exception as error:
            raise VoiceFailed("the voice failed") from error
        yield piece


def _join(pieces: Iterable[str]) -> str:
    return " ".join(piece for piece in pieces if piece)
