"""A whole deployment on one machine: servers, API, media server and workers as real processes."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from deskbell.deployment import Deployment
from deskbell.settings import Settings

PARTING = (signal.SIGTERM, signal.SIGHUP)
# Seconds; the first start unpacks and verifies a speech model.
PATIENCE = 180.0
PROCESSES = {
    "api": ["serve"],
    "media": ["serve", "--media"],
    "system worker": ["worker", "--role", "system"],
    "tenant worker": ["worker", "--role", "tenant"],
}


class StackFailed(RuntimeError):
    """A process ended, or did not become ready; `log` is the end of what it said."""

    def __init__(self, name: str, log: str) -> None:
        super().__init__(f"The {name} process did not start")
        self.log = log


@dataclass(frozen=True)
class Stack:
    """Running processes and where they answer."""

    api_url: str
    media_url: str
    processes: dict[str, subprocess.Popen[bytes]]
    logs: Path
    environment: dict[str, str] = field(repr=False)
    """What every process was started with."""

    def check(self) -> None:
        """Raise `StackFailed` if a process has ended."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise StackFailed(name, self.log_of(name))

    def log_of(self, name: str) -> str:
        """The last lines of a process's log."""
        return (self.logs / f"{name.replace(' ', '-')}.log").read_text(errors="replace")[-4000:]


def free_port(wanted: int) -> int:
    """The wanted port, or another one if it is taken: several checkouts may run side by side."""
    for port in (wanted, 0):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = listener.getsockname()[1]
            return found
    raise OSError("No port is free")


@asynccontextmanager
async def running(deployment: Deployment, step: Callable[[str], object]) -> AsyncIterator[Stack]:
    """Start every process, wait until all are ready, and stop them in the end."""
    settings = deployment.settings
    api, media = free_port(settings.port), free_port(settings.media_port)
    logs = deployment.home.folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    environment = _environment(settings, api, media)
    processes = {name: _spawn(name, words, environment, logs) for name, words in PROCESSES.items()}
    stack = Stack(
        f"http://127.0.0.1:{api}", f"http://127.0.0.1:{media}", processes, logs, environment
    )
    try:
        step("waiting for the API")
        await _ready(stack, f"{stack.api_url}/health/ready")
        step("waiting for the media server to load its ears and its voice")
        await _ready(stack, f"{stack.media_url}/health/ready")
        with _ending_with_us():
            yield stack
    finally:
        _stop(processes)


@contextmanager
def _ending_with_us() -> Iterator[None]:
    """However we are told to end, the processes end with us."""
    loop, parting = asyncio.get_running_loop(), asyncio.current_task()
    assert parting is not None
    for told in PARTING:
        loop.add_signal_handler(told, parting.cancel)
    try:
        yield
    finally:
        for told in PARTING:
            loop.remove_signal_handler(told)


def _environment(settings: Settings, api: int, media: int) -> dict[str, str]:
    return os.environ | {
        "DESKBELL_HOME": str(settings.home.resolve()),
        "DESKBELL_PORT": str(api),
        "DESKBELL_MEDIA_PORT": str(media),
        "DESKBELL_PUBLIC_URL": f"http://127.0.0.1:{api}",
        "DESKBELL_MEDIA_URL": f"ws://127.0.0.1:{media}",
        # The batched voice activity model is small; more threads only get in each other's way.
        "OPENBLAS_NUM_THREADS": "1",
    }


def _spawn(
    name: str, words: list[str], environment: dict[str, str], logs: Path
) -> subprocess.Popen[bytes]:
    with (logs / f"{name.replace(' ', '-')}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "deskbell.cli", *words],
            env=environment,
            stdout=log,
            stderr=log,
            # Ctrl-C is for us: we stop them in order.
            start_new_session=True,
        )


async def _ready(stack: Stack, url: str) -> None:
    try:
        async with asyncio.timeout(PATIENCE), httpx.AsyncClient(trust_env=False) as http:
            while not await _answers(http, url):
                stack.check()
                await asyncio.sleep(0.1)
    except TimeoutError:
        name = "api" if url.startswith(stack.api_url) else "media"
        raise StackFailed(name, stack.log_of(name)) from None


async def _answers(http: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await http.get(url)).is_success
    except httpx.HTTPError:
        return False


def _stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
