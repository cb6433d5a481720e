"""One tenant never sees, changes or refers to another's rows."""

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from domain import contacts
from domain.contacts.models import Contact
from domain.contacts.repository import Contacts
from domain.errors import NotFound
from domain.personal import Source


async def anna(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Anna Lee", phone="+12125550142")
        return await contacts.add(uow, details, source=Source.OWNER)


async def test_own_rows_come_back_opened(unit_of_work, scope):
    added = await anna(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        found = await Contacts(uow).get(added.id)
    assert (found.name.read(), found.phone.read()) == ("Anna Lee", "+12125550142")


async def test_another_tenants_row_is_not_there(unit_of_work, scope, other_scope):
    added = await anna(unit_of_work, scope)
    async with unit_of_work(other_scope) as uow:
        with pytest.raises(NotFound):
            await Contacts(uow).get(added.id)


@pytest.mark.promise("P107")
async def test_the_database_itself_hides_other_tenants(unit_of_work, scope, other_scope):
    await anna(unit_of_work, scope)
    async with unit_of_work(other_scope) as uow:
        assert await Contact.all().using_db(uow.connection).count() == 0


async def test_without_a_scope_nothing_is_visible(unit_of_work, scope):
    await anna(unit_of_work, scope)
    assert await Contact.all().count() == 0


async def test_a_row_cannot_be_written_for_another_tenant(unit_of_work, scope, other_scope):
    with pytest.raises(OperationalError, match="row-level security"):
        async with unit_of_work(scope) as uow:
            row = Contact(
                id=uow.new_id(),
                tenant_id=other_scope.tenant_id,
                source=Source.OWNER,
                created_at=uow.now,
                last_seen_at=uow.now,
            )
            await row.save(using_db=uow.connection, force_create=True)


async def test_a_row_cannot_refer_to_another_tenants_row(unit_of_work, scope, other_scope):
    theirs = await anna(unit_of_work, other_scope)
    with pytest.raises(IntegrityError, match="conversation_contact_id_fkey"):
        async with unit_of_work(scope) as uow:
            await uow.connection.execute_query(
                "INSERT INTO conversation (tenant_id, id, channel, contact_id, verified, language,"
                " engine_version, policy_version, started_at, updated_at)"
                " VALUES ($1, $2, 'chat', $3, false, 'en', '1', '1', $4, $4)",
                [scope.tenant_id, uow.new_id(), theirs.id, uow.now],
            )


async def test_a_partition_cannot_be_read_around_the_policy(unit_of_work, scope):
    with pytest.raises(OperationalError, match="permission denied"):
        async with unit_of_work(scope) as uow:
            await uow.connection.execute_query("SELECT * FROM turn_default")
