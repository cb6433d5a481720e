"""The servers that are compared, and how one measurement of one of them is made."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.house import CACHE, LOGS, House
from bench.machine import Cores
from bench.processes import ROOT, Program, Running, serving
from bench.voice.caller import Burst, Measured, call
from bench.voice.delay import our_delay
from bench.voice.script import opening
from bench.voice.sound import Loop, caller_loop

OURS, MINIMAL, PIPECAT = "deskbell", "minimal", "pipecat"
# 20 s of hold-back, before which the recorder seals nothing.
_UNTIL_SEALING = 22.0


@dataclass(frozen=True)
class Contender:
    """A server under test; `delay_ms` is how late it ends a turn by its nature."""

    program: Program
    delay_ms: float
    likely: int
    """Where the search for its limit begins."""
    warm: float = 7.0
    """Seconds until it does everything that it does for long."""
    ramp_us: int = 40_000
    """Between two calls: what a server can set up without being measured by it."""
    tokens: bool = False
    """Whether it must admit a call before it takes one."""

    @property
    def name(self) -> str:
        """What tables call it."""
        return self.program.name


@dataclass(frozen=True)
class Arena:
    """Where contenders are measured: the callers' sound, the cores, the house."""

    house: House
    cores: Cores
    loop: Loop = field(default_factory=caller_loop)

    def measure(self, contender: Contender, burst: Burst) -> Measured:
        """One burst of calls at a fresh process."""
        try:
            with serving(contender.program, self.cores.server, LOGS) as server:
                openings = _openings(contender, server, burst.calls)
                return call(server, self.cores.rest, self.loop, openings, burst, CACHE)
        finally:
            shutil.rmtree(self.house.recordings, ignore_errors=True)
            self.house.recordings.mkdir(parents=True, exist_ok=True)

    def ours(self) -> Contender:
        """Our gateway, recorder and turn writes on."""
        program = _module(OURS, "bench.voice.servers.ours", self.house.environment)
        delay = asyncio.run(our_delay(self.loop))
        return Contender(program, delay, likely=240, warm=_UNTIL_SEALING, tokens=True)

    def minimal(self) -> Contender:
        """The bare loop."""
        environment = {"OPENBLAS_NUM_THREADS": "1"}
        program = _module(MINIMAL, "bench.voice.servers.minimal", environment)
        return Contender(program, 0.0, likely=600, ramp_us=10_000)

    def pipecat(self, python: Path) -> Contender:
        """The peer, in its own venv."""
        module = "bench.voice.servers.pipecat_bot"
        command = [str(python), "-m", module, "--delay", str(self.loop.write(CACHE))]
        done = subprocess.run(
            [*command, str(self.loop.speech)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        program = _module(PIPECAT, module, {}, str(python))
        return Contender(program, float(done.stdout), likely=18)


def _module(
    name: str, module: str, environment: dict[str, str], python: str = sys.executable
) -> Program:
    return Program(name, [python, "-m", module, "{port}"], environment)


def _openings(contender: Contender, server: Running, calls: int) -> Sequence[str]:
    if not contender.tokens:
        return [opening()] * calls
    url = f"http://127.0.0.1:{server.port}/openings"
    return httpx.get(url, params={"calls": calls}, trust_env=False).text.splitlines()
