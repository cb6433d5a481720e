"""Telling watchers that something changed."""

from uuid import UUID

from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.errors import Unavailable
from domain.ports import port
from integrations.redis_pubsub.topics import Topic, Watched


class Publisher:
    """Sends notices; to be called after the change was committed."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def call_updated(self, tenant_id: UUID, call_id: UUID) -> int:
        """Tell who watches a call that something about it has changed. Raises `Unavailable`."""
        return await self.tell(Watched(tenant_id, Topic.CALL_UPDATED, call_id), call_id)

    async def turn_added(self, tenant_id: UUID, conversation_id: UUID, turn_id: UUID) -> int:
        """Tell who watches a conversation what was said. Raises `Unavailable`."""
        return await self.tell(Watched(tenant_id, Topic.TURN_ADDED, conversation_id), turn_id)

    @port
    async def tell(self, watched: Watched, id: UUID) -> int:
        """Send an id to whoever watches; return how many processes heard. Raises `Unavailable`."""
        try:
            heard: int = await self._redis.publish(watched.channel, id.bytes)
        except (RedisError, OSError) as failure:
            raise Unavailable("Live updates are not available") from failure
        return heard
