"""A whole deployment of real processes, a caller for it, and the switches to break it."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from tortoise.context import TortoiseContext

from deskbell.bootstrap import Wiring
from deskbell.cli.demo import furnished
from deskbell.database import orm
from deskbell.demo import business
from deskbell.deployment import find
from deskbell.media import webhook_secret
from deskbell.settings import Settings
from deskbell.simulator import Recording, script
from deskbell.stack import PROCESSES, Stack, running
from domain.scope import Scope
from integrations.vonage.fake import FakeCarrier, FinishedCall, Step
from tests.homes import furnish

# Seconds; whatever takes longer has failed.
PATIENCE = 90
SAMPLE_RATE = 16000
DUE_NOW = "UPDATE outbox SET due_at = now() WHERE name = $1 AND kind = 'timer' AND done_at IS NULL"


@dataclass
class House:
    """One deployment, with Bright Smile Dental in it."""

    wiring: Wiring
    stack: Stack
    scope: Scope

    @property
    def mailbox(self) -> list[Path]:
        """The letters sent so far, oldest first."""
        letters = (self.wiring.deployment.home.mailbox / "new").glob("*")
        return sorted(letters, key=lambda letter: letter.stat().st_mtime)

    def kill(self, name: str) -> None:
        """Kill a process as the kernel does when memory runs out."""
        process = self.stack.processes[name]
        process.send_signal(signal.SIGKILL)
        process.wait()

    def spawn(self, name: str) -> None:
        """Start a process that was killed, as a supervisor would."""
        log = (self.stack.logs / f"{name.replace(' ', '-')}.log").open("ab")
        with log:
            self.stack.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "deskbell.cli", *PROCESSES[name]],
                env=self.stack.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    async def start(self, name: str) -> None:
        """The same, and wait until a server is ready."""
        self.spawn(name)
        url = {"api": self.stack.api_url, "media": self.stack.media_url}.get(name)
        if url is not None:
            await eventually(lambda: ready(url))

    async def call(self, steps: Sequence[Step], caller: str = business.CALLER) -> FinishedCall:
        """Call the practice as a carrier would, in real time."""
        webhooks = f"{self.stack.media_url}/voice"
        carrier = FakeCarrier(
            f"{webhooks}/answer",
            webhook_secret(self.wiring),
            self.wiring.clock,
            event_url=f"{webhooks}/event",
        )
        return await carrier.call(business.NUMBER[1:], steps, caller=caller[1:])

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Look into the database as the API does, row-level security and all."""
        urls = self.wiring.deployment.databases
        async with TortoiseContext() as context:
            await context.init(config=orm(urls.runtime, urls.keyring_runtime, pool=2))
            yield

    async def let_time_pass(self, timer: str) -> None:
        """Make every timer of a name due; waits until there is one."""
        await eventually(lambda: self.make_due(timer))

    async def make_due(self, timer: str) -> bool:
        """Make every timer of a name due; whether there is one."""
        connection = await asyncpg.connect(self.wiring.deployment.databases.system)
        try:
            return bool(await connection.execute(DUE_NOW, timer) != "UPDATE 0")
        finally:
            await connection.close()


@asynccontextmanager
async def living_house(folder: Path) -> AsyncIterator[House]:
    """Start everything in a home that is made for it, and stop it in the end."""
    await furnish(folder)
    # Any port: several deployments may start at the same moment.
    settings = Settings(home=folder, port=0, media_port=0)
    wiring = Wiring.build(find(settings))
    try:
        async with running(wiring.deployment, lambda _: None) as stack:
            house = House(wiring, stack, await _furnished(wiring))
            yield house
    finally:
        await wiring.nudger.close()
        await wiring.redis.aclose()
        wiring.deployment.home.stop_servers()


async def _furnished(wiring: Wiring) -> Scope:
    urls = wiring.deployment.databases
    async with TortoiseContext() as context:
        await context.init(config=orm(urls.runtime, urls.keyring_runtime, pool=2))
        return await furnished(wiring, lambda _: None)


async def eventually(look: Callable[[], Any]) -> Any:
    """What a look finds, as soon as it finds something."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await look()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return found


async def ready(url: str) -> bool:
    """Whether a server says that it is ready."""
    async with httpx.AsyncClient(trust_env=False) as http:
        try:
            return (await http.get(f"{url}/health/ready")).is_success
        except httpx.HTTPError:
            return False


def caller_script(wav: Path) -> list[Step]:
    """What the caller of a WAV does."""
    return script(Recording.read(wav).at(SAMPLE_RATE))


def at_home(folder: Path) -> dict[str, str]:
    """The environment of a command on a home, on any port."""
    ports = {"DESKBELL_PORT": "0", "DESKBELL_MEDIA_PORT": "0"}
    return ports | {"DESKBELL_HOME": str(folder), "COLUMNS": "200"}


def command(folder: Path, *words: str, typed: bytes | None = None) -> subprocess.CompletedProcess:
    """Run `deskbell …` on a home to its end; the standard input is a pipe."""
    return subprocess.run(
        [sys.executable, "-m", "deskbell.cli", *words],
        env=os.environ | at_home(folder),
        input=typed or b"",
        capture_output=True,
        timeout=4 * PATIENCE,
        check=False,
    )
