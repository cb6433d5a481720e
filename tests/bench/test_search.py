"""The search for a limit finds it, whatever it is, and gives it up when it does not hold again."""

import pytest

from bench.processes import Program
from bench.voice.caller import Measured
from bench.voice.contenders import Contender
from bench.voice.script import STOP_MS
from bench.voice.search import Limit, Point

SERVER = Contender(Program("toy", [], {}), delay_ms=60, likely=20)


def point(calls: int, *, overhead: float = 10, missed: int = 0) -> Point:
    """What was measured of so many calls."""
    late = STOP_MS + SERVER.delay_ms + overhead
    seen = Measured(
        calls=calls,
        connected=calls,
        died=0,
        turns=calls,
        missed=missed,
        early=0,
        turn_p50=late,
        turn_p90=late,
        turn_p99=late,
        late_p99=0,
        lag_p99=1,
        cpu_s=1,
        core=0.5,
        cpu_per_call_minute=0.1,
        rss_before_mb=50,
        rss_per_call_mb=1,
    )
    return Point(SERVER, seen, load=0)


def searched(limit_of_server: int) -> Limit:
    """A search at a server that carries so many calls."""
    search = Limit(SERVER)
    while not search.found:
        calls = search.next
        search.learn(point(calls, overhead=10 if calls <= limit_of_server else 300))
    return search


@pytest.mark.parametrize("carried", [1, 7, 20, 33, 250])
def test_search_ends_within_a_seventh(carried: int) -> None:
    search = searched(carried)
    assert carried / 1.16 - 1 <= search.carries <= carried


def test_search_takes_few_measurements() -> None:
    assert len(searched(250).points) < 12


def test_overhead_leaves_out_silence_and_detector() -> None:
    assert point(5, overhead=42).overhead_p99 == 42


@pytest.mark.parametrize("seen", [point(5, missed=1), point(5, overhead=100)])
def test_lost_turn_or_delay_does_not_hold(seen: Point) -> None:
    assert not seen.holds


def test_limit_must_hold_in_most_bursts() -> None:
    search = searched(33)
    before = search.carries
    search.confirm(point(before))
    assert not search.settled
    search.confirm(point(before, missed=1))
    assert search.settled
    assert search.carries == before


def test_limit_that_fails_twice_steps_down() -> None:
    search = searched(33)
    before = search.carries
    search.confirm(point(before, missed=1))
    search.confirm(point(before, missed=1))
    assert search.carries < before
    assert search.fails == before
    assert not search.settled
