"""A template sets plugins up, and holds none of their secrets."""

from dataclasses import replace

import pytest

from domain.errors import Forbidden, InvalidInput
from plugins import settings
from plugins.errors import UnknownPlugin
from plugins.registry import Registry
from plugins.setting_up import TemplatePlugins
from tenants.organizations.setup import PluginSetup
from tenants.repository import PluginInstallations
from tests.fakes.plugin import FakePlugin

REGISTRY = Registry(plugins=(FakePlugin(),))
SETTER = TemplatePlugins(lambda: REGISTRY)


async def set_up(unit_of_work, scope, name="fake", **wanted):
    async with unit_of_work(scope) as uow:
        return await SETTER.set_up(uow, name, PluginSetup(**wanted))


async def kept(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        row = await PluginInstallations(uow).of("fake")
        return row.enabled, settings.stored(FakePlugin().plugin_manifest(), row)


async def test_a_plugin_is_set_up_once(unit_of_work, scope):
    assert await set_up(unit_of_work, scope, settings={"clinic": "Elm Street"})
    assert not await set_up(unit_of_work, scope, settings={"clinic": "Elm Street"})
    enabled, values = await kept(unit_of_work, scope)
    assert enabled
    assert (values["clinic"], values["limit"]) == ("Elm Street", 3)


async def test_what_a_template_does_not_say_stays(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        secret = {"clinic": "Main Street", "api_key": "sk-own", "limit": 7}
        await settings.configure(uow, REGISTRY, "fake", secret)
    await set_up(unit_of_work, scope, settings={"clinic": "Elm Street"})
    _, values = await kept(unit_of_work, scope)
    assert values == {"clinic": "Elm Street", "api_key": "sk-own", "limit": 7}


async def test_a_plugin_can_be_switched_off(unit_of_work, scope):
    await set_up(unit_of_work, scope)
    assert await set_up(unit_of_work, scope, enabled=False)
    assert not (await kept(unit_of_work, scope))[0]


async def test_a_template_holds_no_secret(unit_of_work, scope):
    with pytest.raises(InvalidInput) as refused:
        await set_up(unit_of_work, scope, settings={"api_key": "sk"})
    assert refused.value.problems[0].code == "SECRET"


async def test_what_there_is_not_cannot_be_set_up(unit_of_work, scope):
    with pytest.raises(UnknownPlugin):
        await set_up(unit_of_work, scope, "cakes")
    with pytest.raises(InvalidInput):
        await set_up(unit_of_work, scope, settings={"limit": "many"})


async def test_only_whoever_may_sets_plugins_up(unit_of_work, scope):
    poorer = replace(scope, permissions=scope.permissions - {"plugins:write"})
    with pytest.raises(Forbidden):
        await set_up(unit_of_work, poorer)
