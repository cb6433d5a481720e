"""A plugin at one tenant: on, set, off and gone, and what is on record of it."""

from datetime import timedelta

import pytest
from pydantic import BaseModel

from domain.archives.models import ArchiveState, Whose
from domain.archives.repository import Archives
from domain.sealed import Sealed
from domain.trail import AuditEntry
from integrations.http_out import Reach
from plugins import removal, settings
from plugins.errors import CopyFirst, PluginHolds, PluginsEntangled, UnknownPlugin
from plugins.registry import Registry
from plugins.spec import hookimpl
from plugins.webhooks.events import WebhookTested
from plugins.webhooks.repository import WebhookEndpoints, WebhookExchanges
from plugins.webhooks.service import NewEndpoint, create
from tenants.agreements.repository import Dispositions
from tenants.repository import PluginInstallations
from tests.fakes.plugin import FakePlugin


class Daily(FakePlugin):
    """Does something every day."""

    @hookimpl
    def register_jobs(self, later) -> None:
        later(self.sweep, every=timedelta(days=1))

    async def sweep(self, payload, context) -> None:
        self.seen.append("swept")


REGISTRY = Registry(
    plugins=(
        FakePlugin(),
        FakePlugin(name="crust", requires=frozenset({"fake"})),
        FakePlugin(name="rival", conflicts=frozenset({"fake"})),
    )
)


async def on_record(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        rows = await AuditEntry.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
    return [row.action for row in rows if row.action.startswith("plugin.")]


async def switch(unit_of_work, scope, deed, plugin, registry=REGISTRY):
    async with unit_of_work(scope) as uow:
        return await deed(uow, registry, plugin)


@pytest.mark.promise("P096")
async def test_it_is_on_record_who_switched_a_plugin_on_and_what_it_gets(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, REGISTRY, "fake")
        [event] = uow.events
    assert (event.name, event.plugin, event.data) == ("plugin.enabled", "fake", ("inquiry",))
    async with unit_of_work(scope) as uow:
        [entry] = await AuditEntry.filter(
            tenant_id=uow.tenant_id, action="plugin.enabled"
        ).using_db(uow.connection)
    assert (entry.actor_kind, entry.actor_id) == (scope.actor.kind, scope.actor.id)


async def test_each_change_is_on_record_once(unit_of_work, scope):
    for deed in (settings.enable, settings.enable, settings.disable, settings.disable):
        await switch(unit_of_work, scope, deed, "fake")
    assert sorted(await on_record(unit_of_work, scope)) == ["plugin.disabled", "plugin.enabled"]


async def test_a_change_of_settings_names_them_and_tells_no_value(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await settings.configure(uow, REGISTRY, "fake", {"api_key": "sk-1", "limit": 9})
        [event] = uow.events
    assert {"api_key", "limit"} <= set(event.changed)
    assert "sk-1" not in repr(event)


async def test_what_a_plugin_needs_comes_first(unit_of_work, scope):
    with pytest.raises(PluginsEntangled) as refused:
        await switch(unit_of_work, scope, settings.enable, "crust")
    assert refused.value.plugins == ["fake"]
    await switch(unit_of_work, scope, settings.enable, "fake")
    await switch(unit_of_work, scope, settings.enable, "crust")
    with pytest.raises(PluginsEntangled) as needed:
        await switch(unit_of_work, scope, settings.disable, "fake")
    assert needed.value.plugins == ["crust"]


@pytest.mark.parametrize(("first", "second"), [("fake", "rival"), ("rival", "fake")])
async def test_what_clashes_is_never_on_together(unit_of_work, scope, first, second):
    await switch(unit_of_work, scope, settings.enable, first)
    with pytest.raises(PluginsEntangled) as refused:
        await switch(unit_of_work, scope, settings.enable, second)
    assert refused.value.plugins == [first]


async def test_a_job_runs_at_intervals_while_its_plugin_is_on(road, unit_of_work, scope):
    plugin = Daily()
    travel = road(Registry(plugins=(plugin,)))
    await switch(unit_of_work, scope, settings.enable, "fake", travel.registry)
    assert await travel.travel() == 0
    for day in (1, 2):
        travel.wait(timedelta(days=1))
        assert await travel.travel() == 1
        assert plugin.seen == ["swept"] * day
    await switch(unit_of_work, scope, settings.disable, "fake", travel.registry)
    travel.wait(timedelta(days=1))
    assert await travel.travel() == 0


class Old(BaseModel):
    town: str = "Hudson"


class New(BaseModel):
    place: str


def test_every_older_version_needs_a_migration():
    with pytest.raises(TypeError, match="migration"):
        FakePlugin(settings_version=2).plugin_manifest()


async def test_settings_of_an_older_version_are_read_and_then_kept_anew(unit_of_work, scope):
    before = Registry(plugins=(FakePlugin(settings=Old),))
    moved = {1: lambda old: {"place": old["town"]}}
    plugin = FakePlugin(settings=New, settings_version=2, migrations=moved)
    after = Registry(plugins=(plugin,))
    async with unit_of_work(scope) as uow:
        await settings.configure(uow, before, "fake", {"town": "Beacon"})
    async with unit_of_work(scope) as uow:
        row = await PluginInstallations(uow).of("fake")
        assert settings.stored(after.manifest("fake"), row) == {"place": "Beacon"}
        await settings.enable(uow, after, "fake")
        row = await PluginInstallations(uow).of("fake")
    assert (row.settings, row.settings_version) == ({"place": "Beacon"}, 2)


@pytest.fixture
async def endpoint(unit_of_work, scope):
    """An endpoint of the webhooks plugin, whose rows are the plugin's."""
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, Registry(), "webhooks")
        return await create(uow, NewEndpoint("https://example.com/hook", ("*",)), Reach())


async def test_what_goes_is_told_beforehand(unit_of_work, scope, endpoint):
    async with unit_of_work(scope) as uow:
        going = await removal.preview(uow, Registry(), "webhooks")
    assert going.rows["webhook_endpoint"] == 1
    assert not going.is_personal


async def test_whoever_was_shown_other_rows_looks_again(unit_of_work, scope, endpoint):
    with pytest.raises(PluginHolds):
        async with unit_of_work(scope) as uow:
            await removal.uninstall(uow, Registry(), "webhooks", rows=0)
    async with unit_of_work(scope) as uow:
        assert (await PluginInstallations(uow).of("webhooks")).enabled
        assert await WebhookEndpoints(uow).all().count() == 1


async def test_nothing_is_left_of_a_plugin_that_was_taken_out(
    unit_of_work, scope, other_scope, endpoint
):
    async with unit_of_work(other_scope) as uow:
        await settings.enable(uow, Registry(), "webhooks")
        await create(uow, NewEndpoint("https://example.com/hook", ("*",)), Reach())
    async with unit_of_work(scope) as uow:
        going = await removal.preview(uow, Registry(), "webhooks")
        await removal.uninstall(uow, Registry(), "webhooks", rows=going.total)
        assert uow.events[-1].name == "plugin.uninstalled"
    async with unit_of_work(scope) as uow:
        assert (await removal.preview(uow, Registry(), "webhooks")).total == 0
        assert await PluginInstallations(uow).of("webhooks") is None
    async with unit_of_work(other_scope) as uow:
        assert await WebhookEndpoints(uow).all().count() == 1


@pytest.fixture
async def exchange(unit_of_work, scope, road, endpoint):
    """A copy of what was sent about somebody."""
    travel = road(Registry())
    async with unit_of_work(scope) as uow:
        uow.record(WebhookTested(endpoint_id=endpoint.endpoint.id))
    await travel.fan_out()
    delivery, *_ = [each for each in await travel.deliveries() if "/" in each.handler]
    async with unit_of_work(scope) as uow:
        await WebhookExchanges(uow).add(
            endpoint_id=endpoint.endpoint.id,
            delivery_id=delivery.id,
            sealed_under=uow.tenant_id,
            attempt=1,
            milliseconds=1,
            request=Sealed.text("{}"),
            at=uow.now,
        )


async def take_out(unit_of_work, scope, **more):
    async with unit_of_work(scope) as uow:
        rows = (await removal.preview(uow, Registry(), "webhooks")).total
        await removal.uninstall(uow, Registry(), "webhooks", rows=rows, **more)


async def reasons(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return [row.reason for row in await Dispositions(uow).page(Dispositions(uow).all())]


async def test_personal_data_goes_only_after_a_copy_was_taken(unit_of_work, scope, exchange):
    with pytest.raises(CopyFirst):
        await take_out(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        rows = (await removal.preview(uow, Registry(), "webhooks")).rows
        await Archives(uow).add(
            whose=Whose.TENANT,
            subject_id=uow.tenant_id,
            state=ArchiveState.READY,
            requested_by=str(scope.actor),
            chapters=[],
            rows=dict(rows),
            created_at=uow.now,
            finished_at=uow.now,
            expires_at=uow.now + timedelta(days=7),
        )
    await take_out(unit_of_work, scope)
    assert ["a copy was taken first" in each for each in await reasons(unit_of_work, scope)] == [
        True
    ]


async def test_that_no_copy_was_wanted_is_on_record(unit_of_work, scope, exchange):
    await take_out(unit_of_work, scope, without_copy=True)
    [reason] = await reasons(unit_of_work, scope)
    assert "no copy was wanted" in reason


async def test_a_plugin_nobody_installed_is_not_taken_out(unit_of_work, scope):
    with pytest.raises(UnknownPlugin):
        async with unit_of_work(scope) as uow:
            await removal.uninstall(uow, REGISTRY, "nothing", rows=0)
