"""The recording of one call: caller left, receptionist right, on one clock of 20 ms frames."""

import asyncio
import logging
from typing import Protocol

import numpy as np

from api.voice.gates import (
    HOLD_BACK_FRAMES,
    LONG_HOLD_BACK_FRAMES,
    ConsentGate,
    HoldBack,
)

log = logging.getLogger(__name__)

FRAME_MS = 20
# 5 s: what a crash can lose, and what one encrypted chunk holds.
CHUNK_FRAMES = 250
# 40 s behind, the sink is broken rather than slow.
_CHUNKS_WAITING = 8
_CLOSE_SECONDS = 10


class RecordingSink(Protocol):
    """Where a recording goes: interleaved stereo PCM in chunks of about five seconds."""

    async def write(self, chunk: bytes) -> None:
        """Keep the next chunk."""

    async def finish(self) -> None:
        """The recording is complete."""

    async def abandon(self, reason: str) -> None:
        """There will be no (complete) recording; say why."""


class Recorder:
    """Takes every frame synchronously; a task of its own does the writing."""

    __slots__ = (
        "_consent",
        "_failure",
        "_frame",
        "_left",
        "_longer",
        "_queue",
        "_right",
        "_start",
        "_writer",
    )

    def __init__(self, sink: RecordingSink, consent: ConsentGate, frame_bytes: int) -> None:
        self._consent = consent
        # Apart until a chunk is whole: interleaving every frame would cost more than all the rest.
        frames = HOLD_BACK_FRAMES + CHUNK_FRAMES
        self._left, self._right = HoldBack(frames, frame_bytes), HoldBack(frames, frame_bytes)
        self._frame = 0
        self._start = -1
        self._longer = False
        self._failure = ""
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(_CHUNKS_WAITING)
        self._writer = asyncio.create_task(self._write(sink))

    def frame(self, caller: bytes, receptionist: bytes) -> None:
        """Take 20 ms of both sides; nothing is kept before consent."""
        self._frame += 1
        if not self._consent.may_record:
            return
        # The recording starts with consent; spans arrive in milliseconds of the call.
        if self._start < 0:
            self._start = self._frame - 1
        if self._left.full:
            left, right = self._left.release(CHUNK_FRAMES), self._right.release(CHUNK_FRAMES)
            self._enqueue(interleave(left, right))
        self._left.push(caller)
        self._right.push(receptionist)

    def silence(self, start_ms: int, end_ms: int) -> bool:
        """Silence a span of the call; False when part of it has left the window already."""
        if self._start < 0:
            return True
        first, last = start_ms // FRAME_MS - self._start, end_ms // FRAME_MS - self._start
        caller = self._left.silence(max(first, 0), last)
        return self._right.silence(max(first, 0), last) and caller

    def hold(self, *, longer: bool) -> None:
        """Keep more of the past open to silencing, or no more than usual."""
        if longer is self._longer:
            return
        self._longer = longer
        frames = CHUNK_FRAMES + (LONG_HOLD_BACK_FRAMES if longer else HOLD_BACK_FRAMES)
        self._enqueue(interleave(self._left.resize(frames), self._right.resize(frames)))

    def heard(self, since: int) -> tuple[int, bytes]:
        """The caller's sound since a frame of the call, and the frame with which it begins."""
        start = max(self._start, 0)
        first, pcm = self._left.since(max(since - start, 0))
        return start + first, pcm

    async def close(self) -> None:
        """Write what is held and finish, or abandon when consent is missing or writing failed."""
        if self._consent.agreed:
            self._enqueue(interleave(self._left.drain(), self._right.drain()))
        elif not self._failure:
            self._failure = self._consent.refusal
        await self._stop()

    async def _stop(self) -> None:
        if not self._writer.done():
            try:
                async with asyncio.timeout(_CLOSE_SECONDS):
                    await self._queue.put(b"")
            except TimeoutError:
                self._writer.cancel()
        await asyncio.wait({self._writer}, timeout=_CLOSE_SECONDS)

    def _enqueue(self, chunk: bytes) -> None:
        try:
            if chunk and not self._failure:
                self._queue.put_nowait(chunk)
        except asyncio.QueueFull:
            self._failure = "the sink is too slow"

    async def _write(self, sink: RecordingSink) -> None:
        """Write until the empty chunk that `close` sends."""
        while chunk := await self._queue.get():
            await self._keep(sink, chunk)
        try:
            await (sink.abandon(self._failure) if self._failure else sink.finish())
        except Exception:
            log.exception("a recording could not be closed")

    async def _keep(self, sink: RecordingSink, chunk: bytes) -> None:
        if self._failure:
            return
        try:
            await sink.write(chunk)
        except Exception:
            log.exception("a recording chunk could not be written")
            self._failure = "the sink failed"


def interleave(left: bytes, right: bytes) -> bytes:
    """Two mono sounds of the same length as one in stereo."""
    stereo = np.empty((len(left) // 2, 2), "<i2")
    stereo[:, 0] = np.frombuffer(left, "<i2")
    stereo[:, 1] = np.frombuffer(right, "<i2")
    return stereo.tobytes()
