"""Three roles, and what each of them cannot do, however it asks."""

from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import pytest
from asyncpg.exceptions import InsufficientPrivilegeError, PostgresError

from domain import contacts
from domain.personal import Source

POWERS = """
SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication
FROM pg_roles WHERE rolname = $1
"""
ENTER = "SELECT set_config('app.tenant_id', $1, false)"
KEYS = "SELECT count(*) FROM stored_key"
PEOPLE = "SELECT count(*) FROM contact"
MEMBER = "SELECT pg_has_role('app_owner', 'app_system', $1)"


@asynccontextmanager
async def connected(url, tenant_id=None):
    connection = await asyncpg.connect(url)
    if tenant_id:
        await connection.execute(ENTER, str(tenant_id))
    yield connection
    await connection.close()


@pytest.fixture
async def anna(unit_of_work, scope):
    """A contact, sealed with a key of its own."""
    async with unit_of_work(scope) as uow:
        return await contacts.add(uow, contacts.Details(name="Anna Lee"), source=Source.OWNER)


@pytest.mark.parametrize("role", ["app_owner", "app_rt", "app_system"])
async def test_no_role_has_power_over_the_server(database, role):
    async with connected(database.owner) as connection:
        powers = await connection.fetchrow(POWERS, role)
    assert not any(powers.values())


@pytest.mark.parametrize("name", ["runtime", "system", "keyring_runtime", "keyring_system"])
async def test_only_the_owner_makes_tables(database, name):
    async with connected(getattr(database, name)) as connection:
        with pytest.raises(InsufficientPrivilegeError):
            await connection.execute("CREATE TABLE public.mine (id int)")


@pytest.mark.parametrize(
    "attempt",
    [
        "ALTER TABLE contact DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE contact NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY tenant ON contact",
        "CREATE POLICY mine ON contact USING (true)",
        "ALTER ROLE app_rt BYPASSRLS",
        "GRANT app_system TO app_rt",
        "SET ROLE app_system",
        "SET ROLE app_owner",
        "SET SESSION AUTHORIZATION app_system",
        "TRUNCATE contact",
        "CREATE FUNCTION public.peek() RETURNS int LANGUAGE sql RETURN 1",
    ],
)
async def test_the_runtime_role_cannot_lift_its_own_limits(database, anna, attempt):
    async with connected(database.runtime) as connection:
        with pytest.raises(PostgresError):
            await connection.execute(attempt)
        assert await connection.fetchval(PEOPLE) == 0


async def test_switching_row_security_off_shows_nothing(database, anna):
    async with connected(database.runtime, anna.tenant_id) as connection:
        await connection.execute("SET row_security = off")
        with pytest.raises(InsufficientPrivilegeError, match="row-level security"):
            await connection.fetchval(PEOPLE)


async def test_the_runtime_role_sees_the_tenant_it_entered(database, anna, other_scope):
    async with connected(database.runtime, anna.tenant_id) as connection:
        assert await connection.fetchval(PEOPLE) == 1
        await connection.execute(ENTER, str(other_scope.tenant_id))
        assert await connection.fetchval(PEOPLE) == 0


async def test_a_tenant_that_is_no_uuid_sees_nothing(database, anna):
    async with connected(database.runtime, "' OR true --") as connection:
        with pytest.raises(PostgresError, match="invalid input syntax for type uuid"):
            await connection.fetchval(PEOPLE)


async def test_keys_of_others_cannot_be_read(database, anna, other_scope):
    async with connected(database.keyring_runtime) as connection:
        assert await connection.fetchval(KEYS) == 0
        await connection.execute(ENTER, str(anna.tenant_id))
        assert await connection.fetchval(KEYS) > 0
        await connection.execute(ENTER, str(other_scope.tenant_id))
        named = "SELECT count(*) FROM stored_key WHERE tenant_id = $1"
        assert await connection.fetchval(named, anna.tenant_id) == 0


async def test_keys_of_others_cannot_be_destroyed(database, anna, other_scope):
    async with connected(database.keyring_runtime, other_scope.tenant_id) as connection:
        done = await connection.execute("DELETE FROM stored_key WHERE id = $1", anna.id)
    assert done == "DELETE 0"


async def test_a_key_cannot_be_put_into_another_tenant(database, anna, other_scope):
    put = (
        "INSERT INTO stored_key (id, tenant_id, kind, wrapped, created_at)"
        " SELECT $1, $2, 'subject', ''::bytea, '2026-01-01'::timestamptz"
    )
    async with connected(database.keyring_runtime, other_scope.tenant_id) as connection:
        with pytest.raises(InsufficientPrivilegeError, match="row-level security"):
            await connection.execute(put, uuid4(), anna.tenant_id)


async def test_nobody_rewrites_a_key(database, anna):
    async with connected(database.keyring_runtime, anna.tenant_id) as connection:
        with pytest.raises(InsufficientPrivilegeError):
            await connection.execute("UPDATE stored_key SET wrapped = ''::bytea")


async def test_keys_are_not_in_the_main_database(database, anna):
    async with connected(database.system) as connection:
        found = await connection.fetchval("SELECT to_regclass('stored_key')")
    assert found is None


async def test_the_owner_inherits_nothing_of_the_system_role(database, anna):
    async with connected(database.owner) as connection:
        # It hands look-up functions over, which takes SET and nothing else.
        assert await connection.fetchval(MEMBER, "SET")
        assert not await connection.fetchval(MEMBER, "USAGE")


@pytest.mark.parametrize(("name", "table"), [("owner", "contact"), ("keyring_owner", "stored_key")])
async def test_the_owner_of_the_tables_sees_no_row(database, anna, name, table):
    async with connected(getattr(database, name), anna.tenant_id) as connection:
        assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_the_system_role_sees_every_tenant(database, anna, other_scope):
    async with connected(database.system) as connection:
        assert await connection.fetchval("SELECT count(*) FROM tenant") >= 2
        assert await connection.fetchval(PEOPLE) >= 1
