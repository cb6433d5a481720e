"""Media processes: one that ends its calls before itself, and several that share a socket."""

import asyncio
import logging
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import IO

import uvicorn

from api.voice.admission import Switchboard
from domain.clock import Clock

log = logging.getLogger(__name__)

# Seconds that running calls are given when the process is told to stop.
FAREWELL = 60.0
# Seconds between looks at whether every process lives.
LOOK = 0.2
# Seconds. One that lived for less is not started again at once: it would only burn a core.
TOO_SHORT = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# Seconds after the farewell in which what was said is stored.
AFTERMATH = 30.0


class MediaServer(uvicorn.Server):
    """A server that lets its calls end before it closes their sockets.

    Whoever started it holds the other end of `lifeline`. When that breaks, the port must come free
    for a successor at once; the calls that are here go on.
    """

    def __init__(
        self, config: uvicorn.Config, switchboard: Switchboard, lifeline: IO[str] | None = None
    ) -> None:
        super().__init__(config)
        self._switchboard = switchboard
        self._lifeline = lifeline

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        if self._lifeline is not None:
            loop, end = asyncio.get_running_loop(), self._lifeline.fileno()
            loop.add_reader(end, self._let_go, end, sockets or [])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no new call, wait for those that run, then close; a second Ctrl-C waits no more."""
        farewell = asyncio.create_task(self._switchboard.drain(FAREWELL))
        while not farewell.done() and not self.force_exit:
            await asyncio.wait({farewell}, timeout=LOOK)
        farewell.cancel()
        await super().shutdown(sockets)

    def _let_go(self, end: int, sockets: list[socket.socket]) -> None:
        asyncio.get_running_loop().remove_reader(end)
        for server in self.servers:
            server.close()
        for listener in sockets:
            listener.close()
        self.should_exit = True


@dataclass
class _Post:
    """A place in the crew: who fills it, since when, and when it may be filled again."""

    worker: subprocess.Popen[bytes]
    since: float
    pause: float = FIRST_PAUSE
    vacant_until: float | None = None


@dataclass
class Crew:
    """Processes that run `command` with the same listening socket, and nothing else in common."""

    command: Sequence[str]
    size: int
    listener: socket.socket
    clock: Clock
    _ending: Event = field(default_factory=Event)

    def run(self) -> None:
        """Keep every post filled until a signal comes; then let all of them end."""
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: self._ending.set())
        posts = [self._post() for _ in range(self.size)]
        try:
            while not self._ending.wait(LOOK):
                for post in posts:
                    self._look_after(post)
        finally:
            # Nobody is kept waiting at a door that will not open.
            self.listener.close()
            _end([post.worker for post in posts])

    def _post(self) -> _Post:
        return _Post(self._start(), self.clock.monotonic())

    def _start(self) -> subprocess.Popen[bytes]:
        listening = self.listener.fileno()
        # Its standard input is the lifeline: it breaks when this process dies, however it dies.
        return subprocess.Popen(  # noqa: S603  # our own program
            [*self.command, str(listening)], stdin=subprocess.PIPE, pass_fds=[listening]
        )

    def _look_after(self, post: _Post) -> None:
        code, now = post.worker.poll(), self.clock.monotonic()
        if code is None:
            return
        if post.vacant_until is None:
            log.error("media process %d ended with %d", post.worker.pid, code)
            lasted = now - post.since > TOO_SHORT
            post.pause = FIRST_PAUSE if lasted else min(2 * post.pause, LONGEST_PAUSE)
            post.vacant_until = now if lasted else now + post.pause
        if now >= post.vacant_until:
            post.worker, post.since, post.vacant_until = self._start(), now, None


def listen(host: str, port: int) -> socket.socket:
    """A listening socket that child processes can take over. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=2048)
    listener.set_inheritable(True)
    log.info("Listening on %s, port %d", host, listener.getsockname()[1])
    return listener


def take_over(descriptor: int) -> socket.socket:
    """The listening socket of the process that started this one."""
    return socket.socket(fileno=descriptor)


def command(machine: str) -> list[str]:
    """How one process of a crew is started; the number of its socket comes last."""
    return [
        sys.executable,
        "-m",
        "deskbell.cli",
        "serve",
        "--media",
        "--machine",
        machine,
        "--socket",
    ]


def _end(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        try:
            worker.wait(FAREWELL + AFTERMATH)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
