"""The keys of a tenant: fetched by the page, made once, destroyed for good."""

import asyncio
from uuid import uuid4

import pytest
from tortoise.exceptions import OperationalError

from domain import contacts
from domain.contacts.repository import Contacts
from domain.database import tenant_transaction
from domain.encryption import DataKey
from domain.keyring.keys import TenantKeys
from domain.keyring.models import KeyKind
from domain.keyring.store import KEYRING, DatabaseKeyStore
from domain.personal import Source
from tests.conftest import NOW

MASTER = DataKey(bytes(32))


class Counted(DatabaseKeyStore):
    """The real store, which counts how often it is asked."""

    def __init__(self):
        self.fetched = 0

    async def fetch(self, tenant_id, ids):
        self.fetched += 1
        return await super().fetch(tenant_id, ids)


async def test_a_page_of_rows_costs_one_look(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        for name in ("Anna", "Ben", "Cleo"):
            await contacts.add(uow, contacts.Details(name=name), source=Source.OWNER)
    async with unit_of_work(scope) as uow:
        store = Counted()
        uow.keys = TenantKeys(uow.tenant_id, store, unit_of_work.master_key, uow.now)
        rows = await Contacts(uow).page(Contacts(uow).all())
    assert {row.name.read() for row in rows} == {"Anna", "Ben", "Cleo"}
    assert store.fetched == 1


async def test_racing_makers_agree_on_one_key(database):
    tenant, id = uuid4(), uuid4()
    makers = [TenantKeys(tenant, DatabaseKeyStore(), MASTER, NOW) for _ in range(6)]
    keys = await asyncio.gather(*(maker.conversation(id) for maker in makers))
    sealed = keys[0].seal(b"words", b"here")
    assert {key.open(sealed, b"here") for key in keys} == {b"words"}


async def test_a_key_that_is_destroyed_stays_away(database):
    tenant, id, store = uuid4(), uuid4(), DatabaseKeyStore()
    await store.put(tenant, id, KeyKind.SUBJECT, b"wrapped", NOW)
    assert await store.destroy(tenant, [id, uuid4()]) == 1
    assert await store.fetch(tenant, [id]) == {}


async def test_the_first_key_put_is_kept(database):
    tenant, id, store = uuid4(), uuid4(), DatabaseKeyStore()
    assert await store.put(tenant, id, KeyKind.SUBJECT, b"first", NOW) == b"first"
    assert await store.put(tenant, id, KeyKind.SUBJECT, b"second", NOW) == b"first"


async def test_another_tenants_keys_are_not_there(database):
    tenant, id, store = uuid4(), uuid4(), DatabaseKeyStore()
    await store.put(tenant, id, KeyKind.SUBJECT, b"wrapped", NOW)
    assert await store.fetch(uuid4(), [id]) == {}
    assert await store.destroy(uuid4(), [id]) == 0


async def test_the_keyring_itself_hides_other_tenants(database):
    tenant, store = uuid4(), DatabaseKeyStore()
    await store.put(tenant, uuid4(), KeyKind.SUBJECT, b"wrapped", NOW)
    async with tenant_transaction(uuid4(), KEYRING) as connection:
        query = "SELECT id FROM stored_key WHERE tenant_id = $1"
        assert await connection.execute_query_dict(query, [tenant]) == []


async def test_a_kept_key_is_never_changed(database):
    with pytest.raises(OperationalError, match="permission denied"):
        async with tenant_transaction(uuid4(), KEYRING) as connection:
            await connection.execute_query("UPDATE stored_key SET wrapped = ''")


async def test_a_person_and_a_conversation_have_keys_of_their_own(database):
    keys = TenantKeys(uuid4(), DatabaseKeyStore(), MASTER, NOW)
    one, other = [await keys.conversation(uuid4()) for _ in range(2)]
    assert one.blind_index("a", "x") != other.blind_index("a", "x")


async def test_a_fingerprint_is_the_tenants_own(database):
    made = [TenantKeys(uuid4(), DatabaseKeyStore(), MASTER, NOW) for _ in range(2)]
    first, second = [await keys.blind_index("contact.phone", "+12125550142") for keys in made]
    again = TenantKeys(made[0].tenant_id, DatabaseKeyStore(), MASTER, NOW)
    assert first != second
    assert await again.blind_index("contact.phone", "+12125550142") == first
