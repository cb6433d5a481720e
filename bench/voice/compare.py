"""The voice bench from first burst to tables."""

from collections.abc import Sequence
from dataclasses import asdict
from statistics import median
from typing import Any

from bench.house import House, Step
from bench.machine import Cores
from bench.tables import Column, Report, Table
from bench.voice.caller import Burst
from bench.voice.contenders import MINIMAL, OURS, PIPECAT, Arena, Contender
from bench.voice.peer import PeerMissing, pipecat_python
from bench.voice.script import STOP_MS
from bench.voice.search import Limit, Point, limits, measured

EQUAL_CALLS = 8
_ROUNDS = 3
_EQUAL_SECONDS = 20.0
# Calls at which a core is warm: a fixed load says more of cost than eight calls do.
_BUSY = {OURS: 100, MINIMAL: 100, PIPECAT: EQUAL_CALLS}
# A sentence that began under the greeting must be over before anything counts.
_QUICK_WARM, _QUICK_SECONDS, _QUICK_RAMP_US = 5.4, 5.0, 20_000


def compare(house: House, cores: Cores, step: Step, *, quick: bool) -> Report:
    """Measure every server; the peer is left out, loudly, where it cannot be had."""
    arena = Arena(house, cores)
    contenders = [arena.ours(), arena.minimal()]
    notes = []
    try:
        contenders.append(arena.pipecat(pipecat_python(step, install=not quick)))
    except PeerMissing as missing:
        notes.append(f"NO PEER: {missing}")
    if quick:
        notes.append("Quick: the recorder holds 20 s back, so nothing was sealed while measured.")
        return Report("Voice", [_busy(_quick(arena, contenders, step))], notes)
    found = limits(arena, contenders, step)
    equal = _equal(arena, contenders, step)
    return Report("Voice", [_limits(found), _equals(equal)], notes)


def _quick(arena: Arena, contenders: Sequence[Contender], step: Step) -> list[Point]:
    points = []
    for contender in contenders:
        for calls in sorted({EQUAL_CALLS, _BUSY[contender.name]}):
            if calls == EQUAL_CALLS and contender.name == MINIMAL:
                continue
            burst = Burst(calls, _QUICK_WARM, _QUICK_SECONDS, _QUICK_RAMP_US)
            points.append(measured(arena, contender, burst, step))
    return points


def _equal(arena: Arena, contenders: Sequence[Contender], step: Step) -> list[list[Point]]:
    """Rounds of few calls, in turns: whatever disturbs the machine disturbs everybody."""
    rounds: list[list[Point]] = [[] for _ in contenders]
    for _ in range(_ROUNDS):
        for points, contender in zip(rounds, contenders, strict=True):
            burst = Burst(EQUAL_CALLS, contender.warm, _EQUAL_SECONDS)
            points.append(measured(arena, contender, burst, step))
    return rounds


def _limits(found: Sequence[Limit]) -> Table:
    rows = []
    for limit in found:
        best = limit.best
        at_limit = min(best, key=lambda point: point.seen.cpu_per_call_minute)
        held = sum(point.holds for point in best)
        rows.append(
            {
                "server": limit.contender.name,
                "calls_per_core": limit.carries,
                "rounds_held": f"{held}/{len(best)}",
                "overhead_p99_ms": median(point.overhead_p99 for point in best),
                "cpu_s_per_call_minute": at_limit.seen.cpu_per_call_minute,
                "core": at_limit.seen.core,
                "rss_per_call_mb": at_limit.seen.rss_per_call_mb,
                "load": max(point.load for point in best),
                "points": [_written(point) for point in limit.points],
            }
        )
    columns = (
        Column("calls_per_core", "calls per core", better="more"),
        Column("rounds_held", "held"),
        Column("overhead_p99_ms", "p99 overhead ms"),
        Column("cpu_s_per_call_minute", "CPU s / call-minute", better="less"),
        Column("core", "core"),
        Column("rss_per_call_mb", "MB / call", better="less"),
        Column("load", "load"),
    )
    return Table("capacity", "Calls per core, p99 overhead below 100 ms", columns, rows, PIPECAT)


def _equals(rounds: Sequence[Sequence[Point]]) -> Table:
    rows = []
    for points in rounds:
        seen = [point.seen for point in points]
        rows.append(
            {
                "server": points[0].contender.name,
                "turn_p50_ms": median(one.turn_p50 for one in seen) - STOP_MS,
                "turn_p99_ms": median(one.turn_p99 for one in seen) - STOP_MS,
                "detector_ms": points[0].contender.delay_ms,
                "cpu_s_per_call_minute": min(one.cpu_per_call_minute for one in seen),
                "rss_per_call_mb": min(one.rss_per_call_mb for one in seen),
                "turns": sum(one.turns for one in seen),
                "lost": sum(one.missed + one.early + one.died for one in seen),
                "load": max(point.load for point in points),
            }
        )
    columns = (
        Column("turn_p50_ms", "turn p50 ms", better="less"),
        Column("turn_p99_ms", "turn p99 ms", better="less"),
        Column("detector_ms", "of it detector"),
        Column("cpu_s_per_call_minute", "CPU s / call-minute", better="less"),
        Column("rss_per_call_mb", "MB / call", better="less"),
        Column("turns", "turns"),
        Column("lost", "lost"),
        Column("load", "load"),
    )
    return Table("equal", f"{EQUAL_CALLS} calls each, after {STOP_MS} ms", columns, rows, PIPECAT)


def _busy(points: Sequence[Point]) -> Table:
    rows = [
        {
            "server": point.contender.name,
            "calls": point.seen.calls,
            "turn_p50_ms": point.seen.turn_p50 - STOP_MS,
            "turn_p99_ms": point.seen.turn_p99 - STOP_MS,
            "cpu_s_per_call_minute": point.seen.cpu_per_call_minute,
            "core": point.seen.core,
            "turns": point.seen.turns,
            "lost": point.seen.missed + point.seen.early + point.seen.died,
            "load": point.load,
        }
        for point in points
    ]
    columns = (
        Column("calls", "calls"),
        Column("turn_p50_ms", "turn p50 ms"),
        Column("turn_p99_ms", "turn p99 ms"),
        Column("cpu_s_per_call_minute", "CPU s / call-minute", better="less"),
        Column("core", "core"),
        Column("turns", "turns"),
        Column("lost", "lost"),
        Column("load", "load"),
    )
    return Table("quick", f"Turns after {STOP_MS} ms of silence", columns, rows, PIPECAT)


def _written(point: Point) -> dict[str, Any]:
    return {**asdict(point.seen), "overhead_p99": round(point.overhead_p99, 1), "load": point.load}
