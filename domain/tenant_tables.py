"""Migration operations that make a table a tenant's: keys, row-level security, grants.

Tortoise creates a table with the key `id` and no foreign keys; these operations, written right
after it in the same migration, turn it into what every tenant table must be. Plugins use them too.
"""

from collections.abc import Sequence

from tortoise.migrations.operations import RunSQL

APP_RT = "app_rt"
APP_SYSTEM = "app_system"
EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"

# A transaction-local setting reads '' after it was set once, hence NULLIF; the sub-select is
# evaluated once per query instead of once per row.
CURRENT_TENANT = "(SELECT NULLIF(current_setting('app.tenant_id', true), '')::uuid)"


def isolate(table: str, column: str = "tenant_id", rights: str = EVERYTHING) -> list[str]:
    """Statements that show a tenant its own rows only, and the system role all of them."""
    mine = f"{column} = {CURRENT_TENANT}"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY tenant ON "{table}" TO {APP_RT} USING ({mine}) WITH CHECK ({mine})',
        f'CREATE POLICY system ON "{table}" TO {APP_SYSTEM} USING (true) WITH CHECK (true)',
        f'GRANT {rights} ON "{table}" TO {APP_RT}',
        f'GRANT {EVERYTHING} ON "{table}" TO {APP_SYSTEM}',
    ]


def share(table: str, rights: str) -> list[str]:
    """Statements for a table without a tenant: only what `app_rt` must do with it."""
    return [
        *([f'GRANT {rights} ON "{table}" TO {APP_RT}'] if rights else []),
        f'GRANT {EVERYTHING} ON "{table}" TO {APP_SYSTEM}',
    ]


def isolated_by_membership(table: str) -> list[str]:
    """Statements that show a tenant what belongs to people who work for it, by their `user_id`."""
    theirs = f'EXISTS (SELECT FROM membership WHERE membership.user_id = "{table}".user_id)'
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY colleagues ON "{table}" TO {APP_RT} USING ({theirs}) WITH CHECK ({theirs})',
        f'CREATE POLICY system ON "{table}" TO {APP_SYSTEM} USING (true) WITH CHECK (true)',
    ]


def look_up(signature: str, returns: str, body: str) -> list[str]:
    """Statements for a function that answers one question before a tenant is known, with ids."""
    name, _, arguments = signature.rstrip(")").partition("(")
    kinds = ", ".join(argument.split()[-1] for argument in arguments.split(","))
    return [
        f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER"
        f" SET search_path = pg_catalog, public AS $$ {body} $$",
        f"REVOKE ALL ON FUNCTION {name}({kinds}) FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name}({kinds}) TO {APP_RT}, {APP_SYSTEM}",
        # Row-level security is forced on the owner too; only the system role sees every tenant.
        f"GRANT CREATE ON SCHEMA public TO {APP_SYSTEM}",
        f"ALTER FUNCTION {name}({kinds}) OWNER TO {APP_SYSTEM}",
        f"REVOKE CREATE ON SCHEMA public FROM {APP_SYSTEM}",
    ]


class TenantTable(RunSQL):
    """Give a new table the key `(tenant_id, id)`, its references, security and grants.

    `references` maps a column to `table` or `table:ON DELETE ACTION`; `unique` and `checks` map a
    constraint's name to its columns or condition; `indexes` to columns, with an optional WHERE.
    """

    def __init__(
        self,
        table: str,
        *,
        references: dict[str, str] | None = None,
        unique: dict[str, str] | None = None,
        checks: dict[str, str] | None = None,
        indexes: Sequence[str] = (),
        rights: str = EVERYTHING,
    ) -> None:
        self.table = table
        super().__init__(
            [
                f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_pkey"',
                f'ALTER TABLE "{table}" ADD PRIMARY KEY (tenant_id, id)',
                *_tenant_reference(table),
                *_references(table, references or {}),
                *_uniques(table, unique or {}),
                *_checks(table, checks or {}),
                *(_index(table, number, columns) for number, columns in enumerate(indexes, 1)),
                *isolate(table, rights=rights),
            ],
            [],
        )

    def describe(self) -> str:
        """What `deskbell migrate` shows."""
        return f"Isolate {self.table} by tenant"


class PartitionedTenantTable(RunSQL):
    """Turn a new table into monthly partitions by the time inside its uuidv7 key.

    Grants are on the parent only: a partition cannot be read around its row-level security.
    """

    def __init__(
        self,
        table: str,
        *,
        references: dict[str, str] | None = None,
        indexes: Sequence[str] = (),
        rights: str = EVERYTHING,
    ) -> None:
        self.table = table
        flat = f"{table}_flat"
        super().__init__(
            [
                f'ALTER TABLE "{table}" RENAME TO "{flat}"',
                f'CREATE TABLE "{table}" (LIKE "{flat}" INCLUDING DEFAULTS INCLUDING STORAGE)'
                " PARTITION BY RANGE (id)",
                f'DROP TABLE "{flat}"',
                f'ALTER TABLE "{table}" ADD PRIMARY KEY (tenant_id, id)',
                f'CREATE TABLE "{table}_default" PARTITION OF "{table}" DEFAULT',
                *_references(table, references or {}),
                *(_index(table, number, columns) for number, columns in enumerate(indexes, 1)),
                *isolate(table, rights=rights),
            ],
            [],
        )

    def describe(self) -> str:
        """What `deskbell migrate` shows."""
        return f"Partition {self.table} by month"


def _tenant_reference(table: str) -> list[str]:
    return [
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_tenant_fkey"'
        ' FOREIGN KEY (tenant_id) REFERENCES "tenant" (id)'
    ]


def _references(table: str, references: dict[str, str]) -> list[str]:
    return [_reference(table, column, target) for column, target in references.items()]


def _reference(table: str, column: str, target: str) -> str:
    other, _, action = target.partition(":")
    # SET NULL must name the column, or it would clear the tenant as well.
    deleting = f"SET NULL ({column})" if action == "SET NULL" else action or "RESTRICT"
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_fkey"'
        f' FOREIGN KEY (tenant_id, {column}) REFERENCES "{other}" (tenant_id, id)'
        f" ON DELETE {deleting}"
    )


def _uniques(table: str, unique: dict[str, str]) -> list[str]:
    statements = []
    for name, columns in unique.items():
        listed, _, where = columns.partition(" WHERE ")
        only = f" WHERE {where}" if where else ""
        statements.append(f'CREATE UNIQUE INDEX "{name}" ON "{table}" (tenant_id, {listed}){only}')
    return statements


def _checks(table: str, checks: dict[str, str]) -> list[str]:
    return [
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" CHECK ({condition})'
        for name, condition in checks.items()
    ]


def _index(table: str, number: int, columns: str) -> str:
    listed, _, where = columns.partition(" WHERE ")
    only = f" WHERE {where}" if where else ""
    return f'CREATE INDEX "{table}_{number}_idx" ON "{table}" (tenant_id, {listed}){only}'
