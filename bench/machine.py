"""The machine under the measurement: its cores, its load, and a process's share of both."""

import os
import platform
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
# Among sessions of their own, `nice` only counts through the session's group.
_AUTOGROUP = Path("/proc/self/autogroup")
_FIRST = "-18"


@dataclass(frozen=True)
class Cores:
    """Where the measured server runs, and where everything else does."""

    server: int
    rest: int

    @classmethod
    def find(cls) -> "Cores":
        """The first two cores we may use; the same one twice on a machine that has no other."""
        usable = sorted(os.sched_getaffinity(0))
        return cls(usable[0], usable[1 % len(usable)])

    @property
    def apart(self) -> bool:
        """Whether server and load run on cores of their own."""
        return self.server != self.rest


def settle_on(core: int) -> None:
    """Run this process and its future children on one core, before others if we may."""
    os.sched_setaffinity(0, {core})
    with suppress(OSError):
        _AUTOGROUP.write_text(_FIRST)


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def load() -> float:
    """Runnable processes, averaged over the last minute."""
    return os.getloadavg()[0]


def describe() -> dict[str, str | int | float]:
    """What a reader of results must know of the machine."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load": round(load(), 2),
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
