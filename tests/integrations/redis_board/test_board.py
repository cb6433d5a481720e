"""The calls' board over a real Valkey, and over one that is not there."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from deskbell import embedded
from domain.errors import Unavailable
from domain.ports import PortInsideTransaction, transaction_guard
from integrations.redis_board import PREFIX, BoardInRedis
from tests.fakes.serving import free_port

KEEP = timedelta(minutes=1)
BRIEFLY = timedelta(milliseconds=20)


@pytest.fixture
async def redis(servers: embedded.Servers) -> AsyncIterator[Redis]:
    client = Redis.from_url(servers.redis_url)
    yield client
    await client.aclose()


@pytest.fixture
def board(redis: Redis) -> BoardInRedis:
    return BoardInRedis(redis)


@pytest.fixture
def machine() -> str:
    return uuid4().hex


async def gone(held: Callable[[str], Awaitable[int]], name: str) -> None:
    async with asyncio.timeout(10):
        while await held(name):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_of_many_at_once_no_more_than_fit_are_let_in(
    board: BoardInRedis, machine: str
) -> None:
    taking = [board.occupy(machine, f"call-{at}", most=3, keep=KEEP) for at in range(20)]
    assert sum(await asyncio.gather(*taking)) == 3
    assert await board.occupied(machine) == 3


async def test_whoever_has_a_place_keeps_it(board: BoardInRedis, machine: str) -> None:
    await board.occupy(machine, "a", most=1, keep=KEEP)
    assert await board.occupy(machine, "a", most=1, keep=KEEP)
    await board.vacate(machine, "a")
    assert await board.occupy(machine, "b", most=1, keep=KEEP)


async def test_a_place_comes_free_by_itself(
    board: BoardInRedis, redis: Redis, machine: str
) -> None:
    await board.occupy(machine, "a", most=1, keep=BRIEFLY)
    await gone(board.occupied, machine)
    assert await board.occupy(machine, "b", most=1, keep=KEEP)
    assert await board.occupied(machine) == 1
    assert await redis.pttl(f"{PREFIX}places:{machine}") > 0


async def test_a_note_is_taken_once(board: BoardInRedis, machine: str) -> None:
    await board.pin(machine, b"a call", keep=KEEP)
    assert await board.holds(machine)
    taken = await asyncio.gather(*(board.take(machine) for _ in range(5)))
    assert (taken.count(b"a call"), taken.count(None)) == (1, 4)
    assert not await board.holds(machine)


async def test_a_note_goes_away_by_itself(board: BoardInRedis, machine: str) -> None:
    await board.pin(machine, b"a call", keep=BRIEFLY)
    await gone(board.holds, machine)
    assert await board.take(machine) is None


async def test_nobody_looks_at_it_in_a_transaction(board: BoardInRedis, machine: str) -> None:
    with transaction_guard(), pytest.raises(PortInsideTransaction):
        await board.occupied(machine)


async def test_a_server_that_is_not_there_is_unavailable(machine: str) -> None:
    with free_port() as nobody:
        port = nobody.getsockname()[1]
    async with Redis.from_url(f"redis://127.0.0.1:{port}") as redis:
        board = BoardInRedis(redis)
        for asking in (
            board.occupy(machine, "a", most=1, keep=KEEP),
            board.vacate(machine, "a"),
            board.occupied(machine),
            board.pin(machine, b"", keep=KEEP),
            board.take(machine),
            board.holds(machine),
        ):
            with pytest.raises(Unavailable):
                await asking


async def test_a_server_that_says_nothing_is_unavailable(machine: str) -> None:
    lines: list[asyncio.StreamWriter] = []
    deaf = await asyncio.start_server(lambda _, line: lines.append(line), "127.0.0.1", 0)
    port = deaf.sockets[0].getsockname()[1]
    async with Redis.from_url(f"redis://127.0.0.1:{port}") as redis:
        with pytest.raises(Unavailable):
            await BoardInRedis(redis, patience=0.05).take(machine)
    deaf.close()
    for line in lines:
        line.close()
        await line.wait_closed()
