"""A business that leaves: closed, kept for its grace, then erased whole, with a certificate."""

from datetime import timedelta
from uuid import UUID

import pytest
from tortoise.transactions import in_transaction

from domain import erasure
from domain.database import MAIN, tenant_transaction
from domain.keyring.store import KEYRING
from tenants.life_cycle import service
from tenants.life_cycle.departed import forget_departed
from tenants.life_cycle.keeper import LifeKeeper
from tenants.life_cycle.models import Stage
from tenants.members import invitations
from tenants.members import service as members
from tenants.members.rights import Assigned
from tenants.models import Role
from tenants.repository import Users
from tenants.service import job_scope, member_scope
from tests.conftest import as_system
from tests.factories.erasures import Office
from tests.factories.members import join
from tests.factories.retention import live
from tests.promises.test_categories import hang_up

DAY = timedelta(days=1)


async def erase(uow):
    """What the wiring hands to whoever looks after accounts."""
    return (await erasure.erase_tenant(uow)).id


@pytest.fixture
def database(empty_database):
    return empty_database


@pytest.fixture
def office(unit_of_work, scope, database, store):
    keeper = LifeKeeper(erase)
    return Office(unit_of_work, scope, database, store, rows=100, besides=(keeper,))


async def has_its_key(scope):
    """Whether the key is left that opens all other keys of a tenant."""
    async with tenant_transaction(scope.tenant_id, KEYRING) as connection:
        query = "SELECT id FROM stored_key WHERE id = $1"
        return bool(await connection.execute_query_dict(query, [scope.tenant_id]))


@pytest.mark.promise("P057", "P058", "P073")
@pytest.mark.law("L25")
async def test_a_closed_business_is_erased_whole(office, unit_of_work, scope, clock, store):
    await live(unit_of_work, scope)
    await hang_up(unit_of_work, scope, clock)
    owner = await member_scope(scope.tenant_id, UUID(scope.actor.id), Role.OWNER)
    async with unit_of_work(owner) as uow:
        await service.close(uow, service.Closing(scope.tenant.slug))
    office.way.wait(89 * DAY)
    await office.work()
    assert (await office.everything())["contact"]
    assert await has_its_key(scope)
    office.way.wait(DAY)
    await office.work()
    [certificate] = await office.certificates()
    deleted, kept = certificate["rows"]["deleted"], {each["table"] for each in certificate["kept"]}
    assert certificate["subject"] == "tenant"
    assert {"contact", "turn", "recording", "membership", "session"} <= deleted.keys()
    assert {table for table, rows in (await office.everything()).items() if rows} <= kept
    assert await store.list(str(scope.tenant_id)) == []
    assert not await has_its_key(scope)


@pytest.mark.promise("P058")
async def test_what_stays_of_it_is_nameless(office, unit_of_work, scope):
    owner = await member_scope(scope.tenant_id, UUID(scope.actor.id), Role.OWNER)
    async with unit_of_work(owner) as uow:
        await service.close(uow, service.Closing(scope.tenant.slug, reason="Anna retires"))
    office.way.wait(90 * DAY)
    await office.work()
    async with unit_of_work(await job_scope(scope.tenant_id, "tests"), read_only=True) as uow:
        life = await service.state(uow)
        [tenant] = await uow.connection.execute_query_dict(
            "SELECT name, slug, status_reason FROM tenant WHERE id = $1", [scope.tenant_id]
        )
    assert (life.stage, life.closed_because) == (Stage.ERASED, "")
    assert {each["data_class"] for each in life.kept} == {"audit", "billing", "consent"}
    assert set(tenant.values()) == {"", f"erased-{scope.tenant_id}"}


async def known(urls):
    """Who has an account, by id."""
    async with as_system(urls), in_transaction(MAIN) as connection:
        rows = await connection.execute_query_dict('SELECT id FROM "user"')
        return {row["id"] for row in rows}


async def forget(urls, clock):
    async with as_system(urls):
        return await forget_departed(clock.now())


@pytest.mark.promise("P001", "P058", "P062")
async def test_its_people_go_with_the_last_of_their_businesses(
    office, unit_of_work, scope, other_scope, database, clock
):
    helper = await join(unit_of_work, scope, Role.STAFF)
    owner = await member_scope(scope.tenant_id, UUID(scope.actor.id), Role.OWNER)
    async with unit_of_work(owner) as uow:
        await service.close(uow, service.Closing(scope.tenant.slug))
    assert await forget(database, clock) == 0
    office.way.wait(90 * DAY)
    await office.work()
    assert await forget(database, clock) == 2
    theirs = {UUID(scope.actor.id), helper.user_id}
    elsewhere = UUID(other_scope.actor.id)
    assert elsewhere in await known(database)
    assert not theirs & await known(database)


async def test_whoever_is_asked_to_join_another_one_stays(
    office, unit_of_work, scope, other_scope, database, clock
):
    helper = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        address = (await Users(uow).get(helper.user_id)).email
        await members.remove(uow, helper.id)
    async with unit_of_work(other_scope) as uow:
        invited = await invitations.invite(uow, address, Assigned(Role.STAFF))
    assert await forget(database, clock) == 0
    async with unit_of_work(other_scope) as uow:
        await invitations.revoke(uow, invited.id)
    assert await forget(database, clock) == 1
    assert helper.user_id not in await known(database)
