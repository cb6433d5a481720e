"""Pools of toy processes, and a gate that holds one busy."""

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from integrations.local_speech.jobs import Priority
from integrations.local_speech.pool import InferencePool, Limits
from integrations.local_speech.wire import Frame

COMMAND = [sys.executable, str(Path(__file__).with_name("toy_worker.py"))]


@asynccontextmanager
async def toy_pool(size=1, **limits):
    pool = await InferencePool.start(COMMAND, size=size, limits=Limits(**limits))
    try:
        yield pool
    finally:
        await pool.close()


@asynccontextmanager
async def busy(pool, tmp_path):
    """The only process of `pool` is at work until the block ends."""
    fifo = tmp_path / "gate"
    os.mkfifo(fifo)
    working = pool.submit(Frame({"do": "wait", "fifo": str(fifo)}), Priority.FINAL)
    gate = await asyncio.to_thread(fifo.open, "wb")
    try:
        yield
    finally:
        gate.close()
        await asyncio.wait([working])
