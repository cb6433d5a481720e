"""A headless Chromium, driven through its debugging protocol."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True)
class Chromium:
    """A browser that finds one host, at a port of this machine, and nothing else in the world."""

    port: int
    authority: str
    own: Page

    @asynccontextmanager
    async def window(self) -> AsyncIterator[Page]:
        """A page in a window of its own, which knows nothing of any other."""
        context = await self.own.tell("Target.createBrowserContext")
        target = await self.own.tell("Target.createTarget", url="about:blank", **context)
        url = f"ws://{self.authority}/devtools/page/{target['targetId']}"
        try:
            async with connect(url, max_size=None, proxy=None) as socket:
                page = Page(socket)
                for domain in ("Log", "Runtime", "Page"):
                    await page.tell(f"{domain}.enable")
                yield page
        finally:
            await self.own.tell("Target.disposeBrowserContext", **context)


@asynccontextmanager
async def browsing(folder: Path, host: str, port: int) -> AsyncIterator[Chromium]:
    """A browser for which `host` is at `port`."""
    rules = f"MAP {host}:80 127.0.0.1:{port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
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
        authority, path = await _debugger(folder)
        async with connect(f"ws://{authority}{path}", max_size=None, proxy=None) as socket:
            yield Chromium(port, authority, Page(socket))
    finally:
        process.terminate()
        await process.wait()


async def _debugger(folder: Path) -> tuple[str, str]:
    """Where the browser is driven from, once it has said so."""
    told = folder / "DevToolsActivePort"
    async with asyncio.timeout(30):
        while not (told.exists() and told.read_text().count("\n")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    port, path = told.read_text().splitlines()
    return f"127.0.0.1:{port}", path
