"""How fast buckets are charged, beside the least that a round trip to Valkey costs."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from time import process_time

from bench.house import House, Step
from bench.tables import Column, Table
from domain.clock import SystemClock
from domain.rates import Bucket
from integrations.redis_bucket import BucketsInRedis

PEER = "PING"
_TOGETHER = 32
_MANY, _QUICK_MANY = 20_000, 4_000
# As an operation is charged: to its tenant, to whoever asks, and to their address.
_EACH = 3
_TENANTS = 200


async def table(house: House, step: Step, *, quick: bool) -> Table:
    """Operations in a second, and this process's CPU time for each."""
    redis, numbers = house.wiring.redis, count()
    limiter = BucketsInRedis(redis, patience=5)

    async def ping() -> None:
        await redis.ping()

    async def increment() -> None:
        await redis.incr(f"bench:{next(numbers) % _TENANTS}")

    async def charge() -> None:
        number = next(numbers) % _TENANTS
        buckets = [Bucket(f"bench:{each}:{number}", 10**9, 10**6) for each in range(_EACH)]
        await limiter.take(buckets, 3)

    rows = []
    for name, deed in ((PEER, ping), ("INCR", increment), ("charge 3 buckets", charge)):
        step(f"limiter: {name}")
        rows.append({"server": name, **await _measured(deed, _QUICK_MANY if quick else _MANY)})
    columns = (
        Column("per_second", "operations / s", better="more"),
        Column("cpu_us", "CPU us / operation", better="less"),
    )
    return Table("limiter", f"{_TOGETHER} at once, one core", columns, rows, PEER)


async def _measured(deed: Callable[[], Awaitable[None]], many: int) -> dict[str, float]:
    async def run(times: int) -> None:
        for _ in range(times):
            await deed()

    await run(100)
    clock = SystemClock()
    began, used = clock.monotonic(), process_time()
    await asyncio.gather(*(run(many // _TOGETHER) for _ in range(_TOGETHER)))
    done = many // _TOGETHER * _TOGETHER
    seconds, cpu = clock.monotonic() - began, process_time() - used
    return {"per_second": done / seconds, "cpu_us": cpu / done * 1_000_000}
