"""The queue between relay and workers, in Valkey or Redis. Everything in it can be lost.

What is due is known from the database; the queue only spreads it over workers, and nudges wake the
relay so that nobody has to wait for its poll.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import orjson
from arq.connections import ArqRedis, RedisSettings, create_pool
from arq.constants import job_key_prefix
from arq.jobs import serialize_job
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from deskbell.connecting import redis_tls
from domain.tls import TlsFloor
from plugins.dispatch import Due

DELIVERIES = "deskbell:deliveries"
SYSTEM = "deskbell:system"
NUDGES = "deskbell:nudges"

# About a minute of trying, so that a restart of the server is survived; then the process ends and
# its supervisor starts another.
RETRIES = 60
LONGEST_PAUSE = 1.0
# The relay sends a delivery again long before; a job this old has nobody who waits for it.
EXPIRES_MS = 24 * 60 * 60 * 1000
# Seconds. A commit never waits longer than this for a queue that does not answer.
NUDGE_PATIENCE = 0.25


def redis_settings(url: str) -> RedisSettings:
    """Connection settings that survive a restart of the server."""
    settings = RedisSettings.from_dsn(url)
    # arq knows no oldest version: it speaks TLS 1.2 or newer, as Python does.
    settings.ssl_check_hostname = settings.ssl
    settings.retry = Retry(ExponentialBackoff(cap=LONGEST_PAUSE, base=0.05), RETRIES)
    # A refused connection is an OSError here, not one of redis's own errors.
    settings.retry_on_error = [RedisConnectionError, RedisTimeoutError, OSError]
    return settings


def to_json(job: dict[str, Any]) -> bytes:
    """A job as JSON: arguments are ids and numbers; an exception becomes its class name."""
    return orjson.dumps(job, default=lambda value: type(value).__name__)


def from_json(job: bytes) -> dict[str, Any]:
    """A job read back."""
    read: dict[str, Any] = orjson.loads(job)
    return read


async def connect(url: str, queue: str) -> ArqRedis:
    """A pool of connections on one queue."""
    return await create_pool(
        redis_settings(url),
        job_serializer=to_json,
        job_deserializer=from_json,
        default_queue_name=queue,
    )


class DeliveryQueue:
    """The queue as the relay sees it."""

    def __init__(self, redis: ArqRedis) -> None:
        self._redis = redis

    async def check(self) -> None:
        """Raise unless the queue answers: nothing should be leased to one that does not."""
        await self._redis.ping()

    async def put(self, due: Sequence[Due], now: datetime) -> None:
        """Queue deliveries, in one round trip; one that is queued already stays where it is."""
        at = int(now.timestamp() * 1000)
        async with self._redis.pipeline(transaction=False) as pipe:
            for one in due:
                name = f"{one.dispatch.delivery_id}:{one.dispatch.after}"
                job = _job(one, at)
                pipe.set(job_key_prefix + name, job, px=EXPIRES_MS, nx=True)
                pipe.zadd(DELIVERIES, {name: at}, nx=True)
            await pipe.execute()

    async def nudges(self) -> AsyncIterator[None]:
        """One item for every nudge, as long as the connection lasts."""
        async with self._redis.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(NUDGES)
            async for _ in channel.listen():
                yield


class Nudger:
    """Wakes the relay after a commit; a queue that is down is no reason to fail."""

    def __init__(self, url: str, floor: TlsFloor = TlsFloor.TLS_1_2) -> None:
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=NUDGE_PATIENCE,
            socket_connect_timeout=NUDGE_PATIENCE,
            **redis_tls(url, floor),
        )

    async def __call__(self) -> None:
        """Say that something may be due."""
        # The relay's own poll finds what it was not told of.
        with suppress(RedisError, OSError):
            await self._redis.publish(NUDGES, b"")

    async def close(self) -> None:
        """Give the connections back."""
        await self._redis.aclose()


def _job(due: Due, at: int) -> bytes:
    arguments = (str(due.tenant_id), str(due.dispatch.delivery_id), due.dispatch.after)
    return serialize_job("deliver", arguments, {}, None, at, serializer=to_json)
