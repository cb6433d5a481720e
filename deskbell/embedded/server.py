"""The life of one embedded server: adopt or launch it, wait for it, stop it."""

import os
import re
import signal
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from deskbell.embedded.account import account_for, make_folder, require_reach
from deskbell.embedded.errors import ServerFailed
from deskbell.embedded.ports import remembered_port
from deskbell.embedded.process import Running, identify, launch, noted_pid, wait_until
from deskbell.embedded.wheels import Progress

# Seconds; recovery after a crash replays the log since the last checkpoint.
START_PATIENCE = 180.0
STOP_PATIENCE = 120.0
# A lost race for a port, and the children of a killed postmaster, are gone within seconds.
ATTEMPTS = 10
PAUSE = 0.5
PASSING = ("Address already in use", "pre-existing shared memory block")
LOG_TAIL = 2_000


class Server(ABC):
    """A server whose data, secret, port and log live in one folder."""

    name: str
    stop_signal: signal.Signals

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.account = account_for(self.data)

    @property
    @abstractmethod
    def pid_file(self) -> Path:
        """Where the server itself notes its pid."""

    @property
    @abstractmethod
    def shape(self) -> re.Pattern[str]:
        """What only this server's command line holds: its data folder and (group 1) its port."""

    @abstractmethod
    def prepare(self, progress: Progress) -> Path:
        """Bring the folder to where the server can start; returns the program."""

    @abstractmethod
    def command(self, program: Path, port: int) -> list[str]:
        """How the program is run, in `shape`."""

    @abstractmethod
    def is_ready(self, running: Running) -> bool:
        """Whether it takes work now."""

    @abstractmethod
    def url(self, running: Running) -> str:
        """How a client connects to it, password included."""

    def environment(self) -> Mapping[str, str]:
        """What it must be told beside its command line."""
        return {}

    def running(self) -> Running | None:
        """The live process over this very folder, whoever launched it."""
        pid = noted_pid(self.pid_file)
        return None if pid is None else identify(pid, self.shape)

    def start(self, progress: Progress) -> Running:
        """Adopt the running server or launch one; returns when it takes work."""
        found = self.running()
        if found is not None and self._comes_up(found):
            return found
        make_folder(self.folder, self.account)
        require_reach(self.folder, self.account)
        program = self.prepare(progress)
        progress(f"starting {self.name}")
        return self._begin(program, progress)

    def stop(self, progress: Progress) -> None:
        """End the server in good order; nothing happens when it does not run."""
        found = self.running()
        if found is None:
            return
        progress(f"stopping {self.name}")
        os.kill(found.pid, self.stop_signal)
        if not wait_until(lambda: not self._lives(found), STOP_PATIENCE):
            raise self._failure("did not stop")

    def _begin(self, program: Path, progress: Progress) -> Running:
        if self.log.exists():
            self.log.replace(self.folder / "log.previous")
        for _ in range(ATTEMPTS):
            launched = self._launch(program)
            if self._comes_up(launched):
                return launched
            if not any(phrase in self._last_words() for phrase in PASSING):
                break
            progress(f"{self.name} is held up, trying again")
            time.sleep(PAUSE)
        raise self._failure("did not start")

    def _launch(self, program: Path) -> Running:
        port = remembered_port(self.folder / "port", self.account)
        command = self.command(program, port)
        environment = self.environment()
        pid = launch(command, log=self.log, account=self.account, environment=environment)
        return Running(pid, port)

    def _comes_up(self, server: Running) -> bool:
        """Wait until it takes work (True) or is gone (False)."""
        if wait_until(lambda: self.is_ready(server) or not self._lives(server), START_PATIENCE):
            return self._lives(server)
        raise self._failure("did not become ready")

    def _lives(self, server: Running) -> bool:
        return identify(server.pid, self.shape) is not None

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-LOG_TAIL:] if self.log.exists() else ""

    def _failure(self, what: str) -> ServerFailed:
        return ServerFailed(f"{self.name} {what}", self._last_words())
