"""Notices over a real Valkey."""

import asyncio
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from domain.errors import Unavailable
from domain.ports import PortInsideTransaction, transaction_guard
from integrations.redis_pubsub import Overrun, Publisher, Subscriber, Topic, Watched
from integrations.redis_pubsub.subscriber import MOST_WAITING

SOON = 10  # seconds; a test that waits this long has failed


@pytest.fixture
async def redis(servers):
    client = Redis.from_url(servers.redis_url)
    yield client
    await client.aclose()


@pytest.fixture
async def subscriber(redis):
    subscriber = Subscriber(redis)
    yield subscriber
    await subscriber.close()


@pytest.fixture
def publisher(redis):
    return Publisher(redis)


def something():
    return Watched(uuid4(), Topic.CALL_UPDATED, uuid4())


async def heard(notices):
    return await asyncio.wait_for(anext(notices), SOON)


async def test_nothing_told_after_entry_is_missed(subscriber, publisher):
    watched, ids = something(), [uuid4() for _ in range(5)]
    async with subscriber.watch(watched) as notices:
        for id in ids:
            assert await publisher.tell(watched, id) == 1
        assert [await heard(notices) for _ in ids] == ids


async def test_everybody_who_watches_hears(subscriber, publisher):
    watched, id = something(), uuid4()
    async with AsyncExitStack() as stack:
        everybody = [await stack.enter_async_context(subscriber.watch(watched)) for _ in range(3)]
        await publisher.tell(watched, id)
        assert [await heard(notices) for notices in everybody] == [id] * 3


async def test_nobody_hears_of_anything_else(subscriber, publisher):
    mine, other, id = something(), something(), uuid4()
    async with subscriber.watch(mine) as notices, subscriber.watch(other):
        await publisher.tell(other, uuid4())
        await publisher.tell(mine, id)
        assert await heard(notices) == id


async def test_the_last_to_leave_closes_the_channel(subscriber, publisher):
    watched = something()
    async with subscriber.watch(watched):
        async with subscriber.watch(watched):
            pass
        assert await publisher.tell(watched, uuid4()) == 1
    async with asyncio.timeout(SOON):
        while await publisher.tell(watched, uuid4()):  # noqa: ASYNC110  # Valkey has no event
            await asyncio.sleep(0.01)


async def test_one_may_come_back_after_leaving(subscriber, publisher):
    watched, id = something(), uuid4()
    for _ in range(3):
        async with subscriber.watch(watched) as notices:
            await publisher.tell(watched, id)
            assert await heard(notices) == id


async def test_who_falls_behind_is_told_so(subscriber, publisher):
    watched = something()
    async with subscriber.watch(watched) as slow, subscriber.watch(watched) as quick:
        for _ in range(MOST_WAITING + 1):
            await publisher.tell(watched, uuid4())
            await heard(quick)
        with pytest.raises(Overrun):
            await heard(slow)


async def test_a_lost_connection_ends_every_watch(subscriber, redis):
    watched = something()
    async with subscriber.watch(watched) as notices:
        await redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        with pytest.raises(Overrun):
            await heard(notices)


async def test_watching_works_again_after_a_loss(subscriber, publisher, redis):
    watched, id = something(), uuid4()
    async with subscriber.watch(watched) as notices:
        await redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        with pytest.raises(Overrun):
            await heard(notices)
    async with subscriber.watch(watched) as notices:
        await publisher.tell(watched, id)
        assert await heard(notices) == id


async def test_closing_tells_every_watcher(redis):
    subscriber = Subscriber(redis)
    async with subscriber.watch(something()) as notices:
        await subscriber.close()
        with pytest.raises(Overrun):
            await heard(notices)


async def test_a_server_that_is_down_is_unavailable():
    async with Redis(port=1) as nowhere:
        with pytest.raises(Unavailable):
            await Publisher(nowhere).tell(something(), uuid4())
        with pytest.raises(Unavailable):
            async with Subscriber(nowhere).watch(something()):
                pass


async def test_watching_works_once_the_server_is_back(servers, publisher):
    watched, id = something(), uuid4()
    async with Redis.from_url(servers.redis_url) as redis:
        subscriber = Subscriber(redis)
        right = redis.connection_pool.connection_kwargs["port"]
        redis.connection_pool.connection_kwargs["port"] = 1
        with pytest.raises(Unavailable):
            async with subscriber.watch(watched):
                pass
        redis.connection_pool.connection_kwargs["port"] = right
        redis.connection_pool.reset()
        async with subscriber.watch(watched) as notices:
            await publisher.tell(watched, id)
            assert await heard(notices) == id
        await subscriber.close()


async def test_impatience_confuses_no_later_watcher(subscriber, publisher):
    watched, id = something(), uuid4()
    for patience in range(12):
        impatient = asyncio.create_task(subscriber.watch(watched).__aenter__())
        for _ in range(patience):
            await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.wait([impatient])
        async with asyncio.timeout(SOON), subscriber.watch(watched) as notices:
            assert await publisher.tell(watched, id) == 1
            assert await heard(notices) == id


async def test_nothing_is_told_inside_a_transaction(publisher):
    with transaction_guard(), pytest.raises(PortInsideTransaction):
        await publisher.tell(something(), uuid4())
