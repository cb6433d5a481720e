"""Which calls are let in, by one media process and by several."""

import asyncio
import os
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from api.voice.admission import EXPECTED, Machine, Switchboard
from api.voice.dialogue import Call, Line
from domain.clock import FixedClock
from domain.encryption import DataKey, WrongKey
from domain.errors import Unavailable
from tests.fakes.board import RememberedBoard
from tests.fakes.voice import NUMBER, TENANT

KEY = DataKey(os.urandom(32))
HERE, THERE = Machine("here", 2), Machine("there", 2)
LATER = EXPECTED + timedelta(seconds=1)


def call(id: str) -> Call:
    return Call(id, Line(TENANT, NUMBER), f"CON-{id}", "15550142")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 3, 1, tzinfo=UTC))


@pytest.fixture
def board(clock: FixedClock) -> RememberedBoard:
    return RememberedBoard(clock)


@pytest.fixture
def first(board: RememberedBoard) -> Switchboard:
    return Switchboard(board, HERE, KEY)


@pytest.fixture
def second(board: RememberedBoard) -> Switchboard:
    """Another process of the same machine."""
    return Switchboard(board, HERE, KEY)


@pytest.fixture
def elsewhere(board: RememberedBoard) -> Switchboard:
    """A process of another machine."""
    return Switchboard(board, THERE, KEY)


async def test_a_full_machine_admits_nobody(first: Switchboard, second: Switchboard) -> None:
    assert await first.admit(call("a"))
    assert await second.admit(call("b"))
    assert not await first.admit(call("c"))
    await second.connect("a")
    await second.release("a")
    assert await first.admit(call("c"))


async def test_each_machine_has_its_own_places(first: Switchboard, elsewhere: Switchboard) -> None:
    await first.admit(call("a"))
    await first.admit(call("b"))
    assert await elsewhere.admit(call("c"))


async def test_a_call_connects_only_once(first: Switchboard, second: Switchboard) -> None:
    await first.admit(call("a"))
    connected = await asyncio.gather(second.connect("a"), first.connect("a"))
    assert connected.count(None) == 1
    assert await first.connect("b") is None


async def test_a_waiting_call_arrives_whole(first: Switchboard, second: Switchboard) -> None:
    line = Line(
        tenant_id=TENANT,
        number=NUMBER,
        language="es",
        voice="warm",
        sample_rate=8000,
        rings_staff=True,
        forward_to="15550199",
        voicemail_text="Leave word.",
    )
    sent = replace(call("a"), line=line, region_url="https://api-us.example.com")
    await first.admit(sent)
    came = await second.connect("a")
    # Nobody has agreed to anything yet; all the rest must have come.
    names = [field.name for field in fields(Call) if field.name != "consent"]
    assert [getattr(came, name) for name in names] == [getattr(sent, name) for name in names]
    # A field that stays at its default would not prove anything.
    plain = Line(TENANT, "")
    new = {
        each.name for each in fields(Line) if getattr(line, each.name) == getattr(plain, each.name)
    }
    assert new == {"tenant_id"}


async def test_a_waiting_call_shows_nobody(board: RememberedBoard, first: Switchboard) -> None:
    await first.admit(call("a"))
    note = await board.take("waiting:a")
    assert note is not None
    assert b"15550142" not in note


async def test_a_waiting_call_does_not_pass_for_another(
    board: RememberedBoard, first: Switchboard
) -> None:
    await first.admit(call("a"))
    await board.pin("waiting:b", await board.take("waiting:a") or b"", keep=EXPECTED)
    with pytest.raises(WrongKey):
        await first.connect("b")


async def test_a_call_takes_its_place_along(first: Switchboard, elsewhere: Switchboard) -> None:
    await first.admit(call("a"))
    await elsewhere.connect("a")
    assert (await first.calls(), await elsewhere.calls()) == (0, 1)


async def test_a_full_machine_takes_no_calls_of_others(
    first: Switchboard, elsewhere: Switchboard
) -> None:
    await first.admit(call("a"))
    await elsewhere.admit(call("b"))
    await elsewhere.admit(call("c"))
    assert await elsewhere.connect("a") is None
    assert (await first.calls(), await elsewhere.calls()) == (0, 2)


async def test_a_call_that_never_connects_loses_its_place(
    first: Switchboard, clock: FixedClock
) -> None:
    await first.admit(call("a"))
    clock.advance(LATER)
    assert await first.calls() == 0
    assert await first.connect("a") is None


async def test_the_places_of_a_dead_process_come_free(
    first: Switchboard, second: Switchboard, clock: FixedClock
) -> None:
    for board, id in ((first, "a"), (second, "b")):
        await board.admit(call(id))
        await board.connect(id)
    clock.advance(EXPECTED / 2)
    vouching = asyncio.create_task(first.vouch(every=0.001))
    await asyncio.sleep(0.05)
    clock.advance(EXPECTED * 0.75)
    assert await first.calls() == 1
    vouching.cancel()


async def test_every_process_knows_what_was_settled(
    first: Switchboard, elsewhere: Switchboard
) -> None:
    await first.settle("CON-a")
    assert await elsewhere.settled("CON-a")
    await elsewhere.forget("CON-a")
    assert not await first.settled("CON-a")


async def test_draining_waits_for_the_calls_of_the_machine(
    first: Switchboard, second: Switchboard
) -> None:
    await first.admit(call("a"))
    await first.connect("a")
    assert not await second.drain(0.01)
    assert not await second.admit(call("b"))
    await first.release("a")
    assert await second.drain(1)


async def test_without_a_board_nobody_is_admitted(
    board: RememberedBoard, first: Switchboard
) -> None:
    board.lost = True
    with pytest.raises(Unavailable):
        await first.admit(call("a"))


async def test_without_a_board_running_calls_go_on(
    board: RememberedBoard, first: Switchboard
) -> None:
    await first.admit(call("a"))
    await first.connect("a")
    board.lost = True
    assert not await first.drain(0.01)
    await first.settle("CON-a")
    await first.forget("CON-a")
    assert not await first.settled("CON-a")
    await first.release("a")
    assert await first.drain(1)
