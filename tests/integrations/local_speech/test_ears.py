"""Turns, speculation and interims, on a toy recogniser that tells how much it heard."""

import asyncio
import math
import struct

import pytest

from domain.errors import Unavailable
from domain.receptionist.ports import SpeechToText
from integrations.local_speech.ears import LocalEars
from integrations.local_speech.jobs import Priority
from integrations.local_speech.wire import Frame
from tests.integrations.local_speech.toys import busy, toy_pool

RATE = 8000
SECOND = b"".join(struct.pack("<h", int(9000 * math.sin(n / 5))) for n in range(RATE))
SILENCE = bytes(RATE // 5)


def opened(pool, **more):
    ears: SpeechToText = LocalEars(pool)
    return ears.open(sample_rate=RATE, language="en-US", **more)


async def jobs_done(pool):
    """How many jobs the only process did before this one."""
    return (await pool.submit(Frame({"do": "echo"}), Priority.PRERENDER)).header["number"] - 1


async def test_commit_returns_the_whole_turn():
    async with toy_pool() as pool:
        stream = opened(pool)
        stream.push(SECOND)
        stream.push(SECOND)
        transcript = await stream.commit()
    assert transcript.text == f"{4 * RATE} bytes"
    assert transcript.confidence == 0.5
    assert transcript.language == "en-US"


async def test_the_next_turn_begins_empty():
    async with toy_pool() as pool:
        stream = opened(pool)
        stream.push(SECOND)
        await stream.commit()
        assert (await stream.commit()).text == ""


async def test_commit_reuses_the_speculative_work():
    async with toy_pool() as pool:
        stream = opened(pool)
        stream.push(SECOND)
        stream.pause()
        assert (await stream.commit()).text == f"{2 * RATE} bytes"
        assert await jobs_done(pool) == 1


async def test_silence_after_the_pause_changes_nothing():
    async with toy_pool() as pool:
        stream = opened(pool)
        stream.push(SECOND)
        stream.pause()
        stream.push(SILENCE)
        await stream.commit()
        assert await jobs_done(pool) == 1


async def test_speech_after_the_pause_is_heard():
    async with toy_pool() as pool:
        stream = opened(pool)
        stream.push(SECOND)
        stream.pause()
        stream.push(SECOND)
        assert (await stream.commit()).text == f"{4 * RATE} bytes"


async def test_resume_forgets_the_speculative_work(tmp_path):
    async with toy_pool() as pool:
        stream = opened(pool)
        async with busy(pool, tmp_path):
            stream.push(SECOND)
            stream.pause()
            stream.resume()
            await asyncio.sleep(0)
            assert pool.health().waiting == 0
        assert (await stream.commit()).text == f"{2 * RATE} bytes"


async def test_a_discarded_turn_leaves_nothing():
    async with toy_pool() as pool:
        stream = opened(pool)
        stream.push(SECOND)
        stream.pause()
        stream.discard()
        assert (await stream.commit()).text == ""


async def test_failed_speculation_is_tried_again(tmp_path):
    async with toy_pool(queue=1) as pool:
        stream = opened(pool)
        async with busy(pool, tmp_path):
            urgent = pool.submit(Frame({"do": "echo"}), Priority.FINAL)
            stream.push(SECOND)
            stream.pause()
            urgent.cancel()
            await asyncio.sleep(0)
            committed = asyncio.create_task(stream.commit())
            await asyncio.sleep(0)
        assert (await committed).text == f"{2 * RATE} bytes"


async def test_a_commit_that_cannot_be_served_is_unavailable(tmp_path):
    async with toy_pool(deadline=0.01) as pool:
        stream = opened(pool)
        stream.push(SECOND)
        async with busy(pool, tmp_path):
            with pytest.raises(Unavailable):
                await stream.commit()


async def test_interims_arrive_while_the_caller_speaks():
    heard = asyncio.Queue()
    async with toy_pool() as pool:
        stream = opened(pool, on_interim=heard.put_nowait)
        stream.push(SECOND)
        assert await heard.get() == f"{2 * RATE} bytes"
        stream.push(SECOND)
        assert await heard.get() == f"{4 * RATE} bytes"


async def test_no_interim_without_a_listener():
    async with toy_pool() as pool:
        opened(pool).push(SECOND)
        assert await jobs_done(pool) == 0


async def test_no_interim_after_the_commit(tmp_path):
    heard = []
    async with toy_pool() as pool:
        stream = opened(pool, on_interim=heard.append)
        async with busy(pool, tmp_path):
            stream.push(SECOND)
            committed = asyncio.create_task(stream.commit())
            await asyncio.sleep(0)
        await committed
        assert await jobs_done(pool) == 2
    assert heard == []


async def test_an_endless_turn_keeps_its_newest_audio():
    async with toy_pool() as pool:
        stream = opened(pool)
        for _ in range(130):
            stream.push(SECOND)
        assert (await stream.commit()).text == f"{120 * 2 * RATE} bytes"


async def test_close_withdraws_everything_twice(tmp_path):
    async with toy_pool() as pool:
        stream = opened(pool)
        async with busy(pool, tmp_path):
            stream.push(SECOND)
            stream.pause()
            await stream.close()
            await stream.close()
            await asyncio.sleep(0)
            assert pool.health().waiting == 0


async def test_strange_sample_rates_are_refused():
    async with toy_pool() as pool:
        with pytest.raises(ValueError, match="sample_rate"):
            LocalEars(pool).open(sample_rate=44_100, language="en")
