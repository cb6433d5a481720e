"""What becomes of transactions whose connection has died, seen from one long-lived task."""

import asyncpg
import pytest
from tortoise.context import TortoiseContext
from tortoise.transactions import in_transaction

from deskbell.database import orm
from deskbell.database_engine import LOST
from domain.database import MAIN

POOL = 2
TERMINATE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE usename = 'app_rt' AND datname = $1"
)


@pytest.fixture
async def cut(servers_to_break):
    """Cuts every connection of the role, as a server that goes away does."""
    _, servers, urls = servers_to_break
    admin = await asyncpg.connect(servers.database_url)

    async def cut_all():
        await admin.execute(TERMINATE, urls.runtime.rpartition("/")[2])

    async with TortoiseContext() as context:
        config = orm(urls.runtime, urls.keyring_runtime, pool=POOL)
        await context.init(config=config)
        yield cut_all
    await admin.close()


async def one() -> int:
    async with in_transaction(MAIN) as connection:
        [row] = await connection.execute_query_dict("SELECT 1 AS one")
    return row["one"]


async def soon() -> int:
    """The answer of the first connection that is alive."""
    for _ in range(POOL + 1):
        try:
            return await one()
        except LOST:
            continue
    return await one()


async def test_a_task_recovers_from_dead_idle_connections(cut):
    assert await one() == 1
    for _ in range(3 * POOL):
        await cut()
        assert await soon() == 1


async def test_a_transaction_cut_in_the_middle_says_so(cut):
    with pytest.raises(LOST):
        async with in_transaction(MAIN) as connection:
            await cut()
            await connection.execute_query("SELECT 1")
    assert await soon() == 1


async def test_a_commit_on_a_dead_connection_fails(cut):
    with pytest.raises(LOST):
        async with in_transaction(MAIN):
            await cut()
    assert await soon() == 1


async def test_the_reason_is_not_hidden_by_a_failing_rollback(cut):
    with pytest.raises(ValueError, match="the real reason"):
        async with in_transaction(MAIN):
            await cut()
            raise ValueError("the real reason")
    assert await soon() == 1


async def test_no_connection_is_lost_to_the_pool(cut):
    for _ in range(3 * POOL):
        with pytest.raises(LOST):
            async with in_transaction(MAIN) as connection:
                await cut()
                await connection.execute_query("SELECT 1")
    assert [await soon() for _ in range(3 * POOL)] == [1] * (3 * POOL)
