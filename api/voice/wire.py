"""A call's websocket; every send is bounded."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from integrations.picows import EXTENSION, FrameChannel

# A carrier that takes nothing for this long is gone, whatever TCP says.
SEND_SECONDS = 5
CLOSE_SECONDS = 0.5


_LOST = (TimeoutError, RuntimeError, ConnectionError, WebSocketDisconnect)


class LineLost(Exception):
    """The carrier's socket no longer takes what we send."""


Message = bytes | str


class Wire:
    """Frames and commands, to and from the carrier."""

    __slots__ = ("_channel", "_websocket")

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        # A plain ASGI server has none: then every frame goes through a queue and a task.
        self._channel: FrameChannel | None = websocket.scope.get("extensions", {}).get(EXTENSION)

    async def receive(self) -> Message | None:
        """The next message; None once the carrier has closed."""
        return _content(await self._websocket.receive())

    async def listen(self, take: Callable[[Message], None]) -> None:
        """Give every message to `take` until the carrier closes; raises what `take` raises."""
        if self._channel is not None:
            await self._channel.deliver(take)
            return
        receive = self._websocket.receive
        while (message := _content(await receive())) is not None:
            take(message)

    async def audio(self, frames: Sequence[bytes]) -> None:
        """Send frames of exactly 20 ms; raises `LineLost`."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send(frames)
        except _LOST as error:
            raise LineLost from error

    async def command(self, command: dict[str, object]) -> None:
        """Send a text command; raises `LineLost`."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._websocket.send_text(json.dumps(command))
        except _LOST as error:
            raise LineLost from error

    async def close(self, code: int) -> None:
        """Say goodbye, without waiting for an answer that may never come."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._websocket.close(code)
        except _LOST:
            return

    async def _send(self, frames: Sequence[bytes]) -> None:
        if self._channel is not None:
            await self._channel.send_frames(frames)
            return
        for frame in frames:
            await self._websocket.send_bytes(frame)


def _content(event: Mapping[str, Any]) -> Message | None:
    audio = event.get("bytes")
    content: Message | None = event.get("text") if audio is None else audio
    return content
