"""A recorder that is killed leaves everything up to its last block."""

import asyncio
import sys
from pathlib import Path

from domain.recordings import wav
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from tests.integrations.storage.writer_program import RATE, SEAL

ROOT = Path(__file__).parents[3]


async def blocks_of_a_killed_writer(url: str) -> int:
    """Kill a recorder in the middle of its work; return how many blocks it was sure of."""
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integrations.storage.writer_program", url),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert writer.stdout is not None
    for _ in range(20):
        await writer.stdout.readline()
    writer.kill()
    said = await writer.stdout.read()
    await writer.wait()
    return 20 + said.count(b"\n")


async def test_a_killed_writer_leaves_whole_blocks(tmp_path):
    url = (tmp_path / "sound").as_uri()
    sure = await blocks_of_a_killed_writer(url)
    store = open_store(StorageSettings(url=url))
    keys = await store.list("")
    # The one it was writing may have got there too.
    assert sure <= len(keys) <= sure + 1
    for index, key in enumerate(keys):
        pcm = SEAL.open(await store.get(key), index, last=False)
        assert pcm == bytes([index % 256]) * wav.block_bytes(RATE)
