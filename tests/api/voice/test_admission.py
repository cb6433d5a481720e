"""Which calls are let in."""

from datetime import UTC, datetime, timedelta

import pytest

from api.voice.admission import Switchboard
from api.voice.dialogue import Call, Line
from domain.clock import FixedClock
from tests.fakes.voice import NUMBER, TENANT


def call(id: str) -> Call:
    return Call(id, Line(TENANT, NUMBER), f"CON-{id}", "15550142")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def board(clock: FixedClock) -> Switchboard:
    return Switchboard(2, clock)


def test_full_house_admits_nobody(board: Switchboard) -> None:
    assert board.admit(call("a"))
    assert board.admit(call("b"))
    assert not board.admit(call("c"))
    board.release("a")
    assert board.admit(call("c"))


def test_call_connects_only_once(board: Switchboard) -> None:
    board.admit(call("a"))
    assert board.connect("a") is not None
    assert board.connect("a") is None
    assert board.connect("b") is None


def test_call_that_never_connects_loses_its_place(board: Switchboard, clock: FixedClock) -> None:
    board.admit(call("a"))
    board.admit(call("b"))
    board.connect("b")
    clock.advance(timedelta(seconds=31))
    assert board.calls == 1
    assert board.connect("a") is None


async def test_draining_waits_for_running_calls(board: Switchboard) -> None:
    board.admit(call("a"))
    board.connect("a")
    assert not await board.drain(0.01)
    assert not board.admit(call("b"))
    board.release("a")
    assert await board.drain(0.01)
