"""The sending half of a call's websocket; every send is bounded."""

import asyncio
import json
from collections.abc import Sequence

from starlette.websockets import WebSocket, WebSocketDisconnect

# A carrier that takes nothing for this long is gone, whatever TCP says.
SEND_SECONDS = 5
CLOSE_SECONDS = 0.5


class LineLost(Exception):
    """The carrier's socket no longer takes what we send."""


class Wire:
    """Frames and commands to the carrier."""

    __slots__ = ("_websocket",)

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def audio(self, frames: Sequence[bytes]) -> None:
        """Send frames of exactly 20 ms; raises `LineLost`."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                for frame in frames:
                    await self._websocket.send_bytes(frame)
        except (TimeoutError, RuntimeError, WebSocketDisconnect) as error:
            raise LineLost from error

    async def command(self, command: dict[str, object]) -> None:
        """Send a text command; raises `LineLost`."""
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._websocket.send_text(json.dumps(command))
        except (TimeoutError, RuntimeError, WebSocketDisconnect) as error:
            raise LineLost from error

    async def close(self, code: int) -> None:
        """Say goodbye, without waiting for an answer that may never come."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self._websocket.close(code)
        except (TimeoutError, RuntimeError, WebSocketDisconnect):
            return
