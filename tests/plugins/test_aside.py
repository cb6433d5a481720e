"""Plugins run in a thread of their own: they may hang, block and fail there."""

import asyncio
import threading
from contextlib import asynccontextmanager

import pytest

from deskbell.watchdog import Watchdog
from domain.clock import SystemClock
from plugins.aside import Aside


@pytest.fixture
def aside():
    made = Aside(grace=0.05)
    yield made
    made.close()


async def where():
    return threading.current_thread().name


async def test_work_is_done_in_another_thread(aside):
    assert await aside.run(where, 5) == "plugins"
    assert await where() != "plugins"


async def test_what_fails_there_fails_here(aside):
    async def explode():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await aside.run(explode, 5)


async def test_what_hangs_is_cancelled_and_its_thread_goes_on(aside):
    cancelled = []

    async def hang():
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.append(threading.current_thread().ident)

    async def ident():
        return threading.current_thread().ident

    with pytest.raises(TimeoutError):
        await aside.run(hang, 0.01)
    assert cancelled == [await aside.run(ident, 5)]


async def test_what_blocks_its_loop_holds_up_nobody_and_is_replaced(aside):
    free = threading.Event()
    first = []

    async def block():
        first.append(threading.current_thread().ident)
        free.wait(30)

    async def ident():
        return threading.current_thread().ident

    try:
        with pytest.raises(TimeoutError):
            await aside.run(block, 0.02)
        assert await aside.run(ident, 5) != first[0]
    finally:
        free.set()


async def test_the_thread_has_its_own_way_to_the_database():
    seen = []

    @asynccontextmanager
    async def connected():
        seen.append(threading.current_thread().name)
        yield

    aside = Aside(connected)
    await aside.run(where, 5)
    await aside.run(where, 5)
    aside.close()
    assert seen == ["plugins"]


async def test_a_thread_that_cannot_connect_says_so(aside):
    @asynccontextmanager
    async def connected():
        raise ConnectionError("nobody there")
        yield

    with pytest.raises(ConnectionError):
        await Aside(connected).run(where, 5)


def test_a_blocked_loop_is_seen_and_its_process_ended():
    ended = threading.Event()
    dog = Watchdog(SystemClock(), patience=0.05, beat=0.01, end=ended.set)

    async def block():
        async with dog.watching():
            await asyncio.sleep(0)
            # A handler that never gives the loop back.
            return ended.wait(10)

    assert asyncio.run(block())


def test_a_loop_that_only_waits_is_left_alone():
    ended = threading.Event()
    dog = Watchdog(SystemClock(), patience=5, beat=0.005, end=ended.set)

    async def wait():
        async with dog.watching():
            await asyncio.sleep(0.03)

    asyncio.run(wait())
    assert not ended.is_set()
