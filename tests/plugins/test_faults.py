"""Plugins that raise, hang, flood or look where they may not: none of it harms anybody else."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from domain import contacts
from domain.contacts.repository import Contacts
from domain.errors import Forbidden, NotFound
from domain.personal import DataClass, Source
from domain.sealed import StillSealed
from integrations.http_out import Outbound
from plugins import attempts, health, settings
from plugins.admission import Equipment
from plugins.attempts import Terms
from plugins.health import Trier
from plugins.models import LOST, Health
from plugins.pace import OF_DELIVERIES
from plugins.registry import Registry
from plugins.repository import Standings
from plugins.spec import hookimpl
from plugins.standing import Bench
from tests.fakes.happenings import Happened
from tests.fakes.plugin import FakePlugin
from tests.plugins.conftest import PACE

SOMEBODY = contacts.Details(name="Ann Miller", phone="+12125550142")
PATIENCE = replace(OF_DELIVERIES, failures=2, first_rest=timedelta(seconds=30))


@pytest.fixture
def stage(road, unit_of_work, scope):
    """A faulty plugin and a sound one, both on, and the road to them."""

    async def build(faulty=None):
        faulty, sound = faulty or FakePlugin(timeout=0.05), FakePlugin(name="sound")
        registry = Registry(plugins=(faulty, sound))
        async with unit_of_work(scope) as uow:
            for plugin in ("fake", "sound"):
                await settings.enable(uow, registry, plugin)
        way = road(registry, bench=Bench(PATIENCE))
        await way.travel()
        return SimpleNamespace(faulty=faulty, sound=sound, way=way, registry=registry)

    return build


async def happen(stage, times):
    """Let something happen to so many things; returns how many deliveries were made."""
    for _ in range(times):
        await stage.way.happen(uuid4(), 1)
    return await stage.way.travel()


async def report(stage):
    async with stage.way.unit_of_work(stage.way.scope) as uow:
        return await health.report(uow, "fake", enabled=True)


async def explode():
    raise ValueError("Mrs Miller")


async def hang():
    await asyncio.Event().wait()


@pytest.mark.parametrize("fault", [explode, hang])
async def test_a_plugin_that_fails_holds_up_nobody_and_then_rests(stage, fault):
    here = await stage()
    here.faulty.act = fault
    await happen(here, 4)
    assert len(here.sound.seen) == 4
    # Two failures in a row, and the other two wait.
    assert len(here.faulty.contexts) == 2
    seen = await report(here)
    assert seen.health is Health.FAILING
    assert seen.last_error in {"ValueError", "TimeoutError"}
    assert seen.rests_until == here.way.unit_of_work.clock.now() + timedelta(seconds=30)


async def test_a_plugin_that_recovers_gets_everything_it_missed(stage):
    here = await stage()
    here.faulty.act = explode
    await happen(here, 4)
    here.faulty.act = None
    for _ in range(4):
        here.way.wait(timedelta(minutes=1))
        await here.way.travel()
    assert len(here.faulty.seen) == 4
    seen = await report(here)
    assert (seen.health, seen.rests_until) == (Health.DEGRADED, None)
    assert seen.last_success_at is not None
    async with here.way.unit_of_work(here.way.scope) as uow:
        assert await Standings(uow).of("fake") is None


async def test_after_a_rest_one_delivery_tries_and_the_rest_waits_for_it(stage):
    here = await stage()
    here.faulty.act = explode
    await happen(here, 4)
    here.way.wait(timedelta(seconds=31))
    await here.way.travel()
    assert len(here.faulty.contexts) == 3
    seen = await report(here)
    assert seen.rests_until == here.way.unit_of_work.clock.now() + timedelta(minutes=1)


async def test_who_rests_here_works_elsewhere(stage, other_scope):
    here = await stage()
    here.faulty.act = explode
    await happen(here, 2)
    async with here.way.unit_of_work(other_scope) as uow:
        await settings.enable(uow, here.registry, "fake")
        assert (await here.way.deliverer.bench.ask(uow, "fake", PACE.grace)).rests_until is None


async def test_a_handler_that_took_a_worker_with_it_rests_at_once(stage):
    here = await stage()
    thing = uuid4()
    await here.way.happen(thing, 1)
    await here.way.fan_out()
    [lost] = await deliveries(here, "fake:note")
    [begun] = [each for each in await here.way.claim() if each.dispatch.delivery_id == lost.id]
    async with here.way.unit_of_work(here.way.scope) as uow:
        assert await attempts.take(uow, begun.dispatch, lambda _: Terms(30.0, PACE))
    # The process is gone; another one sees it.
    here.way.wait(timedelta(seconds=60) + PACE.grace)
    await here.way.travel()
    assert here.faulty.seen == []
    assert len(here.sound.seen) == 1
    seen = await report(here)
    assert seen.rests_until == here.way.unit_of_work.clock.now() + timedelta(seconds=30)
    here.way.wait(timedelta(minutes=1))
    await here.way.travel()
    assert len(here.faulty.seen) == 1
    assert [each.error for each in await here.way.attempts() if each.error] == [LOST]


async def deliveries(here, handler):
    return [each for each in await here.way.deliveries() if each.handler == handler]


async def test_a_flood_is_kept_back_whole(stage):
    async def flood(uow):
        for number in range(501):
            uow.record(Happened(thing_id=uuid4(), number=number))

    here = await stage(FakePlugin())

    async def act():
        async with here.faulty.contexts[-1].unit_of_work() as uow:
            await flood(uow)

    here.faulty.act = act
    await happen(here, 1)
    assert len(here.sound.seen) == 1
    assert (await report(here)).last_error == "Flooding"


@pytest.fixture
async def strangers(unit_of_work, scope, other_scope):
    """A contact of ours and one of another business."""
    made = []
    for whose in (scope, other_scope):
        async with unit_of_work(whose) as uow:
            made.append(await contacts.add(uow, SOMEBODY, source=Source.OWNER))
    return made


async def tried(stage, deed, **says):
    """What comes of something that a plugin does with its context."""
    here = await stage(FakePlugin(**says))
    outcome = []

    async def act():
        context = here.faulty.contexts[-1]
        async with context.unit_of_work() as uow:
            try:
                outcome.append(await deed(uow))
            except Exception as fault:
                outcome.append(fault)
                raise

    here.faulty.act = act
    await happen(here, 1)
    return outcome[0]


async def test_ids_of_another_business_lead_nowhere(stage, strangers):
    _, theirs = strangers
    assert isinstance(await tried(stage, lambda uow: Contacts(uow).get(theirs.id)), NotFound)


async def test_what_a_plugin_did_not_declare_stays_sealed_to_it(stage, strangers):
    async def read(uow):
        return (await Contacts(uow).get(strangers[0].id)).phone.read()

    assert isinstance(await tried(stage, read), StillSealed)


async def test_what_a_plugin_declared_is_opened_for_it(stage, strangers):
    async def read(uow):
        return (await Contacts(uow).get(strangers[0].id)).phone.read()

    declared = frozenset({DataClass.CALLER_IDENTITY})
    assert await tried(stage, read, data=declared) == "+12125550142"


async def test_a_plugin_may_do_only_what_its_manifest_says(stage, strangers):
    async def change(uow):
        await contacts.add(uow, SOMEBODY, source=Source.INTEGRATION)

    assert isinstance(await tried(stage, change), Forbidden)


class Fussy(FakePlugin):
    """Says whether it works."""

    works = True

    @hookimpl
    def register_checks(self, checking) -> None:
        checking(self.check, timeout=0.05)

    async def check(self, context) -> None:
        if not self.works:
            raise ConnectionError(context.settings.api_key.get_secret_value())


@pytest.mark.parametrize(("works", "error"), [(True, ""), (False, "ConnectionError")])
async def test_an_owner_finds_out_whether_a_plugin_works(stage, works, error):
    here = await stage(Fussy())
    here.faulty.works = works
    trier = Trier(here.registry, Equipment(here.way.unit_of_work, Outbound()))
    async with here.way.unit_of_work(here.way.scope) as uow:
        context = await trier.prepare(uow, "fake")
    assert (await trier.run(context)).error == error
