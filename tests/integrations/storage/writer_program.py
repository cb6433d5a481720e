"""A recorder that never stops: run as a program, and killed."""

import asyncio
import sys
from uuid import UUID

from domain.encryption import DataKey
from domain.recordings import wav
from domain.recordings.sealing import Seal
from domain.recordings.sink import BlockWriter
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store

RATE = 8000
SEAL = Seal(DataKey(bytes(32)), UUID(int=1), UUID(int=2))


async def main(url: str) -> None:
    """Write blocks for ever, and say so after each."""
    writer = BlockWriter(open_store(StorageSettings(url=url)), SEAL, RATE)
    number = 0
    while True:
        await writer.write(bytes([number % 256]) * wav.block_bytes(RATE))
        number += 1
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
