"""Real stores: a folder, and an S3 server of its own where one is installed."""

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store

BUCKET = "recordings"


def moto_server() -> str | None:
    """The S3 server of the development dependencies, also where the venv is not activated."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("moto_server", path=os.pathsep.join([beside, os.environ["PATH"]]))


@asynccontextmanager
async def s3_server() -> AsyncIterator[str]:
    """Run an S3 server on a free port until the block ends; gives its address."""
    program = moto_server()
    if program is None:
        pytest.skip("NO S3 SERVER: install moto[server,s3] to test object stores for real")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    quiet = asyncio.subprocess.DEVNULL
    server = await asyncio.create_subprocess_exec(
        program, "-H", "127.0.0.1", "-p", str(port), stdout=quiet, stderr=quiet
    )
    try:
        await ready(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        if server.returncode is None:
            server.kill()
        await server.wait()


async def ready(address: str, server: asyncio.subprocess.Process) -> None:
    """Wait until the server answers, and make the bucket."""
    async with httpx.AsyncClient(timeout=30) as client, asyncio.timeout(60):
        while True:
            try:
                made = await client.put(f"{address}/{BUCKET}")
                break
            except httpx.ConnectError:
                assert server.returncode is None, "The S3 server has stopped"
                await asyncio.sleep(0.05)
    made.raise_for_status()


def s3_settings(address: str, **more: int) -> StorageSettings:
    """How to reach the bucket of that server."""
    options = {
        "endpoint": address,
        "region": "us-east-1",
        "access_key_id": "anyone",
        "secret_access_key": "anything",
    }
    return StorageSettings(url=f"s3://{BUCKET}/calls", options=options, **more)


@pytest.fixture(scope="session")
async def s3() -> AsyncIterator[str]:
    async with s3_server() as address:
        yield address


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    if request.param == "folder":
        return open_store(StorageSettings(url=(tmp_path / "objects").as_uri()))
    return open_store(s3_settings(request.getfixturevalue("s3")))
