"""The load client: built once from `load.c`, then one process that holds every caller's line."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.house import CACHE
from bench.processes import ROOT, Running, pinned
from bench.voice.sound import Loop

SOURCES = sorted(Path(__file__).parent.glob("*.[ch]"))
PATH = "/voice/socket"
# A client that sends late measures itself.
MOST_LAG_MS = 20.0


class NoCompiler(RuntimeError):
    """The load client is written in C, and this machine has no `cc`."""


@dataclass(frozen=True)
class Burst:
    """How many callers for how long; times in seconds, frames and ramp in microseconds."""

    calls: int
    warm: float
    measured: float
    ramp_us: int = 40_000
    frame_us: int = 20_000


@dataclass(frozen=True)
class Measured:
    """What the callers saw; milliseconds where no name says otherwise."""

    calls: int
    connected: int
    died: int
    turns: int
    missed: int
    early: int
    turn_p50: float
    """From the last frame of speech to the first of the reply."""
    turn_p90: float
    turn_p99: float
    late_p99: float
    """Reply audio behind real time."""
    lag_p99: float
    """Frames that the client sent late."""
    cpu_s: float
    core: float
    """Share of the server's core."""
    cpu_per_call_minute: float
    """Seconds."""
    rss_before_mb: float
    rss_per_call_mb: float

    @property
    def trustworthy(self) -> bool:
        """Whether the client kept real time."""
        return self.lag_p99 <= MOST_LAG_MS

    @property
    def whole(self) -> bool:
        """Whether every caller was answered, and none interrupted."""
        lost = self.died + self.missed + self.early
        return lost == 0 and self.connected == self.calls and self.turns > 0


def load_client(folder: Path = CACHE) -> Path:
    """The program, compiled if its source has changed. Raises `NoCompiler`."""
    source = b"".join(path.read_bytes() for path in SOURCES)
    program = folder / f"load-{hashlib.sha256(source).hexdigest()[:12]}"
    if program.exists():
        return program
    compiler = shutil.which("cc")
    if compiler is None:
        raise NoCompiler("The voice bench needs a C compiler: install gcc or clang as `cc`")
    folder.mkdir(parents=True, exist_ok=True)
    made = [str(path) for path in SOURCES if path.suffix == ".c"]
    subprocess.run([compiler, "-O2", "-o", str(program), *made], check=True)
    return program


def call(
    server: Running, core: int, loop: Loop, openings: Sequence[str], burst: Burst, folder: Path
) -> Measured:
    """Hold so many calls with a server, from a core of their own."""
    lines = folder / "openings.jsonl"
    lines.write_text("".join(f"{line}\n" for line in openings))
    numbers = [burst.calls, burst.ramp_us, burst.warm, burst.measured, burst.frame_us, server.pid]
    files = [loop.write(folder), loop.speech, lines]
    command = [load_client(folder), server.port, PATH, *files, *numbers]
    done = subprocess.run(
        pinned(core, [str(word) for word in command]),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        start_new_session=True,
    )
    return Measured(**json.loads(done.stdout))
