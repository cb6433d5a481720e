"""Telling watchers that something changed."""

from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.errors import Unavailable
from domain.ports import port
from integrations.redis_pubsub.topics import Watched


class Publisher:
    """Sends notices; to be called after the change was committed."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    @port
    async def tell(self, watched: Watched, id: UUID) -> int:
        """Send an id to whoever watches; return how many processes heard. Raises `Unavailable`."""
        try:
            heard: int = await self._redis.publish(watched.channel, id.bytes)
        except (RedisError, OSError) as failure:
            raise Unavailable("Live updates are not available") from failure
        return heard
