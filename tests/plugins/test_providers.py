"""Plugins in the place of a port: which are asked, how long, and what happens when they fail."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import pytest

from domain.errors import Conflict, Unavailable
from domain.ports import PortInsideTransaction
from integrations.http_out import Outbound
from plugins import settings
from plugins.admission import Equipment
from plugins.errors import PluginFailed, PluginResting
from plugins.guard import Breakers
from plugins.pace import OF_ANSWERS
from plugins.providers import Providers
from plugins.registry import Registry
from plugins.spec import hookimpl
from tests.fakes.plugin import FakePlugin


class Oven(Protocol):
    """A port."""

    async def bake(self, what: str) -> str:
        """Something baked."""

    def heat(self) -> int:
        """How hot it is."""


class Burnt(Conflict):
    code = "BURNT"


class Brick:
    """An oven whose next bread is whatever `bakes` says."""

    def __init__(self, context) -> None:
        self.context = context
        self.bakes = None

    async def bake(self, what: str) -> str:
        if self.bakes is not None:
            return await self.bakes()
        return f"{what} from {self.context.settings.clinic}"

    def heat(self) -> int:
        return 200

    def secret_recipe(self) -> str:
        return "rye"


class Bakery(FakePlugin):
    """Offers an oven; `made` holds those that it has made."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[Brick] = []
        self.breaks = False

    @hookimpl
    def register_providers(self, provide) -> None:
        provide(Oven, self.make, deadline=0.2)

    def make(self, context) -> Brick:
        if self.breaks:
            raise RuntimeError("no wood")
        self.made.append(Brick(context))
        return self.made[-1]


@pytest.fixture
def bakery():
    return Bakery()


@pytest.fixture
async def providers(bakery, unit_of_work, scope):
    registry = Registry(plugins=(bakery,))
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, registry, "fake")
    breakers = Breakers(unit_of_work.clock, replace(OF_ANSWERS, failures=2))
    return Providers(registry, Equipment(unit_of_work, Outbound()), breakers)


@pytest.fixture
def choose(providers, unit_of_work, scope):
    async def chosen(of=scope):
        async with unit_of_work(of) as uow:
            return await providers.of(uow, Oven)

    return chosen


async def test_an_enabled_plugin_takes_the_place_of_a_port(choose):
    [chosen] = await choose()
    assert chosen.plugin == "fake"
    assert await chosen.provider.bake("bread") == "bread from Main Street"
    assert chosen.provider.heat() == 200


async def test_a_provider_shows_its_port_and_nothing_else(choose):
    [chosen] = await choose()
    with pytest.raises(AttributeError, match="secret_recipe"):
        chosen.provider.secret_recipe()


async def test_a_plugin_that_is_off_is_not_asked(choose, providers, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await settings.disable(uow, providers.registry, "fake")
    assert await choose() == []


async def test_another_tenant_has_not_switched_it_on(choose, other_scope):
    assert await choose(other_scope) == []


async def test_an_unexpected_failure_is_unavailable_and_says_no_more(choose, bakery):
    async def explode():
        raise ValueError("Mrs Miller's bread")

    [chosen] = await choose()
    bakery.made[0].bakes = explode
    with pytest.raises(PluginFailed) as failure:
        await chosen.provider.bake("bread")
    assert failure.value.error == "ValueError"
    assert "Miller" not in failure.value.message
    assert failure.value.__cause__ is None


async def test_a_refusal_of_the_port_comes_through_and_breaks_nothing(choose, bakery):
    async def refuse():
        raise Burnt("It is black")

    [chosen] = await choose()
    bakery.made[0].bakes = refuse
    for _ in range(3):
        with pytest.raises(Burnt):
            await chosen.provider.bake("bread")


async def test_a_call_takes_no_longer_than_it_may(choose, bakery):
    [chosen] = await choose()
    bakery.made[0].bakes = asyncio.Event().wait
    with pytest.raises(PluginFailed, match="failed"):
        await chosen.within(0.01).bake("bread")


async def test_what_fails_again_and_again_rests(choose, bakery, unit_of_work):
    async def refuse():
        raise Unavailable("closed")

    [chosen] = await choose()
    bakery.made[0].bakes = refuse
    for _ in range(2):
        with pytest.raises(Unavailable, match="closed"):
            await chosen.provider.bake("bread")
    bakery.made[0].bakes = None
    with pytest.raises(PluginResting):
        await chosen.provider.bake("bread")
    [again] = await choose()
    with pytest.raises(PluginResting):
        await again.provider.bake("bread")


async def test_after_a_rest_it_may_try_and_is_forgiven(choose, bakery, unit_of_work):
    async def refuse():
        raise Unavailable("closed")

    [chosen] = await choose()
    bakery.made[0].bakes = refuse
    for _ in range(2):
        with pytest.raises(Unavailable):
            await chosen.provider.bake("bread")
    bakery.made[0].bakes = None
    unit_of_work.clock.advance(timedelta(seconds=10))
    assert await chosen.provider.bake("bread")
    assert await chosen.provider.bake("bread")


async def test_what_cannot_be_made_is_unavailable(choose, bakery):
    bakery.breaks = True
    [chosen] = await choose()
    with pytest.raises(PluginFailed):
        await chosen.provider.bake("bread")
    with pytest.raises(PluginFailed):
        await chosen.within(1).bake("bread")


async def test_nothing_is_asked_inside_a_unit_of_work(choose, unit_of_work, scope):
    [chosen] = await choose()
    async with unit_of_work(scope):
        with pytest.raises(PortInsideTransaction):
            await chosen.provider.bake("bread")


async def test_a_provider_works_with_the_permissions_of_its_manifest(choose, bakery):
    await choose()
    async with bakery.made[0].context.unit_of_work() as uow:
        assert uow.scope.permissions == {"messages:read"}
        assert str(uow.scope.actor) == "plugin:fake"


async def test_one_plugin_is_asked_by_name(providers, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        assert (await providers.one(uow, Oven, "fake")).plugin == "fake"
        with pytest.raises(Unavailable, match="nothing"):
            await providers.one(uow, Oven, "nothing")
