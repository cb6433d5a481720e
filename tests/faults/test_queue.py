"""The queue between relay and workers, on a real Valkey."""

import asyncio
import socket
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from arq.constants import job_key_prefix

from deskbell.queue import (
    DELIVERIES,
    DeliveryQueue,
    Nudger,
    connect,
    from_json,
    redis_settings,
    to_json,
)
from plugins.attempts import Dispatch
from plugins.dispatch import Due

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)


@pytest.fixture
async def redis(servers_to_break):
    _, servers, _ = servers_to_break
    pool = await connect(servers.redis_url, DELIVERIES)
    yield pool
    await pool.aclose()


def due(after: int = 0) -> Due:
    return Due(uuid4(), Dispatch(uuid4(), after))


def job_name(one: Due) -> str:
    return f"{one.dispatch.delivery_id}:{one.dispatch.after}"


async def test_a_queued_delivery_holds_ids_only(redis):
    one = due(after=2)
    await DeliveryQueue(redis).put([one], NOW)
    job = from_json(await redis.get(job_key_prefix + job_name(one)))
    assert job["f"] == "deliver"
    assert job["a"] == [str(one.tenant_id), str(one.dispatch.delivery_id), 2]


async def test_a_delivery_is_queued_once_for_each_attempt(redis):
    queue, one = DeliveryQueue(redis), due()
    await queue.put([one], NOW)
    await queue.put([one], NOW.replace(hour=16))
    assert await redis.zscore(DELIVERIES, job_name(one)) == NOW.timestamp() * 1000
    again = Due(one.tenant_id, Dispatch(one.dispatch.delivery_id, 1))
    await queue.put([again], NOW)
    assert await redis.zscore(DELIVERIES, job_name(again)) is not None


async def test_a_nudge_is_heard(redis, servers_to_break):
    _, servers, _ = servers_to_break
    nudger = Nudger(servers.redis_url)
    heard = anext(DeliveryQueue(redis).nudges())
    listening = asyncio.ensure_future(heard)
    while not listening.done():
        await nudger()
        await asyncio.wait([listening], timeout=0.02)
    await nudger.close()


async def test_a_queue_that_is_away_does_not_fail_a_commit():
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        url = f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"
    nudger = Nudger(url)
    await nudger()
    await nudger.close()


async def test_a_queue_that_does_not_answer_does_not_hold_a_commit_up():
    with socket.create_server(("127.0.0.1", 0)) as silence:
        nudger = Nudger(f"redis://127.0.0.1:{silence.getsockname()[1]}/0")
        await nudger()
        await nudger.close()


def test_an_exception_is_written_as_its_class():
    assert from_json(to_json({"r": ValueError("Anna Lee")})) == {"r": "ValueError"}


def test_refused_connections_are_tried_again():
    assert OSError in (redis_settings("redis://localhost").retry_on_error or [])
