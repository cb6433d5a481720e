"""How many calls one core carries: a search for each server, in turns with the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isqrt

from bench.house import Step
from bench.machine import load
from bench.voice.caller import Burst, Measured
from bench.voice.contenders import Arena, Contender
from bench.voice.script import STOP_MS

# Beyond the silence and the detector's own delay, at the 99th percentile.
MOST_OVERHEAD_MS = 100.0
_GROWTH = 1.5
# The limit is known to within a seventh.
_CLOSE_ENOUGH = 1.15
_MEASURED = 15.0
# It counts once it has held in two bursts of three; what fails steps down by a fifteenth.
_BURSTS, _STEP = 3, 15
# A round in which the client was late is thrown away, but not for ever.
_TRIES = 3


@dataclass
class Point:
    """One measurement of one server."""

    contender: Contender
    seen: Measured
    load: float
    """Of the machine when it was over."""

    @property
    def overhead_p99(self) -> float:
        """Milliseconds that nothing but work explains."""
        return self.seen.turn_p99 - STOP_MS - self.contender.delay_ms

    @property
    def holds(self) -> bool:
        """Whether the server carried this many calls as it should."""
        return self.seen.whole and self.overhead_p99 < MOST_OVERHEAD_MS


@dataclass
class Limit:
    """What is known of one server's limit so far."""

    contender: Contender
    carries: int = 0
    fails: int = 0
    points: list[Point] = field(default_factory=list)

    @property
    def found(self) -> bool:
        """Whether the limit is known closely enough."""
        return bool(self.fails) and self.fails <= max(self.carries * _CLOSE_ENOUGH, 2)

    @property
    def next(self) -> int:
        """How many calls to try."""
        if not self.fails:
            return round(self.carries * _GROWTH) or self.contender.likely
        if not self.carries:
            return max(1, round(self.fails / _GROWTH))
        return max(self.carries + 1, isqrt(self.carries * self.fails))

    def learn(self, point: Point) -> None:
        """Take a measurement into account."""
        self.points.append(point)
        calls = point.seen.calls
        if point.holds:
            self.carries = max(self.carries, calls)
        else:
            self.fails = min(self.fails or calls, calls)

    @property
    def best(self) -> list[Point]:
        """Every measurement at the limit; the last of all where nothing held."""
        at_limit = [point for point in self.points if point.seen.calls == self.carries]
        return at_limit or self.points[-1:]

    @property
    def settled(self) -> bool:
        """Whether the limit has held in most of its bursts, or there is nothing left to try."""
        return len(self.best) >= _BURSTS or self.carries <= 1

    def confirm(self, point: Point) -> None:
        """Take another burst at the limit into account; most of them must hold."""
        self.points.append(point)
        if [again.holds for again in self.best].count(False) > _BURSTS // 2:
            self.fails = self.carries
            self.carries -= max(1, self.carries // _STEP)


def measured(arena: Arena, contender: Contender, burst: Burst, step: Step) -> Point:
    """One trustworthy measurement, or the last of several tries."""
    for _ in range(_TRIES):
        step(f"{contender.name}: {burst.calls} calls")
        point = Point(contender, arena.measure(contender, burst), load())
        if point.seen.trustworthy:
            break
        step(f"{contender.name}: discarded, the client was {point.seen.lag_p99:.0f} ms late")
    return point


def limits(arena: Arena, contenders: Sequence[Contender], step: Step) -> list[Limit]:
    """Search for every limit in turns, then confirm them in turns."""
    searches = [Limit(contender) for contender in contenders]
    while open_ones := [search for search in searches if not search.found]:
        for search in open_ones:
            search.learn(_try(arena, search.contender, search.next, step))
    while unsettled := [search for search in searches if not search.settled]:
        for search in unsettled:
            search.confirm(_try(arena, search.contender, search.carries, step))
    return searches


def _try(arena: Arena, contender: Contender, calls: int, step: Step) -> Point:
    return measured(
        arena, contender, Burst(calls, contender.warm, _MEASURED, contender.ramp_us), step
    )
