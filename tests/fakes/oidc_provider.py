"""The package `oidc-provider` for Node as a process of its own, and somebody's browser at it."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx

from tests.fakes.npm import installed
from tests.fakes.serving import free_port

PROGRAM = shutil.which("node")


@asynccontextmanager
async def providing(program: Path, client: dict[str, Any], **told: Any) -> AsyncIterator[str]:
    """The provider that a program configures, with one client; its issuer."""
    folder = await installed(program.parent)
    with free_port() as listener:
        port = listener.getsockname()[1]
    config = json.dumps({"port": port, "client": client, **told})
    assert PROGRAM is not None
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        program.name,
        config,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            while (await process.stdout.readline()).strip() != b"ready":
                assert process.returncode is None
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        await process.wait()


async def log_in(http: httpx.AsyncClient, url: str, account: str, until: str) -> str:
    """Fill in whatever the provider asks; the query it sends the browser back with."""
    answer = await http.get(url)
    for _ in range(12):
        if answer.is_redirect:
            url = urljoin(str(answer.url), answer.headers["Location"])
            if url.startswith(until):
                return url.partition("?")[2]
            answer = await http.get(url)
            continue
        assert answer.status_code == 200, answer.text
        action, prompt = (
            re.search(rf'{name}="([^"]+)"', answer.text)
            for name in ("action", 'name="prompt" value')
        )
        assert action
        assert prompt
        given = {"prompt": prompt[1], "login": account, "password": "any"}
        answer = await http.post(urljoin(str(answer.url), action[1]), data=given)
    raise AssertionError("It asks for ever")
