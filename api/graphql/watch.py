"""Sockets end with the session that opened them: within seconds, and even if nothing is sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Self

from starlette.types import Message, Receive, Send

from domain.errors import Unauthenticated

log = logging.getLogger(__name__)

# Seconds between two looks at who is there.
RECHECK = 5.0
# Of graphql-transport-ws: whoever was let in may not stay.
FORBIDDEN = 4403


class WatchedSocket:
    """A websocket that is closed when `authenticate` refuses whoever opened it."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        authenticate: Callable[[], Awaitable[object]],
        every: float,
    ) -> None:
        self._receive = receive
        self._send = send
        self._authenticate = authenticate
        self._every = every
        self._over = asyncio.Event()
        self._open = False
        self._watching: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to watch."""
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Watch no longer."""
        assert self._watching is not None
        self._watching.cancel()
        await asyncio.wait([self._watching])

    async def receive(self) -> Message:
        """The next message; that the client has gone, once its session is over."""
        reading = asyncio.ensure_future(self._receive())
        ending = asyncio.ensure_future(self._over.wait())
        try:
            await asyncio.wait({reading, ending}, return_when=asyncio.FIRST_COMPLETED)
            if not self._over.is_set():
                return await reading
            return {"type": "websocket.disconnect", "code": FORBIDDEN}
        finally:
            reading.cancel()
            ending.cancel()

    async def send(self, message: Message) -> None:
        """Send a message; nothing leaves any more once the session is over."""
        if self._over.is_set():
            return
        self._open = message["type"] in {"websocket.accept", "websocket.send"}
        await self._send(message)

    async def _watch(self) -> None:
        while not self._over.is_set():
            await asyncio.sleep(self._every)
            try:
                await self._authenticate()
            except Unauthenticated:
                await self._close()
            except Exception as fault:
                # The database may be away for a moment; nothing is read meanwhile either.
                log.warning("a socket's session was not looked up: %s", type(fault).__name__)

    async def _close(self) -> None:
        self._over.set()
        if self._open:
            reason = "Session ended"
            await self._send({"type": "websocket.close", "code": FORBIDDEN, "reason": reason})
