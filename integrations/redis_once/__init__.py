"""Remembering, for a while and for every process, that something was seen."""

import asyncio
from datetime import timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.errors import Unavailable
from domain.ports import port

PREFIX = "deskbell:seen:"
# Seconds. A webhook must be answered within five.
PATIENCE = 1.0


class SeenOnceInRedis:
    """Keys that count only the first time; losing Redis forgets them, so ages are checked too."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    @port
    async def first_time(self, key: str, *, keep: timedelta) -> bool:
        """Whether this key was never shown before. Raises `Unavailable`."""
        try:
            async with asyncio.timeout(PATIENCE):
                added = await self._redis.set(PREFIX + key, b"", nx=True, px=keep)
        except (RedisError, OSError, TimeoutError) as failure:
            raise Unavailable("It cannot be told whether this was seen before") from failure
        return bool(added)
