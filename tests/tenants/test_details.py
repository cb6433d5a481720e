"""What is known of a business, changed by its owner."""

from dataclasses import replace

import pytest

from domain import business
from domain.errors import Forbidden, InvalidInput
from domain.scope import TenantStatus
from tenants import details
from tenants.details import Changes
from tenants.service import NewOwner, NewTenant, create, opening_scope, tenant_facts
from tests.conftest import as_system
from tests.factories.business import open_practice
from tests.factories.outbox import payloads
from tests.factories.tenants import PASSWORD

SENSELESS = [
    {"name": "  "},
    {"name": "x" * 101},
    {"timezone": "Mars/Olympus"},
    {"timezone": ""},
    {"locale": "xx-YY"},
    {"locale": "english"},
    {"locale": "en-us"},
    {"region": "UK"},
    {"region": "us"},
]


async def update(unit_of_work, scope, **changes):
    async with unit_of_work(scope) as uow:
        await details.update(uow, Changes(**changes))


async def test_what_is_changed_is_known_to_whoever_comes_next(unit_of_work, scope):
    changes = {
        "name": "Bright Smile",
        "timezone": "Europe/London",
        "locale": "en-GB",
        "region": "GB",
    }
    await update(unit_of_work, scope, **changes)
    assert await tenant_facts(scope.tenant_id) == replace(scope.tenant, **changes)
    [told] = await payloads(unit_of_work, scope, "tenant.updated")
    assert told == {"tenant_id": str(scope.tenant_id), "changed": list(changes)}


async def test_what_stays_as_it_is_is_no_event(unit_of_work, scope):
    await update(unit_of_work, scope, name=scope.tenant.name, region="US")
    await update(unit_of_work, scope)
    assert await payloads(unit_of_work, scope, "tenant.updated") == []


@pytest.mark.parametrize("changes", SENSELESS, ids=str)
async def test_senseless_details_are_refused(unit_of_work, scope, changes):
    with pytest.raises(InvalidInput) as refusal:
        await update(unit_of_work, scope, **changes)
    assert [problem.path for problem in refusal.value.problems] == list(changes)
    assert await tenant_facts(scope.tenant_id) == scope.tenant


@pytest.mark.parametrize("wrong", SENSELESS, ids=str)
async def test_a_business_is_opened_by_the_same_rules(database, unit_of_work, clock, wrong):
    known = {"name": "Anvil & Co", "timezone": "America/New_York"} | wrong
    opened = NewTenant(slug="anvil", **known)
    tenant_id = unit_of_work.ids.new(clock.now())
    async with as_system(database):
        with pytest.raises(InvalidInput):
            async with unit_of_work(opening_scope(tenant_id, opened, "tests")) as uow:
                await create(uow, opened, NewOwner("a@anvil.test", "Ann", PASSWORD))


async def test_a_call_after_it_is_pinned_to_a_new_version(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        before, _ = await business.pin(uow)
    await update(unit_of_work, scope, name="Bright Smile")
    renamed = replace(scope, tenant=await tenant_facts(scope.tenant_id))
    async with unit_of_work(renamed) as uow:
        after, profile = await business.pin(uow)
        old = await business.version(uow, before.id)
    assert (after.number, profile.name) == (before.number + 1, "Bright Smile")
    assert old.name == scope.tenant.name


async def test_locations_keep_their_own_time_zone(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    await update(unit_of_work, scope, timezone="Asia/Tokyo")
    async with unit_of_work(scope) as uow:
        profile = await business.profile(uow)
    assert [place.timezone for place in profile.locations] == ["America/New_York"]


async def test_one_tenant_does_not_change_another(unit_of_work, scope, other_scope):
    await update(unit_of_work, scope, name="Bright Smile")
    assert await tenant_facts(other_scope.tenant_id) == other_scope.tenant


async def test_only_whoever_may_changes_it(unit_of_work, scope):
    powerless = replace(scope, permissions=scope.permissions - {"tenant:write"})
    with pytest.raises(Forbidden):
        await update(unit_of_work, powerless, name="Bright Smile")


async def test_a_suspended_business_stays_as_it_is(unit_of_work, scope):
    suspended = replace(scope, tenant=replace(scope.tenant, status=TenantStatus.SUSPENDED))
    with pytest.raises(Forbidden):
        await update(unit_of_work, suspended, name="Bright Smile")
