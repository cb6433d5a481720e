"""From an event to its handlers, and what becomes of each attempt."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.errors import NotFound
from domain.handlers import serves
from domain.outbox import OutboxEntry
from domain.privacy.purposes import Purpose
from domain.scope import ActorKind
from plugins import attempts, settings
from plugins.attempts import SWITCHED_OFF, Dispatch, Terms
from plugins.errors import NotDead
from plugins.events import DeliveryDead
from plugins.models import LOST, DeliveryStatus
from plugins.registry import Registry
from tests.fakes.effects import count_use, uses
from tests.fakes.happenings import Happened
from tests.fakes.plugin import FakePlugin
from tests.plugins.conftest import PACE

THING = uuid4()
LATER = timedelta(hours=2)


class Notes:
    """Core handlers that note what they are told, and what goes wrong on the way."""

    def __init__(self) -> None:
        self.seen = []
        self.troubles = []
        self.context = None

    @serves(Purpose.SERVICE)
    async def note(self, event, context):
        self.context = context
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble
        self.seen.append(event)

    def registry(self) -> Registry:
        return Registry([(Happened, self.note)], plugins=())


async def effects(road) -> int:
    async with road.unit_of_work(road.scope) as uow:
        return len(await uses(uow))


async def test_an_event_reaches_its_handler_typed(road):
    notes = Notes()
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.travel()
    assert notes.seen == [Happened(thing_id=THING, number=1)]


async def test_a_settled_delivery_is_not_made_again(road):
    notes = Notes()
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.travel()
    way.wait(LATER)
    assert await way.travel() == 0
    [delivery] = await way.deliveries()
    [attempt] = await way.attempts()
    assert (delivery.status, delivery.attempts) == (DeliveryStatus.DONE, 1)
    assert (attempt.succeeded, attempt.error, attempt.number) == (True, "", 1)


async def test_fanning_out_twice_makes_one_delivery(road):
    way = road(Notes().registry())
    await way.happen(THING, 1)
    await way.fan_out()
    async with way.unit_of_work(way.scope) as uow:
        await OutboxEntry.all().using_db(uow.connection).update(done_at=None)
    await way.fan_out()
    assert len(await way.deliveries()) == 1


async def test_the_handler_runs_without_a_transaction(road):
    @serves(Purpose.SERVICE)
    async def call_outside(event, context):
        await context.mailer.send("a letter")

    way = road(Registry([(Happened, call_outside)], plugins=()))
    await way.happen(THING, 1)
    await way.travel()
    assert way.deliverer.mailer.letters == ["a letter"]


async def test_a_failure_is_retried_later_with_doubling_pauses(road):
    notes = Notes()
    notes.troubles = [RuntimeError("names a caller"), ValueError()]
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.travel()
    assert await way.travel() == 0
    way.wait(PACE.first_retry)
    await way.travel()
    way.wait(PACE.first_retry * 2)
    await way.travel()
    assert len(notes.seen) == 1
    assert [one.error for one in await way.attempts()] == ["RuntimeError", "ValueError", ""]


async def test_the_delivery_id_is_the_same_at_every_attempt(road):
    notes, ids = Notes(), set()
    notes.troubles = [RuntimeError()]
    way = road(notes.registry())
    await way.happen(THING, 1)
    for _ in range(2):
        await way.travel()
        ids.add(notes.context.delivery_id)
        way.wait(LATER)
    assert ids == {(await way.deliveries())[0].id}


async def test_a_handler_that_takes_too_long_is_stopped(road):
    plugin = FakePlugin(timeout=0.01)
    plugin.act = asyncio.Event().wait
    way = road(Registry(plugins=(plugin,)))
    await switch(way, on=True)
    await way.happen(THING, 1)
    await way.travel()
    assert [one.error for one in await way.attempts()] == ["TimeoutError"]


async def test_a_failed_effect_is_rolled_back_whole(road):
    calls = []

    @serves(Purpose.SERVICE)
    async def spoil(event, context):
        async with context.settle() as uow:
            await count_use(uow)
            calls.append(event)
            if len(calls) == 1:
                raise RuntimeError

    way = road(Registry([(Happened, spoil)], plugins=()))
    await way.happen(THING, 1)
    await way.travel()
    assert await effects(way) == 0
    way.wait(LATER)
    await way.travel()
    assert (await effects(way), len(calls)) == (1, 2)


async def test_an_error_after_settling_changes_nothing(road):
    @serves(Purpose.SERVICE)
    async def stumble(event, context):
        async with context.settle() as uow:
            await count_use(uow)
        raise RuntimeError

    way = road(Registry([(Happened, stumble)], plugins=()))
    await way.happen(THING, 1)
    await way.travel()
    way.wait(LATER)
    assert await way.travel() == 0
    assert await effects(way) == 1
    assert [one.succeeded for one in await way.attempts()] == [True]


async def test_the_same_sending_is_carried_out_once(road):
    notes = Notes()
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.fan_out()
    [due] = await way.claim()
    await way.carry(due.dispatch, due.dispatch)
    assert len(notes.seen) == 1


async def test_an_attempt_that_was_overtaken_has_no_effect(road):
    begun, overtaken, rounds = asyncio.Event(), asyncio.Event(), []

    @serves(Purpose.SERVICE)
    async def dawdle(event, context):
        rounds.append(event)
        if len(rounds) == 1:
            begun.set()
            await overtaken.wait()
        async with context.settle() as uow:
            await count_use(uow)

    way = road(Registry([(Happened, dawdle)], plugins=()))
    await way.happen(THING, 1)
    await way.fan_out()
    [due] = await way.claim()
    slow = asyncio.create_task(way.carry(due.dispatch))
    await begun.wait()
    again = Dispatch(due.dispatch.delivery_id, due.dispatch.after, run=2)
    await way.carry(again)
    overtaken.set()
    await slow
    assert (await effects(way), len(rounds)) == (1, 2)


async def test_a_lost_worker_is_noticed_when_the_lease_ends(road):
    notes = Notes()
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.fan_out()
    [due] = await way.claim()
    async with way.unit_of_work(way.scope) as uow:
        await attempts.take(uow, due.dispatch, lambda _: Terms(30.0, PACE))
    assert await way.claim() == []
    way.wait(timedelta(seconds=30) + PACE.grace)
    await way.travel()
    assert [one.error for one in await way.attempts()] == [LOST, ""]


async def test_a_handler_that_kills_every_worker_ends(road):
    way = road(Notes().registry())
    await way.happen(THING, 1)
    await way.fan_out()
    for _ in range(PACE.most_attempts):
        [due] = await way.claim()
        async with way.unit_of_work(way.scope) as uow:
            assert await attempts.take(uow, due.dispatch, lambda _: Terms(30.0, PACE))
        way.wait(LATER)
    await way.travel()
    [delivery] = await way.deliveries()
    assert delivery.status is DeliveryStatus.DEAD
    assert [one.error for one in await way.attempts()] == [LOST] * 3


async def dead_end(road):
    """A road with one event that was given up, and the notes of its handler."""
    notes = Notes()
    notes.troubles = [RuntimeError()] * PACE.most_attempts
    way = road(notes.registry())
    await way.happen(THING, 1, 2)
    for _ in range(PACE.most_attempts):
        await way.travel()
        way.wait(LATER)
    return way, notes


async def test_events_of_one_thing_are_delivered_in_order(road):
    notes = Notes()
    notes.troubles = [None, RuntimeError()]
    way = road(notes.registry())
    await way.happen(THING, 1, 2, 3)
    await way.travel()
    assert [event.number for event in notes.seen] == [1]
    way.wait(LATER)
    await way.travel()
    assert [event.number for event in notes.seen] == [1, 2, 3]


async def test_other_things_do_not_wait(road):
    notes, other = Notes(), uuid4()
    notes.troubles = [RuntimeError()]
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.travel()
    await way.happen(other, 7)
    await way.travel()
    assert [event.number for event in notes.seen] == [7]


async def test_a_dead_delivery_is_announced_and_unblocks(road):
    way, notes = await dead_end(road)
    await way.travel()
    assert [event.number for event in notes.seen] == [2]
    async with way.unit_of_work(way.scope) as uow:
        found = OutboxEntry.filter(name=DeliveryDead.name).using_db(uow.connection)
        [announced] = await found
    assert announced.payload["error"] == "RuntimeError"
    assert announced.payload["attempts"] == PACE.most_attempts


async def test_a_dead_delivery_can_be_replayed(road):
    way, notes = await dead_end(road)
    dead = next(one for one in await way.deliveries() if one.status is DeliveryStatus.DEAD)
    async with way.unit_of_work(way.scope) as uow:
        await attempts.replay(uow, dead.id)
    await way.travel()
    assert sorted(event.number for event in notes.seen) == [1, 2]


async def test_only_the_dead_are_replayed(road):
    way = road(Notes().registry())
    await way.happen(THING, 1)
    await way.travel()
    [delivery] = await way.deliveries()
    with pytest.raises(NotDead):
        async with way.unit_of_work(way.scope) as uow:
            await attempts.replay(uow, delivery.id)


async def test_another_tenants_delivery_cannot_be_replayed(road, other_scope):
    way, _ = await dead_end(road)
    [delivery, *_] = await way.deliveries()
    with pytest.raises(NotFound):
        async with way.unit_of_work(other_scope) as uow:
            await attempts.replay(uow, delivery.id)


async def test_a_dead_letter_handler_does_not_announce_itself(road):
    @serves(Purpose.SERVICE)
    async def fail(event, context):
        raise RuntimeError

    way = road(Registry([(Happened, fail), (DeliveryDead, fail)], plugins=()))
    await way.happen(THING, 1)
    for _ in range(2 * PACE.most_attempts + 1):
        await way.travel()
        way.wait(LATER)
    statuses = [one.status for one in await way.deliveries()]
    assert statuses == [DeliveryStatus.DEAD, DeliveryStatus.DEAD]


async def test_a_timer_runs_its_job_when_it_is_due(road):
    ran = []

    @serves(Purpose.SERVICE)
    async def remind(payload, context):
        ran.append(payload)

    way = road(Registry(jobs=[remind], plugins=()))
    async with way.unit_of_work(way.scope) as uow:
        uow.schedule("plugins.remind", at=uow.now + LATER, key="one", payload={"to": "somebody"})
    await way.travel()
    assert ran == []
    way.wait(LATER)
    await way.travel()
    assert ran == [{"to": "somebody"}]


async def test_a_job_nobody_knows_fails_in_sight(road):
    way = road(Registry(plugins=()))
    async with way.unit_of_work(way.scope) as uow:
        uow.schedule("gone.away", at=uow.now, key="one")
    await way.travel()
    assert [one.error for one in await way.attempts()] == ["UnknownHandler"]
    assert [one.handler for one in await way.deliveries()] == ["job:gone.away"]


async def test_a_core_handler_acts_as_a_job(road):
    notes = Notes()
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.travel()
    async with notes.context.unit_of_work() as uow:
        assert uow.scope.actor.kind is ActorKind.JOB
        assert uow.scope.actor.id == "core:plugins.note"


async def switch(way, on, **values) -> None:
    async with way.unit_of_work(way.scope) as uow:
        await settings.configure(uow, way.registry, "fake", values)
        change = settings.enable if on else settings.disable
        await change(uow, way.registry, "fake")


@pytest.mark.promise("P117")
async def test_a_plugin_hears_only_of_tenants_that_enabled_it(road):
    plugin = FakePlugin()
    way = road(Registry(plugins=(plugin,)))
    await way.happen(THING, 1)
    await way.travel()
    await switch(way, on=True, clinic="Elm Street")
    await way.happen(THING, 2)
    await way.travel()
    assert [(number, clinic) for number, clinic, _ in plugin.seen] == [(2, "Elm Street")]


@pytest.mark.promise("P117")
async def test_a_plugin_switched_off_meanwhile_is_not_called(road):
    plugin = FakePlugin()
    way = road(Registry(plugins=(plugin,)))
    await switch(way, on=True)
    await way.happen(THING, 1)
    await way.fan_out()
    await switch(way, on=False)
    await way.travel()
    assert plugin.seen == []
    assert [one.error for one in await way.attempts()] == [SWITCHED_OFF]
    assert (await way.deliveries())[0].status is DeliveryStatus.DONE


async def test_no_message_of_an_error_is_kept(road, caplog):
    notes = Notes()
    notes.troubles = [RuntimeError("Anna Lee, +12125550142")]
    way = road(notes.registry())
    await way.happen(THING, 1)
    await way.travel()
    assert "Anna" not in caplog.text
    assert [one.error for one in await way.attempts()] == ["RuntimeError"]
