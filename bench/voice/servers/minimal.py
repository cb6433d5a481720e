"""The limit: a canned reply after silence, on an energy gate, and nothing else."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import uvicorn

from bench.voice.script import FRAME_BYTES, REPLY, STOP_MS

# Twice the noise of the line, half of the quietest speech.
_LOUD = 120.0
_FRAMES = [REPLY[at : at + FRAME_BYTES] for at in range(0, len(REPLY), FRAME_BYTES)]
_STOP_FRAMES = STOP_MS // 20
# 60 ms of sound is a word, less is a click.
_START_FRAMES = 3

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Ear:
    """Tells when a turn is over."""

    __slots__ = ("_loud", "_quiet")

    def __init__(self) -> None:
        self._loud = 0
        self._quiet = 0

    def over(self, frame: bytes) -> bool:
        """Take 20 ms; whether they end a turn."""
        samples = np.frombuffer(frame, "<i2").astype(np.float32)
        if samples @ samples > _LOUD * _LOUD * len(samples):
            self._loud, self._quiet = self._loud + 1, 0
            return False
        self._quiet += 1
        if self._loud < _START_FRAMES or self._quiet < _STOP_FRAMES:
            return False
        self._loud = 0
        return True


async def app(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Send) -> None:
    """One call."""
    await receive()
    await send({"type": "websocket.accept"})
    ear = Ear()
    replies: set[asyncio.Task[None]] = set()
    while (message := await receive())["type"] == "websocket.receive":
        frame = message.get("bytes")
        if frame and ear.over(frame):
            task = asyncio.create_task(_reply(send))
            replies.add(task)
            task.add_done_callback(replies.discard)


async def _reply(send: Send) -> None:
    for frame in _FRAMES:
        await send({"type": "websocket.send", "bytes": frame})


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        log_level="warning",
        loop="uvloop",
        lifespan="off",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
