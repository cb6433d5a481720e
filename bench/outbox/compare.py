"""The outbox bench: real workers, one event at a time, then as many as they can take."""

import asyncio
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import quantiles
from uuid import uuid4

from bench.house import CACHE, LOGS, House, Step
from bench.machine import Cores, cpu_seconds, load
from bench.outbox.chime import CLOCK, EFFECTS, NAME, Chimed, Chimes
from bench.processes import Program, spawned
from bench.tables import Column, Report, Table
from deskbell.worker import Role
from plugins import settings
from plugins.registry import Registry

_SINGLE, _QUICK_SINGLE = 200, 60
_MANY, _QUICK_MANY = 3000, 500
_PAUSE = 0.05
# Events of one commit, as a call that ends has a few.
_TOGETHER = 10
_NAP = 0.02
_PATIENCE = 120.0


class Lost(RuntimeError):
    """An event had no effect within two minutes."""


@dataclass
class Road:
    """From commits to effects: what was sent, and what came of it."""

    house: House
    effects: Path
    committed: dict[int, float] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=count)

    async def chime(self, events: int) -> None:
        """Commit some events, each of a thing of its own."""
        numbers = [next(self._numbers) for _ in range(events)]
        async with self.house.wiring.unit_of_work(self.house.scope) as uow:
            for number in numbers:
                uow.record(Chimed(clock_id=uuid4(), number=number))
        now = CLOCK.monotonic()
        self.committed.update(dict.fromkeys(numbers, now))

    async def arrived(self) -> dict[int, float]:
        """Wait for the effect of everything sent. Raises `Lost`."""
        for _ in range(int(_PATIENCE / _NAP)):
            seen = self._seen()
            if len(seen) == len(self.committed):
                return dict(seen)
            await asyncio.sleep(_NAP)
        raise Lost(f"{len(self.committed) - len(self._seen())} events had no effect")

    def _seen(self) -> list[tuple[int, float]]:
        lines = (line.split() for line in self.effects.read_text().splitlines())
        return [(int(number), float(at)) for number, at in lines]


async def compare(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    """Measure the road."""
    await house.empty_outbox()
    async with house.wiring.unit_of_work(house.scope) as uow:
        await settings.enable(uow, Registry(plugins=(Chimes(),)), NAME)
    effects = CACHE / "effects"
    effects.write_text("")
    with ExitStack() as running:
        workers = {
            role: running.enter_context(spawned(_worker(house, role, effects), cores.server, LOGS))
            for role in Role
        }
        road = Road(house, effects)
        step("outbox: warming up")
        await road.chime(_TOGETHER)
        await road.arrived()
        pids = [worker.pid for worker in workers.values()]
        alone = await _alone(road, step, _QUICK_SINGLE if quick else _SINGLE)
        flood = await _flood(road, step, _QUICK_MANY if quick else _MANY, pids)
    await house.empty_outbox()
    return Report("Outbox", [_table(alone, flood)], [f"load {load():.1f}"])


@dataclass(frozen=True)
class Flood:
    """How fast many events went."""

    events: int
    committed_per_second: float
    done_per_second: float
    cpu_ms: float
    """Of both workers, per event."""


async def _alone(road: Road, step: Step, events: int) -> list[float]:
    """Milliseconds from commit to effect of single events, with the road free."""
    first = len(road.committed)
    for number in range(events):
        step(f"outbox: single event {number + 1} of {events}")
        await road.chime(1)
        await asyncio.sleep(_PAUSE)
    arrived = await road.arrived()
    return [
        (at - road.committed[number]) * 1000 for number, at in arrived.items() if number >= first
    ]


async def _flood(road: Road, step: Step, events: int, pids: list[int]) -> Flood:
    step(f"outbox: {events} events")
    cpu, began = sum(map(cpu_seconds, pids)), CLOCK.monotonic()
    for _ in range(events // _TOGETHER):
        await road.chime(_TOGETHER)
    committed = CLOCK.monotonic()
    last = max((await road.arrived()).values())
    cpu = sum(map(cpu_seconds, pids)) - cpu
    return Flood(events, events / (committed - began), events / (last - began), cpu * 1000 / events)


def _worker(house: House, role: Role, effects: Path) -> Program:
    system = role is Role.SYSTEM
    environment = house.system_environment if system else house.environment
    command = [sys.executable, "-m", "bench.outbox.worker", role.value]
    return Program(f"{role.value}-worker", command, {**environment, EFFECTS: str(effects)})


def _table(alone: list[float], flood: Flood) -> Table:
    shares = quantiles(alone, n=100)
    row = {
        "road": "outbox to effect",
        "p50_ms": shares[49],
        "p90_ms": shares[89],
        "p99_ms": shares[98],
        "events": flood.events,
        "events_per_second": flood.done_per_second,
        "commits_per_second": flood.committed_per_second,
        "cpu_ms_per_event": flood.cpu_ms,
    }
    columns = (
        Column("p50_ms", "commit to effect p50 ms"),
        Column("p90_ms", "p90"),
        Column("p99_ms", "p99"),
        Column("events", "flood"),
        Column("events_per_second", "settled / s"),
        Column("commits_per_second", "committed / s"),
        Column("cpu_ms_per_event", "CPU ms / event"),
    )
    return Table("road", "One tenant worker, one relay, one core", columns, [row], "", "road")
