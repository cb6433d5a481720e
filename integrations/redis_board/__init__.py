"""Notes that every media process sees: which calls hold a place, and which are waited for."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.errors import Unavailable
from domain.ports import port

PREFIX = "deskbell:calls:"
# Seconds. A caller hears ringing meanwhile, and then somebody else must answer.
PATIENCE = 1.0
# Redis tells the time, so that the clocks of machines need not agree.
OCCUPY = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not held and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
"""
OCCUPIED = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
return redis.call('ZCOUNT', KEYS[1], '(' .. now, '+inf')
"""


class BoardInRedis:
    """Implements the voice gateway's `Board`; losing Redis loses the calls that ring just then."""

    def __init__(self, redis: Redis, patience: float = PATIENCE) -> None:
        self._redis = redis
        self._patience = patience
        self._occupy = redis.register_script(OCCUPY)
        self._occupied = redis.register_script(OCCUPIED)

    @port
    async def occupy(self, machine: str, call_id: str, *, most: int, keep: timedelta) -> bool:
        """Take or renew a call's place, unless `most` others hold one. Raises `Unavailable`."""
        arguments: list[str | int] = [call_id, most, keep // timedelta(milliseconds=1)]
        return bool(await self._answered(self._occupy(keys=[_places(machine)], args=arguments)))

    @port
    async def vacate(self, machine: str, call_id: str) -> None:
        """Give a place back. Raises `Unavailable`."""
        await self._answered(self._redis.zrem(_places(machine), call_id))

    @port
    async def occupied(self, machine: str) -> int:
        """How many places are held. Raises `Unavailable`."""
        return int(await self._answered(self._occupied(keys=[_places(machine)])))

    @port
    async def pin(self, name: str, note: bytes, *, keep: timedelta) -> None:
        """Leave a note. Raises `Unavailable`."""
        await self._answered(self._redis.set(PREFIX + name, note, px=keep))

    @port
    async def take(self, name: str) -> bytes | None:
        """Take a note down; of several who try, one gets it. Raises `Unavailable`."""
        note: bytes | None = await self._answered(self._redis.getdel(PREFIX + name))
        return note

    @port
    async def holds(self, name: str) -> bool:
        """Whether a note is there. Raises `Unavailable`."""
        return bool(await self._answered(self._redis.exists(PREFIX + name)))

    async def _answered(self, asking: Awaitable[Any]) -> Any:
        try:
            async with asyncio.timeout(self._patience):
                return await asking
        except (RedisError, OSError, TimeoutError) as failure:
            raise Unavailable("The calls of other processes cannot be seen") from failure


def _places(machine: str) -> str:
    return f"{PREFIX}places:{machine}"
