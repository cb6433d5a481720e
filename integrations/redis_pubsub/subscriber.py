"""Hearing that something changed: one connection a process, however many watch."""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import chain
from typing import Any
from uuid import UUID

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from domain.errors import Unavailable
from domain.ports import port
from integrations.redis_pubsub.topics import Watched

log = logging.getLogger(__name__)

# A watcher that is this far behind does not read at all: better to part than to hoard.
MOST_WAITING = 100


class Overrun(Unavailable):
    """The watcher was too slow, or the connection to Redis was lost: it has missed something."""

    code = "MISSED_UPDATES"

    def __init__(self) -> None:
        super().__init__("Some updates were missed; fetch anew and subscribe again")


class Ears:
    """The notices one watcher has yet to read."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[UUID | None] = asyncio.Queue(MOST_WAITING)

    def hear(self, id: UUID) -> None:
        """Take a notice; a watcher who has fallen behind loses everything."""
        try:
            self._waiting.put_nowait(id)
        except asyncio.QueueFull:
            self.lose()

    def lose(self) -> None:
        """Throw away what waits, and tell the watcher."""
        while not self._waiting.empty():
            self._waiting.get_nowait()
        self._waiting.put_nowait(None)

    async def notices(self) -> AsyncIterator[UUID]:
        """The ids as they come. Raises `Overrun`."""
        while (id := await self._waiting.get()) is not None:
            yield id
        raise Overrun


class Subscriber:
    """Watches channels on behalf of everybody in the process."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._watchers: dict[str, set[Ears]] = {}
        # One event for each time a channel was asked for; answers come in the same order.
        self._confirmed: defaultdict[str, deque[asyncio.Event]] = defaultdict(deque)
        self._pubsub: PubSub | None = None
        self._reader: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()

    @asynccontextmanager
    async def watch(self, watched: Watched) -> AsyncIterator[AsyncIterator[UUID]]:
        """Hear of one thing while the block runs; nothing told after entry is missed.

        Raises `Unavailable`; the iterator raises `Overrun`.
        """
        ears = Ears()
        try:
            await self._join(watched.channel, ears)
            yield ears.notices()
        finally:
            await self._leave(watched.channel, ears)

    async def close(self) -> None:
        """Stop hearing; every watcher is told."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.wait([self._reader])

    @port
    async def _join(self, channel: str, ears: Ears) -> None:
        async with self._changing:
            if channel in self._watchers:
                self._watchers[channel].add(ears)
                return
            self._watchers[channel] = {ears}
            try:
                await self._subscribe(channel)
            except (RedisError, OSError) as failure:
                raise Unavailable("Live updates are not available") from failure

    async def _subscribe(self, channel: str) -> None:
        pubsub = self._pubsub or self._redis.pubsub()
        confirmed = asyncio.Event()
        self._confirmed[channel].append(confirmed)
        try:
            await pubsub.subscribe(channel)
        except BaseException:
            # Cut off in the middle, the question has cost its connection: no answer will come.
            with suppress(ValueError):
                self._confirmed[channel].remove(confirmed)
            raise
        if self._reader is None:
            self._pubsub = pubsub
            self._reader = asyncio.create_task(self._read(pubsub))
        await confirmed.wait()

    async def _leave(self, channel: str, ears: Ears) -> None:
        async with self._changing:
            watchers = self._watchers.get(channel, set())
            watchers.discard(ears)
            if watchers:
                return
            self._watchers.pop(channel, None)
            if self._pubsub is not None:
                with suppress(RedisError, OSError):
                    await self._pubsub.unsubscribe(channel)

    async def _read(self, pubsub: PubSub) -> None:
        try:
            while True:
                message = await pubsub.get_message(timeout=None)
                if message is not None:
                    self._hand_out(message)
        except (RedisError, OSError):
            log.warning("The connection for live updates was lost")
        finally:
            self._lose_everybody()
            with suppress(RedisError, OSError):
                await pubsub.aclose()  # type: ignore[no-untyped-call]

    def _hand_out(self, message: dict[str, Any]) -> None:
        channel = message["channel"].decode()
        if message["type"] == "subscribe":
            self._confirmed[channel].popleft().set()
        if message["type"] != "message":
            return
        id = UUID(bytes=message["data"])
        for ears in self._watchers.get(channel, ()):
            ears.hear(id)

    def _lose_everybody(self) -> None:
        watchers, self._watchers = self._watchers, {}
        confirmed, self._confirmed = self._confirmed, defaultdict(deque)
        self._reader = self._pubsub = None
        for ears in chain.from_iterable(watchers.values()):
            ears.lose()
        # Whoever waits to be let in finds the end waiting.
        for event in chain.from_iterable(confirmed.values()):
            event.set()
