"""What for deliveries are made is on record, and none leaves a pinned region."""

from dataclasses import replace
from uuid import uuid4

import pytest

from domain.audit.repository import AuditEntries
from domain.handlers import serves
from domain.personal import DataClass
from domain.privacy.purposes import Purpose
from domain.privacy.recipients import Recipient, TransferBasis
from domain.scope import ActorKind
from domain.trail import Trace
from plugins import settings
from plugins.registry import Registry
from plugins.spec import hookimpl
from tenants.records.routes.errors import RouteOutside
from tenants.repository import Tenants
from tests.fakes.happenings import Happened
from tests.fakes.plugin import FakePlugin


async def test_what_is_done_is_on_record_with_its_purpose(road, scope, unit_of_work):
    @serves(Purpose.SCHEDULING)
    async def tidy(event, context):
        async with context.unit_of_work() as uow:
            uow.trace(Trace("tests.tidied", "thing"))

    way = road(Registry([(Happened, tidy)], plugins=()))
    await way.happen(uuid4(), 1)
    await way.travel()
    async with unit_of_work(scope, read_only=True) as uow:
        [entry] = await AuditEntries(uow).all().filter(action="tests.tidied")
    assert entry.purpose == Purpose.SCHEDULING


class Abroad(FakePlugin):
    """A plugin whose vendor is in the United States."""

    @hookimpl
    def plugin_manifest(self):
        vendor = Recipient(
            "Vendor Inc.",
            "notes",
            frozenset({DataClass.INQUIRY}),
            Purpose.SERVICE,
            "US",
            TransferBasis.STANDARD_CLAUSES,
        )
        return replace(super().plugin_manifest(), recipients=(vendor,))


@pytest.mark.promise("P123")
async def test_nothing_goes_out_of_a_region_that_was_pinned_later(road, scope, unit_of_work):
    plugin = Abroad()
    way = road(Registry(plugins=(plugin,)))
    async with unit_of_work(scope) as uow:
        await settings.enable(uow, way.registry, "fake")
    await way.happen(uuid4(), 1)
    await way.travel()
    pinned = scope.tenant.privacy.model_copy(update={"region": "EU"})
    async with unit_of_work(scope) as uow:
        row = await Tenants(uow).lock(scope.tenant_id)
        await Tenants(uow).save(row, policy=pinned.model_dump(mode="json"))
    await way.happen(uuid4(), 2)
    await way.travel()
    assert [number for number, *_ in plugin.seen] == [1]
    assert "RouteOutside" in {attempt.error for attempt in await way.attempts()}


@pytest.mark.promise("P123")
async def test_a_plugin_out_of_the_region_is_not_switched_on(scope, unit_of_work):
    privacy = scope.tenant.privacy.model_copy(update={"region": "EU"})
    pinned = replace(scope, tenant=replace(scope.tenant, privacy=privacy))
    registry = Registry(plugins=(Abroad(),))
    with pytest.raises(RouteOutside):
        async with unit_of_work(pinned) as uow:
            await settings.enable(uow, registry, "fake")


async def test_a_plugin_acts_within_its_permissions(road):
    plugin = FakePlugin()
    way = road(Registry(plugins=(plugin,)))
    async with way.unit_of_work(way.scope) as uow:
        await settings.enable(uow, way.registry, "fake")
    await way.happen(uuid4(), 1)
    await way.travel()
    async with plugin.contexts[0].unit_of_work() as uow:
        assert uow.scope.actor.kind is ActorKind.PLUGIN
        assert uow.scope.permissions == {"messages:read"}
