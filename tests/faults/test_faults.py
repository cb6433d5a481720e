"""Whatever dies: every effect in our database once, every outside call at least once, in order."""

import asyncio
from collections import defaultdict

import pytest

from deskbell.worker import Role
from tests.faults.conftest import House, things

SYSTEM, TENANT = Role.SYSTEM, Role.TENANT


@pytest.fixture
def running(house: House) -> House:
    """A deployment whose workers have been started."""
    house.start(SYSTEM)
    house.start(TENANT)
    return house


async def assert_all_is_well(house: House) -> None:
    lines = await house.all_done()
    assert sorted(lines) == sorted(house.wanted())
    assert numbers_by_thing(lines) == in_order(house)
    calls = house.vendor.keys()
    assert all(len(keys) == 1 for keys in calls.values())
    assert len(calls) == len(lines)
    assert len(set().union(*calls.values())) == len(lines)
    first_calls = list(dict.fromkeys(body for _, body in house.vendor.calls))
    assert numbers_by_thing(first_calls) == in_order(house)


def numbers_by_thing(lines: list[str]) -> dict[str, list[int]]:
    numbers = defaultdict(list)
    for line in lines:
        thing, _, number = line.partition(":")
        numbers[thing].append(int(number))
    return numbers


def in_order(house: House) -> dict[str, list[int]]:
    return {str(thing): list(range(1, last + 1)) for thing, last in house.expected.items()}


async def test_nothing_is_lost_on_a_quiet_day(running):
    await running.happen(things(5), times=4)
    await assert_all_is_well(running)


async def test_worker_killed_in_the_middle_of_a_handler(running):
    running.vendor.answering.clear()
    await running.happen(things(5), times=2)
    await running.vendor_called()
    running.kill(TENANT)
    running.vendor.answering.set()
    running.start(TENANT)
    await assert_all_is_well(running)
    assert len(running.vendor.calls) > 10


async def test_worker_told_to_stop_hands_over(running):
    running.vendor.answering.clear()
    await running.happen(things(5), times=2)
    await running.vendor_called()
    stopped = running.workers[TENANT]
    stopped.terminate()
    running.start(TENANT)
    running.vendor.answering.set()
    await assert_all_is_well(running)
    await asyncio.to_thread(stopped.join)
    assert stopped.exitcode == 0


async def test_relay_killed_in_the_middle_of_its_work(running):
    await running.happen(things(20), times=2)
    await running.vendor_called()
    running.kill(SYSTEM)
    await running.happen(things(20), times=2)
    running.start(SYSTEM)
    await assert_all_is_well(running)


async def test_queue_killed_and_started_again(running):
    await running.happen(things(5), times=2)
    await running.vendor_called()
    await asyncio.to_thread(running.restart_queue)
    await running.happen(things(5), times=2)
    await assert_all_is_well(running)
    assert [worker.exitcode for worker in running.workers.values()] == [None, None]


@pytest.mark.long
async def test_queue_that_forgets_everything(running):
    running.vendor.answering.clear()
    await running.happen(things(30), times=2)
    await running.vendor_called()
    await running.flush_queue()
    running.vendor.answering.set()
    await assert_all_is_well(running)


async def test_database_killed_in_the_middle_of_everything(running):
    running.vendor.answering.clear()
    await running.happen(things(5), times=2)
    await running.vendor_called()
    await asyncio.to_thread(running.crash_database)
    running.vendor.answering.set()
    await assert_all_is_well(running)


@pytest.mark.long
async def test_handlers_that_fail_one_time_in_ten(house):
    house.start(SYSTEM)
    house.start(TENANT, failing=0.1)
    await house.happen(things(10), times=6)
    await assert_all_is_well(house)


async def test_missing_months_are_made_at_the_start(house):
    await house.forget_month()
    assert not await house.has_month()
    house.start(SYSTEM)
    assert await house.comes_true(house.has_month)


@pytest.mark.long
async def test_a_night_of_every_fault_at_once(house):
    house.start(SYSTEM)
    house.start(TENANT, failing=0.1)
    many = things(30)
    for fault in range(12):
        await house.happen(many, times=5)
        await house.vendor_called()
        await cause(house, fault)
    await assert_all_is_well(house)


async def cause(house: House, fault: int) -> None:
    if fault % 5 == 0:
        house.kill(TENANT)
        house.start(TENANT, failing=0.1)
    elif fault % 5 == 1:
        house.kill(SYSTEM)
        house.start(SYSTEM)
    elif fault % 5 == 2:
        await house.flush_queue()
    elif fault % 5 == 3:
        await asyncio.to_thread(house.restart_queue)
    else:
        await asyncio.to_thread(house.crash_database)
