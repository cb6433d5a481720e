"""The databases are what the models and the tenancy rules say, whatever the migrations did."""

from datetime import timedelta

import asyncpg
import pytest
from tortoise import Tortoise

from deskbell.migrate import MONTHS_AHEAD, PARTITIONED
from domain import contacts
from domain.ids import first_at
from domain.personal import Source
from domain.tenancy import WITHOUT_TENANT, TenantModel
from tests.conftest import NOW

# Unique over all tenants, each for a reason.
GLOBAL_UNIQUE = {
    "access_grant_invitation_key": "an invitation of a house is good for one tenant",
    "access_invitation_token_key": "an invitation is found before its tenant is known",
    "access_token_key": "a token is found before its tenant is known",
    "app_grant_code_key": "a code is found before its tenant is known",
    "app_token_hash_key": "so is a token of an app",
    "api_key_hash_key": "a key is found before its tenant is known",
    "api_key_previous_hash_key": "so is the token before its last rotation",
    "invitation_token_key": "an invitation is found before its tenant is known",
    "account_letter_token_key": "a letter is found before its tenant is known",
    "phone_number_e164_key": "a call must find its one tenant",
    "sso_attempt_state_key": "whoever comes back from a provider is found by it",
    "sso_domain_verified_key": "a domain speaks for one tenant",
    "session_token_key": "a session is found before its tenant is known",
}
# From a tenant's table to one without a tenant.
GLOBAL_REFERENCES = {
    "access_grant_grantee_fkey",
    "account_letter_user_fkey",
    "membership_user_fkey",
    "session_user_fkey",
    "sso_identity_user_fkey",
}
# The house that holds a grant sees it as well as the tenant that gave it.
SEEN_BY_BOTH = {("access_grant", "grantee", "app_rt", "SELECT")}

# A person, and what they prove themselves with, is hidden from all but colleagues.
HIDDEN = {"authenticator", "passkey", "recovery_code", "user"}

ACTIONS = {"a": "NO ACTION", "c": "CASCADE", "n": "SET NULL", "r": "RESTRICT"}
# Partitions belong to their parent; everything else in the schema is listed.
TABLES = """
SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS forced
FROM pg_class WHERE relnamespace = 'public'::regnamespace
AND relkind IN ('r', 'p') AND NOT relispartition
"""
COLUMNS = """
SELECT table_name, column_name, is_nullable = 'YES' AS nullable
FROM information_schema.columns WHERE table_schema = 'public'
"""
# What a reference to partitions makes of itself, one for each, is not listed.
KEYS = """
SELECT c.conname AS name, t.relname AS table,
       c.contype::text AS kind, c.confdeltype::text AS action,
       f.relname AS target, c.confdelsetcols IS NOT NULL AS names_columns,
       (SELECT array_agg(a.attname::text ORDER BY k.n)
        FROM unnest(c.conkey) WITH ORDINALITY AS k (column_number, n)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.column_number) AS columns
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
LEFT JOIN pg_class f ON f.oid = c.confrelid
WHERE t.relnamespace = 'public'::regnamespace AND NOT t.relispartition AND c.contype <> 'n'
AND c.conparentid = 0
"""
UNIQUE_INDEXES = """
SELECT i.relname AS name, t.relname AS table, a.attname AS first
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
WHERE x.indisunique AND t.relnamespace = 'public'::regnamespace AND NOT t.relispartition
"""
POLICIES = """
SELECT tablename, policyname, roles::text[] AS roles, cmd, qual, with_check FROM pg_policies
"""
PARTITIONS = """
SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
WHERE h.inhparent = $1::regclass AND c.relkind = 'r'
"""
BY_NAME_OF_ROLE = "SELECT has_table_privilege($1, $2, 'SELECT')"
DEFINERS = """
SELECT p.proname AS name, r.rolname AS owner, p.proconfig AS settings,
       has_function_privilege('app_rt', p.oid, 'EXECUTE') AS for_everybody
FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner
WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
"""


def models():
    apps = [app for name, app in Tortoise.apps.items() if name != "keyring"]
    return {model._meta.db_table: model for app in apps for model in app.values()}


def tenant_models():
    return {table: model for table, model in models().items() if issubclass(model, TenantModel)}


@pytest.fixture
async def owner(database):
    connection = await asyncpg.connect(database.owner)
    yield connection
    await connection.close()


@pytest.fixture
async def keyring_owner(database):
    connection = await asyncpg.connect(database.keyring_owner)
    yield connection
    await connection.close()


async def test_every_table_has_a_model_and_every_model_a_table(owner):
    tables = {row["name"] for row in await owner.fetch(TABLES)}
    assert tables == {*models(), "tortoise_migrations"}


async def test_every_column_is_as_its_model_says(owner):
    found = {
        (row["table_name"], row["column_name"], row["nullable"])
        for row in await owner.fetch(COLUMNS)
        if row["table_name"] in models()
    }
    assert found == {
        (table, name, field.null)
        for table, model in models().items()
        for name, field in model._meta.fields_map.items()
    }


async def test_only_the_listed_tables_have_no_tenant(owner):
    columns = await owner.fetch(COLUMNS)
    owned = {row["table_name"] for row in columns if row["column_name"] == "tenant_id"}
    tables = {row["name"] for row in await owner.fetch(TABLES)}
    # An inbox entry may come to know its tenant, but is not reached through it.
    assert tables - (owned & set(tenant_models())) - {"tenant"} == set(WITHOUT_TENANT)


async def test_every_tenant_table_is_keyed_by_tenant_and_id(owner):
    keys = {row["table"]: row["columns"] for row in await owner.fetch(KEYS) if row["kind"] == "p"}
    assert all(keys[table] == ["tenant_id", "id"] for table in tenant_models())


async def test_every_key_within_a_tenant_begins_with_it(owner):
    loose = {
        row["name"]
        for row in await owner.fetch(KEYS)
        if row["table"] in tenant_models()
        and row["kind"] in "fux"
        and row["columns"][0] != "tenant_id"
    }
    assert loose == GLOBAL_REFERENCES


async def test_every_unique_index_begins_with_the_tenant(owner):
    loose = {
        row["name"]
        for row in await owner.fetch(UNIQUE_INDEXES)
        if row["table"] in tenant_models() and row["first"] != "tenant_id"
    }
    assert loose == set(GLOBAL_UNIQUE)


async def test_every_declared_reference_is_enforced(owner):
    enforced = {
        (row["table"], row["columns"][1], row["target"], ACTIONS[row["action"]])
        for row in await owner.fetch(KEYS)
        if row["kind"] == "f" and len(row["columns"]) == 2
    }
    assert enforced == {
        (table, column, reference.table, reference.on_delete)
        for table, model in tenant_models().items()
        for column, reference in model.references.items()
    }


async def test_clearing_a_reference_keeps_the_tenant(owner):
    clearing = [row for row in await owner.fetch(KEYS) if row["action"] == "n"]
    assert clearing
    assert all(row["names_columns"] for row in clearing)


async def test_row_level_security_is_forced_everywhere(owner):
    open_ = {row["name"] for row in await owner.fetch(TABLES) if not row["forced"]}
    # A person is hidden from all but colleagues; the other two hold nothing of a tenant.
    assert open_ == set(WITHOUT_TENANT) - HIDDEN


async def test_every_tenant_table_has_both_policies(owner):
    policies = {
        (row["tablename"], row["policyname"], *row["roles"], row["cmd"])
        for row in await owner.fetch(POLICIES)
        if row["tablename"] in tenant_models()
    }
    wanted = (("tenant", "app_rt", "ALL"), ("system", "app_system", "ALL"))
    usual = {(table, *policy) for table in tenant_models() for policy in wanted}
    assert policies == usual | SEEN_BY_BOTH


async def test_a_tenants_policy_reads_and_writes_its_own_rows(owner):
    for row in await owner.fetch(POLICIES):
        if row["policyname"] == "tenant":
            assert "current_setting('app.tenant_id'::text, true)" in row["qual"]
            assert row["with_check"] == row["qual"]


@pytest.mark.parametrize("table", PARTITIONED)
async def test_months_ahead_are_there(owner, table):
    partitions = {row["name"]: row["bounds"] for row in await owner.fetch(PARTITIONS, table)}
    month = NOW.replace(day=1, hour=0)
    for _ in range(MONTHS_AHEAD + 1):
        following = (month + timedelta(days=31)).replace(day=1)
        bounds = partitions[f"{table}_{month:%Y%m}"]
        assert bounds == f"FOR VALUES FROM ('{bound(month)}') TO ('{bound(following)}')"
        month = following
    assert partitions[f"{table}_default"] == "DEFAULT"


def bound(month):
    """The bound of a month: its milliseconds, and nothing of a version or of chance."""
    return f"{first_at(month)}"[:14] + "0000-0000-000000000000"


@pytest.mark.parametrize("table", PARTITIONED)
async def test_no_partition_can_be_read_around_its_parent(owner, table):
    for row in await owner.fetch(PARTITIONS, table):
        assert not await owner.fetchval(BY_NAME_OF_ROLE, "app_rt", row["name"])
    assert await owner.fetchval(BY_NAME_OF_ROLE, "app_rt", table)


async def test_functions_that_see_every_tenant_are_pinned_down(owner):
    for function in await owner.fetch(DEFINERS):
        assert function["settings"] == ["search_path=pg_catalog, public"]
        # What anybody may ask answers with the eyes of the system, not of the owner.
        assert (function["owner"] == "app_system") == function["for_everybody"]


async def test_the_keyring_is_isolated_by_itself(keyring_owner):
    tables = {row["name"]: row["forced"] for row in await keyring_owner.fetch(TABLES)}
    assert tables == {"destroyed_key": True, "stored_key": True, "tortoise_migrations": False}
    keys = {row["name"]: row["columns"] for row in await keyring_owner.fetch(KEYS)}
    assert keys["stored_key_pkey"] == ["tenant_id", "id"]
    policies = {row["policyname"] for row in await keyring_owner.fetch(POLICIES)}
    assert policies == {"tenant", "system"}


@pytest.mark.parametrize("change", ["DELETE FROM contact", "UPDATE contact SET language = 'es'"])
async def test_nobody_changes_what_is_copied_without_saying_when(
    database, unit_of_work, scope, change
):
    async with unit_of_work(scope) as uow:
        await contacts.add(uow, contacts.Details(name="Eve"), source=Source.OWNER)
    system = await asyncpg.connect(database.system)
    with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError):
        await system.execute(f"{change} WHERE tenant_id = $1", scope.tenant_id)
    await system.close()
