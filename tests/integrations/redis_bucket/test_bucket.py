"""Buckets on a real server: what they hold, when they fill, and that many can draw at once."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from deskbell import embedded
from domain.errors import Unavailable
from domain.rates import Bucket
from integrations.redis_bucket import PREFIX, BucketsInRedis


@pytest.fixture
async def redis(servers: embedded.Servers) -> AsyncIterator[Redis]:
    async with Redis.from_url(servers.redis_url) as client:
        yield client


@pytest.fixture
def buckets(redis: Redis) -> BucketsInRedis:
    return BucketsInRedis(redis, patience=5)


def bucket(points: int = 10, per_second: float = 0.001) -> Bucket:
    """One that fills so slowly that a test sees none of it."""
    return Bucket(str(uuid4()), points, per_second)


async def test_a_bucket_gives_what_it_holds_and_no_more(buckets: BucketsInRedis) -> None:
    one = bucket()
    assert (await buckets.take([one], 4)).remaining == 6
    taken = await buckets.take([one], 6)
    assert (taken.granted, taken.remaining, taken.retry_after) == (True, 0, 0)
    refused = await buckets.take([one])
    assert (refused.granted, refused.remaining) == (False, 0)
    assert refused.retry_after == pytest.approx(1000, rel=0.01)


async def test_a_refusal_takes_nothing_from_any_bucket(buckets: BucketsInRedis) -> None:
    small, large = bucket(3), bucket(100)
    assert (await buckets.take([large, small], 3)).granted
    refused = await buckets.take([large, small], 3)
    assert (refused.granted, refused.remaining) == (False, 0)
    assert (await buckets.take([large])).remaining == 96


async def test_more_than_a_bucket_holds_is_granted_when_it_is_full(
    buckets: BucketsInRedis,
) -> None:
    one = bucket(5)
    assert (await buckets.take([one], 50)).granted
    assert not (await buckets.take([one], 50)).granted


async def test_a_bucket_fills_again(buckets: BucketsInRedis) -> None:
    quick = bucket(2, per_second=50)
    assert (await buckets.take([quick], 2)).granted
    refused = await buckets.take([quick], 2)
    assert 0 < refused.retry_after <= 0.04
    await asyncio.sleep(refused.retry_after + 0.01)
    assert (await buckets.take([quick], 2)).granted


async def test_many_at_once_get_exactly_what_is_there(buckets: BucketsInRedis) -> None:
    one = bucket(20)
    tries = await asyncio.gather(*(buckets.take([one]) for _ in range(50)))
    assert sum(taken.granted for taken in tries) == 20


async def test_a_full_bucket_leaves_nothing_behind(redis: Redis, buckets: BucketsInRedis) -> None:
    one = bucket(1, per_second=200)
    await buckets.take([one])
    await asyncio.sleep(0.05)
    assert not await redis.exists(PREFIX + one.name)


async def test_without_a_server_it_says_so() -> None:
    async with Redis.from_url("redis://127.0.0.1:1") as redis:
        with pytest.raises(Unavailable):
            await BucketsInRedis(redis).take([bucket()])
