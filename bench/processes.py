"""Server processes under measurement, each on its core, with a log of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Seconds; the slowest peer imports for several on a busy machine.
_PATIENCE = 60.0
_FAREWELL = 15.0
_NAP = 0.05
_LOG_TAIL = 2000


class ServerFailed(RuntimeError):
    """A server under measurement did not come up, or ended before its time."""


@dataclass(frozen=True)
class Program:
    """What to run; `{port}` in a word becomes the port."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Running:
    """A program that answers on a port of this machine."""

    pid: int
    port: int


@contextmanager
def serving(program: Program, core: int, logs: Path) -> Iterator[Running]:
    """Run a server on a core until the block ends."""
    port = _free_port()
    words = [word.format(port=port) for word in program.command]
    # `deskbell serve` takes its port from the environment, all others from their first word.
    environment = {**program.environment, "DESKBELL_PORT": str(port)}
    with spawned(Program(program.name, words, environment), core, logs) as process:
        _await_port(process, port, logs / f"{program.name}.log")
        yield Running(process.pid, port)


@contextmanager
def spawned(program: Program, core: int, logs: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run any process on a core until the block ends."""
    logs.mkdir(parents=True, exist_ok=True)
    with (logs / f"{program.name}.log").open("wb") as log:
        process = subprocess.Popen(
            pinned(core, program.command),
            cwd=logs,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **program.environment},
            stdout=log,
            stderr=log,
            # A session of its own has scheduling weight of its own.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _end(process)


def pinned(core: int, command: Sequence[str]) -> list[str]:
    """A command that runs on one core."""
    return [sys.executable, "-m", "bench.pinned", str(core), *command]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _await_port(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(int(_PATIENCE / _NAP)):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(_NAP)
    raise ServerFailed(log.read_text(errors="replace")[-_LOG_TAIL:])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
