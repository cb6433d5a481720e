"""How many dialogues end with what the caller wanted: replayed, and asked by our own receptionist.

Nothing is learned from the dialogues; labels are looked at only to compare, and by the simulated
caller, who has to know what it wants.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from deskbell.brain.judging import core_of, is_right, scored_of, slot_is_right
from deskbell.brain.reading import Line
from deskbell.brain.replay import Replayed, replay
from deskbell.brain.setting import source_of
from deskbell.brain.shares import milliseconds
from deskbell.brain.simulation import Simulated, can_be_simulated, simulate

ALL = "all"


@dataclass(frozen=True)
class Dialogues:
    """Shares are fractions; `all` beside each corpus."""

    core_task_success: dict[str, float]
    simulation_success: dict[str, float]
    turns_to_book: dict[str, float]
    """Median of what both sides said, from the caller's first words to the yes that books."""
    wrong_irreversible: float
    """Of all dialogues with a commit, those whose labelled slots are not all right."""
    commits: dict[str, dict[str, int]]
    slots: dict[str, Any]
    latency_ms: dict[str, float]
    noise: float
    """The share of words that were heard badly in simulations."""
    lines: dict[str, int]


def measure(lines: list[Line], noise: float = 0) -> Dialogues:
    """Replay and simulate every dialogue; `noise` is the share of words heard badly there."""
    replayed = [(line, replay(line)) for line in lines]
    simulated = [(line, simulate(line, noise)) for line in lines if can_be_simulated(line)]
    commits = {
        "replay": _commits((line, done.committed, done.known) for line, done in replayed),
        "simulation": _commits((line, done.booked, done.known) for line, done in simulated),
    }
    seconds = [each for _, done in replayed for each in done.seconds]
    return Dialogues(
        core_task_success=_by_source((line, _succeeds(line, done)) for line, done in replayed),
        simulation_success=_by_source((line, _succeeds(line, done)) for line, done in simulated),
        turns_to_book=_turns(simulated),
        wrong_irreversible=_wrong(commits.values()),
        commits=commits,
        slots=_slots(replayed),
        latency_ms=milliseconds(seconds),
        noise=noise,
        lines={ALL: len(lines), **Counter(source_of(line) for line in lines)},
    )


def _succeeds(line: Line, done: Replayed | Simulated) -> bool:
    return is_right(line, done.known, core_of(line))


def _by_source(outcomes: Iterable[tuple[Line, bool]]) -> dict[str, float]:
    told: dict[str, list[bool]] = defaultdict(list)
    for line, is_good in outcomes:
        told[ALL].append(is_good)
        told[source_of(line)].append(is_good)
    return {source: _share(good) for source, good in told.items()}


def _share(outcomes: Sequence[bool]) -> float:
    return round(sum(outcomes) / len(outcomes), 4) if outcomes else 0.0


def _commits(outcomes: Iterable[tuple[Line, bool, dict[str, Any]]]) -> dict[str, int]:
    committed = [(line, known) for line, booked, known in outcomes if booked]
    wrong = [line for line, known in committed if not is_right(line, known, core_of(line))]
    return {"committed": len(committed), "wrong": len(wrong)}


def _wrong(commits: Iterable[dict[str, int]]) -> float:
    told = list(commits)
    committed = sum(each["committed"] for each in told)
    return round(sum(each["wrong"] for each in told) / committed, 4) if committed else 0.0


def _turns(simulated: Iterable[tuple[Line, Simulated]]) -> dict[str, float]:
    told: dict[str, list[int]] = defaultdict(list)
    for line, done in simulated:
        if done.booked:
            told[ALL].append(done.turns)
            told[source_of(line)].append(done.turns)
    return {source: float(median(turns)) for source, turns in told.items()}


def _slots(replayed: Iterable[tuple[Line, Replayed]]) -> dict[str, Any]:
    told: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for line, done in replayed:
        for slot in scored_of(line):
            right = slot_is_right(line, done.known, slot)
            for source in (ALL, source_of(line)):
                told[source][slot].append(right)
                told[source][ALL].append(right)
    return {
        source: {slot: _share(right) for slot, right in sorted(slots.items())}
        for source, slots in told.items()
    }
