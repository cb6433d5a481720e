"""A thread of its own for the code of plugins, so that none of it runs where calls are heard.

The thread has an event loop and, if it is given one, a way to the database. A plugin that blocks
its loop is left behind with it: whoever waits is told in time, and the next call gets a new thread.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar

from plugins.guard import Work

log = logging.getLogger(__name__)

T = TypeVar("T")
Connected = Callable[[], AbstractAsyncContextManager[Any]]

# Seconds between the end of a call's time and the judgement that its thread is blocked.
GRACE = 0.5
# Seconds that a new thread may take to connect.
START = 10.0


@dataclass(frozen=True)
class Ready:
    """A thread that has connected: where it works, and in which context."""

    loop: asyncio.AbstractEventLoop
    context: Context
    leave: asyncio.Event

    def begin(self, work: Work[T], seconds: float) -> "Future[T]":
        """Start something there."""
        outcome: Future[T] = Future()

        async def go() -> None:
            try:
                async with asyncio.timeout(seconds):
                    done = await work()
            except BaseException as fault:
                # Whoever waited may have gone.
                with suppress(Exception):
                    outcome.set_exception(fault)
            else:
                with suppress(Exception):
                    outcome.set_result(done)

        tasks: set[asyncio.Task[None]] = set()

        def start() -> None:
            # A loop keeps no hold of its tasks.
            tasks.add(task := self.loop.create_task(go()))
            task.add_done_callback(tasks.discard)

        self.loop.call_soon_threadsafe(start, context=self.context.copy())
        return outcome


@dataclass(frozen=True)
class Room:
    """One thread."""

    connected: Connected
    ready: "Future[Ready]" = field(default_factory=Future)

    def open(self) -> "Room":
        """Start it. Nobody waits for it when the process ends: a plugin may hang in it."""
        threading.Thread(target=self._live, name="plugins", daemon=True).start()
        return self

    def leave(self) -> None:
        """Let it end as soon as it can."""
        if self.ready.done() and not self.ready.exception():
            ready = self.ready.result()
            with suppress(RuntimeError):
                ready.loop.call_soon_threadsafe(ready.leave.set)

    def _live(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        try:
            async with self.connected():
                leave = asyncio.Event()
                self.ready.set_result(Ready(asyncio.get_running_loop(), copy_context(), leave))
                await leave.wait()
        except Exception as fault:
            if self.ready.done():
                raise
            self.ready.set_exception(fault)


class Aside:
    """Runs the code of plugins aside. Implements `Runner`."""

    def __init__(self, connected: Connected = nullcontext, grace: float = GRACE) -> None:
        self._connected = connected
        self._grace = grace
        self._room: Room | None = None

    async def run(self, work: Work[T], seconds: float) -> T:
        """Do it in the thread; raises `TimeoutError` when the time is over."""
        room = self._room = self._room or Room(self._connected).open()
        try:
            async with asyncio.timeout(START):
                ready = await asyncio.shield(asyncio.wrap_future(room.ready))
        except Exception:
            self._leave(room)
            raise
        outcome = ready.begin(work, seconds)
        async with asyncio.timeout(seconds + self._grace) as waiting:
            try:
                return await asyncio.wrap_future(outcome)
            finally:
                if waiting.expired() or not outcome.done() or outcome.cancelled():
                    log.error("A plugin blocks its thread: it is left behind")
                    self._leave(room)

    def close(self) -> None:
        """Let the thread end."""
        if self._room is not None:
            self._leave(self._room)

    def _leave(self, room: Room) -> None:
        room.leave()
        if self._room is room:
            self._room = None
