"""A headless Chromium, driven through its debugging protocol."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)


@dataclass
class Page:
    """One page, and everything it complained of."""

    socket: ClientConnection
    complaints: list[str] = field(default_factory=list)
    _number: int = 0

    async def tell(self, method: str, **params: Any) -> Any:
        """Send a command and return its result."""
        self._number += 1
        await self.socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            heard = json.loads(await self.socket.recv())
            if heard.get("id") == self._number:
                assert "error" not in heard, heard
                return heard["result"]
            self._note(heard)

    async def evaluate(self, script: str) -> Any:
        """The value of an expression; a promise is waited for."""
        answer = await self.tell(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def until(self, script: str, seconds: float = 20) -> Any:
        """The value of an expression, once there is a true one."""
        async with asyncio.timeout(seconds):
            # A page tells nobody that it has changed.
            while not (value := await self.evaluate(script)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            return value

    def _note(self, heard: Any) -> None:
        if heard["method"] == "Log.entryAdded":
            self.complaints.append(heard["params"]["entry"]["text"])
        if heard["method"] == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(heard["params"]["exceptionDetails"]))


@asynccontextmanager
async def browsing(folder: Path, host: str, authority: str) -> AsyncIterator[Page]:
    """A page in a browser that finds one host, at `authority`, and nothing else in the world."""
    rules = f"MAP {host}:80 {authority}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    process = await asyncio.create_subprocess_exec(
        PROGRAM,
        *QUIET,
        f"--user-data-dir={folder}",
        f"--host-resolver-rules={rules}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        url = await _debugger(folder)
        async with connect(url, max_size=None, proxy=None) as socket:
            page = Page(socket)
            for domain in ("Log", "Runtime", "Page"):
                await page.tell(f"{domain}.enable")
            yield page
    finally:
        process.terminate()
        await process.wait()


async def _debugger(folder: Path) -> str:
    """Where the first page is driven from, once the browser has said so."""
    port = folder / "DevToolsActivePort"
    async with asyncio.timeout(30), httpx.AsyncClient(trust_env=False) as http:
        while not (port.exists() and port.read_text().count("\n")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        authority = f"127.0.0.1:{port.read_text().splitlines()[0]}"
        targets = (await http.get(f"http://{authority}/json")).json()
    [url] = [target["webSocketDebuggerUrl"] for target in targets if target["type"] == "page"]
    return str(url)
