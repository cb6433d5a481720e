"""The keyring database through Tortoise, with its own forced row-level security."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.database import tenant_transaction
from domain.keyring.errors import KeyDestroyed
from domain.keyring.models import KeyKind

KEYRING = "keyring"

INSERT = """
INSERT INTO stored_key (id, tenant_id, kind, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, id) DO NOTHING
"""
# A key that was destroyed for good stays so, even if a backup brought it back.
FETCH = """
SELECT id, wrapped FROM stored_key WHERE tenant_id = $1 AND id = ANY($2::uuid[])
AND NOT EXISTS (SELECT FROM destroyed_key AS lost
                WHERE lost.tenant_id = stored_key.tenant_id AND lost.id = stored_key.id)
"""
BURY = """
INSERT INTO destroyed_key (tenant_id, id, destroyed_at)
SELECT $1, id, $3 FROM unnest($2::uuid[]) AS id ON CONFLICT (tenant_id, id) DO NOTHING
"""
BURIED = """
SELECT id FROM destroyed_key
WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR destroyed_at >= $2) ORDER BY id
"""
AGED = """
SELECT id FROM stored_key
WHERE tenant_id = $1 AND kind NOT IN ('tenant', 'index') AND created_at < $2 AND id > $3
ORDER BY id LIMIT $4
"""
DESTROY = "DELETE FROM stored_key WHERE tenant_id = $1 AND id = ANY($2::uuid[]) RETURNING id"


class DatabaseKeyStore:
    """Wrapped keys in PostgreSQL. Commits at once: a key is there before what it seals."""

    async def fetch(self, tenant_id: UUID, ids: Sequence[UUID]) -> dict[UUID, bytes]:
        """The wrapped keys that exist among `ids`."""
        async with tenant_transaction(tenant_id, KEYRING) as connection:
            rows = await connection.execute_query_dict(FETCH, [tenant_id, list(ids)])
        return {row["id"]: row["wrapped"] for row in rows}

    async def put(
        self, tenant_id: UUID, id: UUID, kind: KeyKind, wrapped: bytes, at: datetime
    ) -> bytes:
        """Keep a wrapped key unless one is there already; return the one that is kept.

        Raises `KeyDestroyed` under an id whose key was destroyed for good.
        """
        async with tenant_transaction(tenant_id, KEYRING) as connection:
            await connection.execute_query_dict(INSERT, [id, tenant_id, kind.value, wrapped, at])
            rows = await connection.execute_query_dict(FETCH, [tenant_id, [id]])
            if not rows:
                raise KeyDestroyed("This has been erased for good")
        kept: bytes = rows[0]["wrapped"]
        return kept

    async def destroy(
        self, tenant_id: UUID, ids: Sequence[UUID], for_good_at: datetime | None = None
    ) -> int:
        """Delete keys; return how many there were. With a moment, there will be no others."""
        async with tenant_transaction(tenant_id, KEYRING) as connection:
            if for_good_at is not None:
                await connection.execute_query(BURY, [tenant_id, list(ids), for_good_at])
            rows = await connection.execute_query_dict(DESTROY, [tenant_id, list(ids)])
        return len(rows)

    async def destroyed(self, tenant_id: UUID, since: datetime | None) -> Sequence[UUID]:
        """The keys that are gone for good, or that went since a moment."""
        async with tenant_transaction(tenant_id, KEYRING) as connection:
            rows = await connection.execute_query_dict(BURIED, [tenant_id, since])
        return [row["id"] for row in rows]

    async def aged(
        self, tenant_id: UUID, before: datetime, after: UUID, most: int
    ) -> Sequence[UUID]:
        """The next keys made before a moment, in order, but for those of the tenant itself."""
        async with tenant_transaction(tenant_id, KEYRING) as connection:
            values = [tenant_id, before, after, most]
            rows = await connection.execute_query_dict(AGED, values)
        return [row["id"] for row in rows]
