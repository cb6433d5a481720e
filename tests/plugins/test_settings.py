"""Plugin settings: checked on the way in, sealed where they are secret."""

import pytest

from domain.errors import Forbidden, InvalidInput
from plugins import settings
from plugins.errors import UnknownPlugin
from plugins.registry import Registry
from tenants.repository import PluginInstallations
from tests.fakes.plugin import FakePlugin, FakeSettings

REGISTRY = Registry(plugins=(FakePlugin(),))
SECRET = "sk-very-secret"


async def configure(unit_of_work, scope, **values):
    async with unit_of_work(scope) as uow:
        return await settings.configure(uow, REGISTRY, "fake", values)


async def read(unit_of_work, scope) -> FakeSettings:
    async with unit_of_work(scope) as uow:
        row = await PluginInstallations(uow).of("fake")
    return FakeSettings.model_validate(settings.stored(FakePlugin().plugin_manifest(), row))


async def test_every_plugin_is_listed_before_it_is_set_up(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        [seen] = await settings.installed(uow, REGISTRY)
    assert (seen.manifest.name, seen.enabled, seen.settings) == ("fake", False, {})


async def test_settings_come_back_as_they_were_set(unit_of_work, scope):
    await configure(unit_of_work, scope, clinic="Elm Street", limit=5)
    kept = await read(unit_of_work, scope)
    assert (kept.clinic, kept.limit) == ("Elm Street", 5)


async def test_secrets_are_never_shown_again(unit_of_work, scope):
    seen = await configure(unit_of_work, scope, api_key=SECRET)
    assert "api_key" not in seen.settings
    assert seen.secrets_set == {"api_key"}
    assert SECRET not in repr(seen)


async def test_secrets_reach_the_plugin(unit_of_work, scope):
    await configure(unit_of_work, scope, api_key=SECRET)
    assert (await read(unit_of_work, scope)).api_key.get_secret_value() == SECRET


async def test_secrets_are_sealed_in_the_database(unit_of_work, scope):
    await configure(unit_of_work, scope, api_key=SECRET)
    async with unit_of_work(scope) as uow:
        [row] = await uow.connection.execute_query_dict(
            "SELECT settings::text, secrets FROM plugin_installation"
        )
    assert SECRET not in row["settings"]
    assert SECRET.encode() not in row["secrets"]


async def test_a_secret_left_out_stays(unit_of_work, scope):
    await configure(unit_of_work, scope, api_key=SECRET)
    await configure(unit_of_work, scope, clinic="Elm Street")
    assert (await read(unit_of_work, scope)).api_key.get_secret_value() == SECRET


async def test_an_empty_secret_is_forgotten(unit_of_work, scope):
    await configure(unit_of_work, scope, api_key=SECRET)
    seen = await configure(unit_of_work, scope, api_key="")
    assert seen.secrets_set == frozenset()


async def test_wrong_settings_are_refused_by_field(unit_of_work, scope):
    with pytest.raises(InvalidInput) as refused:
        await configure(unit_of_work, scope, limit="many")
    assert [problem.path for problem in refused.value.problems] == ["limit"]
    assert "many" not in str(refused.value.problems)


async def test_an_unknown_plugin_cannot_be_enabled(unit_of_work, scope):
    with pytest.raises(UnknownPlugin):
        async with unit_of_work(scope) as uow:
            await settings.enable(uow, REGISTRY, "nothing")


async def test_switching_off_keeps_the_settings(unit_of_work, scope):
    await configure(unit_of_work, scope, clinic="Elm Street")
    async with unit_of_work(scope) as uow:
        assert (await settings.enable(uow, REGISTRY, "fake")).enabled
        assert not (await settings.disable(uow, REGISTRY, "fake")).enabled
    assert (await read(unit_of_work, scope)).clinic == "Elm Street"


async def test_another_tenant_has_settings_of_its_own(unit_of_work, scope, other_scope):
    await configure(unit_of_work, scope, clinic="Elm Street")
    async with unit_of_work(other_scope) as uow:
        [seen] = await settings.installed(uow, REGISTRY)
    assert seen.settings == {}


async def test_a_form_marks_secrets_as_write_only(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        [seen] = await settings.installed(uow, REGISTRY)
    assert seen.json_schema["properties"]["api_key"]["writeOnly"] is True


async def test_settings_need_the_permission(unit_of_work, scope):
    weak = type(scope)(scope.tenant_id, scope.actor, scope.tenant, frozenset({"plugins:read"}))
    with pytest.raises(Forbidden):
        await configure(unit_of_work, weak, clinic="Elm Street")
