"""Sockets and event streams end with the session that opened them.

Within seconds, and even if nothing is sent.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Self

import orjson
from starlette.types import Message, Receive, Send

from domain.errors import Unauthenticated

log = logging.getLogger(__name__)

# Seconds between two looks at who is there.
RECHECK = 5.0
# Of graphql-transport-ws: whoever was let in may not stay.
FORBIDDEN = 4403

Authenticate = Callable[[], Awaitable[object]]


class WatchedSocket:
    """A websocket that is closed when `authenticate` refuses whoever opened it."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        authenticate: Authenticate,
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
            if await _refusal(self._authenticate) is not None:
                await self._close()

    async def _close(self) -> None:
        self._over.set()
        if self._open:
            reason = "Session ended"
            await self._send({"type": "websocket.close", "code": FORBIDDEN, "reason": reason})


async def watched_events(
    events: AsyncGenerator[str, None], authenticate: Authenticate, every: float
) -> AsyncGenerator[str, None]:
    """Server-sent events, until there are no more or whoever asked for them may not have them."""
    # One task works for the stream from beginning to end: what it opens, it closes itself.
    waiting: asyncio.Queue[str | None] = asyncio.Queue(1)
    pumping = asyncio.create_task(_pump(events, waiting))
    watching = asyncio.create_task(_until_refused(authenticate, every))
    try:
        while (event := await _next(waiting, watching)) is not None:
            yield event
        if watching.done():
            yield _goodbye(watching.result())
        else:
            await pumping
    finally:
        for task in (pumping, watching):
            task.cancel()
        await asyncio.wait([pumping, watching])


async def _pump(events: AsyncGenerator[str, None], waiting: "asyncio.Queue[str | None]") -> None:
    """Hand every event on, and say when there are no more, however that came about."""
    try:
        async with aclosing(events):
            async for event in events:
                await waiting.put(event)
    except Exception:
        await waiting.put(None)
        raise
    await waiting.put(None)


async def _next(
    waiting: "asyncio.Queue[str | None]", watching: "asyncio.Task[Unauthenticated]"
) -> str | None:
    """The next event; none once there are no more, or nobody to have them."""
    coming = asyncio.ensure_future(waiting.get())
    try:
        await asyncio.wait({coming, watching}, return_when=asyncio.FIRST_COMPLETED)
        return await coming if not watching.done() else None
    finally:
        coming.cancel()


async def _until_refused(authenticate: Authenticate, every: float) -> Unauthenticated:
    while True:
        await asyncio.sleep(every)
        refused = await _refusal(authenticate)
        if refused is not None:
            return refused


async def _refusal(authenticate: Authenticate) -> Unauthenticated | None:
    """Why whoever asked is not believed any more, if they are not."""
    try:
        await authenticate()
    except Unauthenticated as refused:
        return refused
    except Exception as fault:
        # The database may be away for a moment; nothing is read meanwhile either.
        log.warning("a session was not looked up: %s", type(fault).__name__)
    return None


def _goodbye(refused: Unauthenticated) -> str:
    """The last events of a stream: why it is over, and that it is."""
    error = {"message": refused.message, "extensions": {"code": refused.code}}
    told = orjson.dumps({"data": None, "errors": [error]}).decode()
    return f"event: next\r\ndata: {told}\r\n\r\nevent: complete\r\ndata: \r\n\r\n"
