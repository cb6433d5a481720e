"""The keyring database through Tortoise, with its own forced row-level security."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.database import tenant_transaction
from domain.keyring.models import KeyKind

KEYRING = "keyring"

INSERT = """
INSERT INTO stored_key (id, tenant_id, kind, wrapped, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id, id) DO NOTHING
"""
FETCH = "SELECT id, wrapped FROM stored_key WHERE tenant_id = $1 AND id = ANY($2::uuid[])"
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
        """Keep a wrapped key unless one is there already; return the one that is kept."""
        async with tenant_transaction(tenant_id, KEYRING) as connection:
            await connection.execute_query_dict(INSERT, [id, tenant_id, kind.value, wrapped, at])
            rows = await connection.execute_query_dict(FETCH, [tenant_id, [id]])
        kept: bytes = rows[0]["wrapped"]
        return kept

    async def destroy(self, tenant_id: UUID, ids: Sequence[UUID]) -> int:
        """Delete keys for good; return how many there were."""
        async with tenant_transaction(tenant_id, KEYRING) as connection:
            rows = await connection.execute_query_dict(DESTROY, [tenant_id, list(ids)])
        return len(rows)
