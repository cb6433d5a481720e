"""Real processes with a toy engine: priority, limits, deadlines, crashes."""

import asyncio
import os
import sys

import pytest

from domain.errors import Unavailable
from integrations.local_speech.jobs import Priority, ProcessDied
from integrations.local_speech.pool import InferencePool
from integrations.local_speech.wire import Frame
from tests.integrations.local_speech.toys import busy, toy_pool

ECHO = Frame({"do": "echo"}, b"abc")


async def test_a_job_comes_back_with_its_answer():
    async with toy_pool() as pool:
        answer = await pool.submit(ECHO, Priority.FINAL)
        assert answer.body == b"abc"


async def test_the_most_urgent_job_goes_first(tmp_path):
    order = []
    async with toy_pool() as pool:
        async with busy(pool, tmp_path):
            jobs = [pool.submit(ECHO, priority) for priority in reversed(Priority)]
            for job, priority in zip(jobs, reversed(Priority), strict=True):
                job.add_done_callback(lambda _, name=priority: order.append(name))
        await asyncio.gather(*jobs)
    assert order == list(Priority)


async def test_equals_keep_their_order(tmp_path):
    async with toy_pool() as pool:
        async with busy(pool, tmp_path):
            jobs = [pool.submit(ECHO, Priority.CLAUSE) for _ in range(3)]
        numbers = [(await job).header["number"] for job in jobs]
    assert numbers == [2, 3, 4]


async def test_a_cancelled_job_is_never_done(tmp_path):
    async with toy_pool() as pool:
        async with busy(pool, tmp_path):
            pool.submit(ECHO, Priority.FINAL).cancel()
        assert (await pool.submit(ECHO, Priority.FINAL)).header["number"] == 2
        assert pool.health().waiting == 0


async def test_a_job_past_its_deadline_fails(tmp_path):
    async with toy_pool() as pool, busy(pool, tmp_path):
        with pytest.raises(Unavailable, match="too long"):
            await pool.submit(ECHO, Priority.FINAL, deadline=0.01)
        assert pool.health().waiting == 0


async def test_a_full_queue_drops_the_least_urgent(tmp_path):
    async with toy_pool(queue=1) as pool:
        async with busy(pool, tmp_path):
            clause = pool.submit(ECHO, Priority.CLAUSE)
            final = pool.submit(ECHO, Priority.FINAL)
            with pytest.raises(Unavailable, match="Too much"):
                await clause
        assert (await final).body == b"abc"


async def test_a_crash_fails_one_job_and_restarts():
    async with toy_pool() as pool:
        with pytest.raises(ProcessDied):
            await pool.submit(Frame({"do": "die"}), Priority.FINAL)
        assert (await pool.submit(ECHO, Priority.FINAL)).body == b"abc"
        assert pool.health().restarts == 1
        assert pool.health().alive == 1


async def test_a_hung_process_is_replaced(tmp_path):
    never = tmp_path / "never"
    os.mkfifo(never)
    async with toy_pool(stuck_after=0.05) as pool:
        with pytest.raises(ProcessDied):
            await pool.submit(Frame({"do": "wait", "fifo": str(never)}), Priority.FINAL)
    assert pool.health().alive == 0


async def test_an_engine_error_fails_only_its_job():
    async with toy_pool() as pool:
        before = await pool.submit(ECHO, Priority.FINAL)
        with pytest.raises(Unavailable, match="no such luck"):
            await pool.submit(Frame({"do": "fail"}), Priority.FINAL)
        after = await pool.submit(ECHO, Priority.FINAL)
        assert before.header["pid"] == after.header["pid"]


async def test_processes_share_the_work(tmp_path):
    async with toy_pool(size=2) as pool, busy(pool, tmp_path):
        assert (await pool.submit(ECHO, Priority.FINAL)).body == b"abc"


async def test_closing_fails_what_waits_and_ends_processes(tmp_path):
    async with toy_pool() as pool:
        pid = (await pool.submit(ECHO, Priority.FINAL)).header["pid"]
        async with busy(pool, tmp_path):
            waiting = pool.submit(ECHO, Priority.FINAL)
            await pool.close()
        with pytest.raises(Unavailable, match="closed"):
            await waiting
        with pytest.raises(Unavailable, match="closed"):
            await pool.submit(ECHO, Priority.FINAL)
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


async def test_a_program_that_cannot_start_is_unavailable():
    with pytest.raises(Unavailable, match="do not start"):
        await InferencePool.start([sys.executable, "-c", "raise SystemExit(1)"], size=2)
