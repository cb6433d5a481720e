"""A worker that is killed while it deletes: everything due goes once, and nothing else."""

import asyncio
from datetime import timedelta

import pytest

from deskbell.worker import Role
from domain.clock import SystemClock
from domain.retention import service
from domain.retention.models import RunState
from domain.retention.repository import RetentionRuns
from tests.factories.retention import talk
from tests.faults.conftest import House

DUE, YOUNG = 2000, 100
KILLS = 3


async def left(house: House) -> int:
    async with house.unit_of_work(house.scope, read_only=True) as uow:
        [row] = await uow.connection.execute_query_dict("SELECT count(*) AS n FROM turn")
        return int(row["n"])


async def some_gone(house: House, before: int) -> int:
    """Wait until a worker is in the middle of deleting; says how much is left."""
    for _ in range(6000):
        now = await left(house)
        if now < before:
            return now
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was deleted")


@pytest.mark.promise("P064")
async def test_worker_killed_again_and_again_while_it_deletes(house: House) -> None:
    long_ago = SystemClock().now() - timedelta(days=100)
    await talk(house.unit_of_work, house.scope, 20, DUE // 20, long_ago)
    await talk(house.unit_of_work, house.scope, 1, YOUNG)
    house.start(Role.SYSTEM)
    house.start(Role.TENANT)
    async with house.unit_of_work(house.scope) as uow:
        await service.ask(uow)
    before = DUE + YOUNG
    for _ in range(KILLS):
        before = await some_gone(house, before)
        house.kill(Role.TENANT)
        house.start(Role.TENANT)
    assert before > YOUNG

    async def done() -> bool:
        async with house.unit_of_work(house.scope, read_only=True) as uow:
            runs = RetentionRuns(uow)
            return await runs.all().filter(state=RunState.DONE).exists()

    assert await house.comes_true(done)
    assert await left(house) == YOUNG
    async with house.unit_of_work(house.scope, read_only=True) as uow:
        [run] = await RetentionRuns(uow).all()
    # Counted in the transaction in which they went: once, however often it was begun.
    assert run.counts["turn.transcript.row.delete"] == DUE
