"""A change of two hundred tenants, from the outbox to the last of them, through a crash or two."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.business.repository import Services
from domain.scope import TenantStatus
from plugins.registry import Registry
from tenants.grants import service as grants
from tenants.grants.models import AccessGrant
from tenants.models import Membership, Tenant
from tenants.organizations import bulk
from tenants.organizations.errors import WrongStage
from tenants.organizations.models import BulkStatus, ResultStatus
from tenants.organizations.repository import BulkChanges, BulkResults
from tenants.organizations.setup import read
from tenants.organizations.worker import BATCH, BulkWorker
from tenants.service import job_scope
from tests.conftest import as_system
from tests.factories.many import open_many
from tests.factories.outbox import events
from tests.fakes.plugin_setter import Killed, NoPlugins, Watched

MANY = 200
CONTENT = {"services": [{"name": "Cleaning", "duration_minutes": 30}], "plugins": {"any": {}}}


@pytest.fixture
def scope(agency):
    """Whose outbox is looked at."""
    return agency


@pytest.fixture
async def branches(database, scope, clock):
    async with as_system(database):
        return await open_many(scope, MANY, clock.now())


@pytest.fixture
def way(road, unit_of_work):
    """Builds the road of the worker; `plugins` is where it can be made to die."""

    def build(plugins=None):
        worker = BulkWorker(unit_of_work, plugins or NoPlugins())
        return road(Registry(jobs=worker.jobs, plugins=()))

    return build


async def to_the_end(way):
    """Relay and deliver until nothing is left to do; how many deliveries that took."""
    made = 0
    while more := await way.travel():
        made += more
    return made


async def begin(unit_of_work, scope, slugs=None, content=CONTENT):
    async with unit_of_work(scope) as uow:
        return (await bulk.begin(uow, read(content), slugs)).id


async def apply(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        await bulk.apply(uow, id)


async def state(unit_of_work, scope, id):
    """How far a change has come, and how many tenants stand how."""
    async with unit_of_work(scope) as uow:
        results = BulkResults(uow)
        rows = await results.page(results.of(id))
        return (await BulkChanges(uow).get(id)).status, Counter(row.status for row in rows)


async def results(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        rows = BulkResults(uow)
        return {row.target_id: row for row in await rows.page(rows.of(id))}


async def services(unit_of_work, tenant_id):
    async with unit_of_work(await job_scope(tenant_id, "tests"), read_only=True) as uow:
        return [row.name for row in await Services(uow).page(Services(uow).all())]


@pytest.mark.long
async def test_two_hundred_tenants_are_changed_through_two_crashes(
    way, unit_of_work, scope, branches
):
    id = await begin(unit_of_work, scope)
    assert await to_the_end(way()) == MANY / BATCH
    stage, counted = await state(unit_of_work, scope, id)
    assert (stage, counted) == (BulkStatus.PREVIEWED, {ResultStatus.PREVIEWED: MANY})
    assert await services(unit_of_work, branches[0]) == []
    await apply(unit_of_work, scope, id)

    def die(times):
        if times in (BATCH + 7, 5 * BATCH):
            raise Killed

    mortal = way(Watched(die))
    for _ in range(2):
        with pytest.raises(Killed):
            await to_the_end(mortal)
        stage, counted = await state(unit_of_work, scope, id)
        assert stage is BulkStatus.APPLYING
        assert 0 < counted[ResultStatus.APPLIED] < MANY
        assert counted[ResultStatus.APPLYING] == 1
        # Nobody touches what is leased until its worker must be dead.
        assert await mortal.travel() == 0
        mortal.wait(timedelta(minutes=5))
    await to_the_end(mortal)
    stage, counted = await state(unit_of_work, scope, id)
    assert (stage, counted) == (BulkStatus.DONE, {ResultStatus.APPLIED: MANY})
    for tenant_id in branches[:: MANY // 10]:
        assert await services(unit_of_work, tenant_id) == ["Cleaning"]
    assert await events(unit_of_work, scope, "bulk_change.") == [
        "bulk_change.previewed",
        "bulk_change.applied",
        "bulk_change.finished",
    ]


@pytest.fixture
async def few(database, scope, clock):
    async with as_system(database):
        return await open_many(scope, 3, clock.now())


@pytest.fixture
async def previewed(way, unit_of_work, scope, few):
    id = await begin(unit_of_work, scope)
    await to_the_end(way())
    return id


async def test_a_tenant_that_was_made_before_the_crash_counts_as_made(
    way, unit_of_work, scope, few, previewed
):
    await apply(unit_of_work, scope, previewed)
    # As a worker leaves it that dies after the tenant's transaction and before its own.
    async with unit_of_work(scope) as uow:
        rows = BulkResults(uow)
        [row] = await rows.page(rows.of(previewed).filter(target_id=few[0]))
        await rows.save(row, status=ResultStatus.APPLYING)
    other = await begin(unit_of_work, scope)
    await to_the_end(way())
    assert (await state(unit_of_work, scope, previewed))[1] == {ResultStatus.APPLIED: 3}
    assert (await state(unit_of_work, scope, other))[0] is BulkStatus.PREVIEWED


async def test_a_change_made_twice_is_made_once(way, unit_of_work, scope, few, previewed):
    await apply(unit_of_work, scope, previewed)
    await to_the_end(way())
    again = await begin(unit_of_work, scope)
    await to_the_end(way())
    assert (await state(unit_of_work, scope, again))[1] == {ResultStatus.UNCHANGED: 3}
    await apply(unit_of_work, scope, again)
    await to_the_end(way())
    assert (await state(unit_of_work, scope, again))[1] == {ResultStatus.UNCHANGED: 3}
    assert await services(unit_of_work, few[0]) == ["Cleaning"]


async def test_each_tenant_has_a_result_of_its_own(way, unit_of_work, scope, few, database):
    suspended, poor, good = few
    async with as_system(database):
        await Tenant.filter(id=suspended).update(status=TenantStatus.SUSPENDED)
        await AccessGrant.filter(tenant_id=poor).update(permissions=["business:read"])
    id = await begin(unit_of_work, scope)
    await to_the_end(way())
    found = await results(unit_of_work, scope, id)
    assert found[suspended].status is found[poor].status is ResultStatus.FAILED
    assert "suspended" in found[suspended].problems[0]
    assert found[poor].problems == ["Missing permission business:write"]
    assert found[good].changes == ["service Cleaning: added"]
    await apply(unit_of_work, scope, id)
    await to_the_end(way())
    found = await results(unit_of_work, scope, id)
    assert [found[each].status for each in few] == ["failed", "failed", "applied"]
    assert found[good].changes == ["service Cleaning: added"]


async def test_a_grant_taken_back_meanwhile_is_respected(way, unit_of_work, scope, few, previewed):
    there = await job_scope(few[0], "tests")
    async with unit_of_work(there) as uow:
        rows = grants.Grants(uow)
        await grants.end(uow, await rows.one(rows.all()))
    await apply(unit_of_work, scope, previewed)
    await to_the_end(way())
    found = await results(unit_of_work, scope, previewed)
    assert found[few[0]].problems == ["There is no such grant"]
    assert await services(unit_of_work, few[0]) == []
    assert found[few[1]].status is ResultStatus.APPLIED


@pytest.mark.parametrize("away", ["removed", "suspended"])
async def test_nobody_who_has_left_changes_anything(way, scope, previewed, database, away):
    unit_of_work = way().unit_of_work
    await apply(unit_of_work, scope, previewed)
    async with as_system(database):
        if away == "removed":
            await Membership.filter(tenant_id=scope.tenant_id).delete()
        else:
            house = Tenant.filter(id=scope.tenant_id)
            await house.update(status=TenantStatus.SUSPENDED)
    await to_the_end(way())
    assert (await state(unit_of_work, scope, previewed))[1] == {ResultStatus.FAILED: 3}


async def test_a_change_that_is_called_off_goes_no_further(way, unit_of_work, scope, branches):
    id = await begin(unit_of_work, scope)
    await to_the_end(way())
    await apply(unit_of_work, scope, id)

    def die(times):
        if times == 3:
            raise Killed

    mortal = way(Watched(die))
    with pytest.raises(Killed):
        await mortal.travel()
    async with unit_of_work(scope) as uow:
        await bulk.cancel(uow, id)
    mortal.wait(timedelta(minutes=5))
    await mortal.travel()
    stage, counted = await state(unit_of_work, scope, id)
    assert stage is BulkStatus.CANCELLED
    assert counted[ResultStatus.APPLIED] == 2
    assert counted[ResultStatus.WAITING] == MANY - 3


async def test_stages_follow_each_other(way, unit_of_work, scope, few):
    id = await begin(unit_of_work, scope)
    with pytest.raises(WrongStage):
        await apply(unit_of_work, scope, id)
    await to_the_end(way())
    await apply(unit_of_work, scope, id)
    with pytest.raises(WrongStage):
        await apply(unit_of_work, scope, id)
    await to_the_end(way())
    with pytest.raises(WrongStage):
        async with unit_of_work(scope) as uow:
            await bulk.cancel(uow, id)


async def test_whoever_applies_a_change_answers_for_it(way, unit_of_work, scope, few, previewed):
    poorer = replace(scope, actor=replace(scope.actor, id=str(few[0])))
    await apply(unit_of_work, poorer, previewed)
    await to_the_end(way())
    assert (await state(unit_of_work, scope, previewed))[1] == {ResultStatus.FAILED: 3}
