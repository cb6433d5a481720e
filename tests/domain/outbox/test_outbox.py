"""What has yet to happen is written with the change itself, in order, or not at all."""

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid4

import pytest

from domain.events import Event, UnknownEvent, catalogue, read
from domain.outbox import EntryKind, OutboxEntry
from tests.conftest import NOW
from tests.factories.outbox import entries


@dataclass(frozen=True, kw_only=True)
class BellRung(Event):
    """Somebody rang a bell."""

    name: ClassVar[str] = "test.bell_rung"
    aggregate: ClassVar[str] = "bell_id"
    bell_id: UUID
    times: int


async def ring(unit_of_work, scope, bell, *times):
    async with unit_of_work(scope) as uow:
        for number in times:
            uow.record(BellRung(bell_id=bell, times=number))


async def timers(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        found = OutboxEntry.filter(kind=EntryKind.TIMER).using_db(uow.connection)
        return [(timer.name, timer.key, timer.due_at, timer.payload) for timer in await found]


async def set_timer(unit_of_work, scope, at, key="remind:1", **payload):
    async with unit_of_work(scope) as uow:
        uow.schedule("appointments.remind", at=at, key=key, payload=payload)


async def test_an_event_is_stored_with_the_change(unit_of_work, scope):
    bell = uuid4()
    await ring(unit_of_work, scope, bell, 3)
    [entry] = await entries(unit_of_work, scope, "test.bell")
    assert read(entry.name, entry.version, entry.payload) == BellRung(bell_id=bell, times=3)
    assert (entry.key, entry.sequence, entry.due_at) == (str(bell), 1, NOW)


async def test_a_change_that_fails_tells_nobody(unit_of_work, scope):
    with pytest.raises(RuntimeError):
        async with unit_of_work(scope) as uow:
            uow.record(BellRung(bell_id=uuid4(), times=1))
            raise RuntimeError("the rope broke")
    assert await entries(unit_of_work, scope, "test.bell") == []


async def test_events_of_one_thing_are_numbered_without_gaps(unit_of_work, scope):
    bell = uuid4()
    await ring(unit_of_work, scope, bell, 1, 2)
    await ring(unit_of_work, scope, bell, 3)
    found = await entries(unit_of_work, scope, "test.bell")
    assert [(entry.sequence, entry.payload["times"]) for entry in found] == [(1, 1), (2, 2), (3, 3)]


async def test_concurrent_changes_are_numbered_without_gaps(unit_of_work, scope):
    bells = [uuid4(), uuid4()]
    # Every change rings both bells, in either order: neither may wait for the other for ever.
    await asyncio.gather(
        *(both(unit_of_work, scope, bells[:: 1 if n % 2 else -1]) for n in range(10))
    )
    found = await entries(unit_of_work, scope, "test.bell")
    for bell in bells:
        numbers = sorted(entry.sequence for entry in found if entry.key == str(bell))
        assert numbers == list(range(1, 11))


async def both(unit_of_work, scope, bells):
    async with unit_of_work(scope) as uow:
        for bell in bells:
            uow.record(BellRung(bell_id=bell, times=1))


async def test_other_things_are_numbered_apart(unit_of_work, scope, other_scope):
    bell = uuid4()
    await ring(unit_of_work, scope, bell, 1)
    await ring(unit_of_work, scope, uuid4(), 1)
    await ring(unit_of_work, other_scope, bell, 1)
    found = await entries(unit_of_work, scope, "test.bell")
    found += await entries(unit_of_work, other_scope, "test.bell")
    assert [entry.sequence for entry in found] == [1, 1, 1]


async def test_a_timer_waits_for_its_moment(unit_of_work, scope):
    await set_timer(unit_of_work, scope, NOW + timedelta(hours=1), visit="1")
    assert await timers(unit_of_work, scope) == [
        ("appointments.remind", "remind:1", NOW + timedelta(hours=1), {"visit": "1"})
    ]


async def test_a_timer_of_the_same_key_is_replaced(unit_of_work, scope):
    for hours in (1, 2):
        await set_timer(unit_of_work, scope, NOW + timedelta(hours=hours))
    [(_, _, due_at, _)] = await timers(unit_of_work, scope)
    assert due_at == NOW + timedelta(hours=2)


async def test_timers_of_other_keys_stand_beside_it(unit_of_work, scope):
    for key in ("remind:1", "remind:2"):
        await set_timer(unit_of_work, scope, NOW, key)
    assert len(await timers(unit_of_work, scope)) == 2


async def test_a_cancelled_timer_is_forgotten(unit_of_work, scope):
    await set_timer(unit_of_work, scope, NOW)
    async with unit_of_work(scope) as uow:
        uow.cancel("remind:1")
    assert await timers(unit_of_work, scope) == []


async def test_a_timer_that_has_fired_is_not_taken_back(unit_of_work, scope):
    await set_timer(unit_of_work, scope, NOW)
    async with unit_of_work(scope) as uow:
        await OutboxEntry.all().using_db(uow.connection).update(done_at=NOW)
    async with unit_of_work(scope) as uow:
        uow.cancel("remind:1")
        uow.schedule("appointments.remind", at=NOW, key="remind:1")
    assert len(await timers(unit_of_work, scope)) == 2


async def test_the_relay_is_woken_after_the_commit(unit_of_work, scope):
    seen = []

    async def nudge():
        seen.append(len(await entries(unit_of_work, scope, "test.bell")))

    nudging = replace(unit_of_work, nudge=nudge)
    await ring(nudging, scope, uuid4(), 1)
    await ring(nudging, scope, uuid4())
    assert seen == [1]


def test_an_unknown_event_is_said_to_be_one():
    with pytest.raises(UnknownEvent):
        read("test.nobody", 1, {})


def test_two_events_cannot_share_a_name():
    with pytest.raises(TypeError, match="declared twice"):
        type("Again", (Event,), {"name": "test.bell_rung", "__doc__": "Again."})


def test_the_catalogue_describes_every_event_but_those_of_tests():
    described = catalogue()
    assert "message.left@1" in described
    assert not any(name.startswith("test.") for name in described)
