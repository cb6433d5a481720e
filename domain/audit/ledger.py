"""The chain of one tenant as the system sees it in the database: sealing, reading, expiring.

For the role that sees every tenant; each function is given the transaction to work in.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from domain.audit.chain import Head

# Two sealers would give one position twice; the lock ends with the transaction.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('audit:' || $1, 0))"
WAITING = "SELECT DISTINCT tenant_id FROM audit_entry WHERE position IS NULL"
HEAD = "SELECT position, hash FROM audit_seal WHERE tenant_id = $1 ORDER BY position DESC LIMIT 1"
UNSEALED = """
SELECT * FROM audit_entry WHERE tenant_id = $1 AND position IS NULL ORDER BY id LIMIT $2
"""
CHAIN = """
UPDATE audit_entry SET position = made.position, hash = made.hash
FROM unnest($2::uuid[], $3::bigint[], $4::bytea[]) AS made (id, position, hash)
WHERE audit_entry.tenant_id = $1 AND audit_entry.id = made.id
"""
ADD_SEAL = """
INSERT INTO audit_seal (tenant_id, id, position, hash, signature, sealed_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
# Tenants in which something is to be kept outside that is not there yet.
UNANCHORED = """
SELECT tenant_id, id, position, hash, signature FROM audit_seal WHERE anchored_at IS NULL
ORDER BY tenant_id, position LIMIT $1
"""
ANCHORED = "UPDATE audit_seal SET anchored_at = $3 WHERE tenant_id = $1 AND id = $2"
SEALS = """
SELECT position, hash, signature, anchored_at FROM audit_seal WHERE tenant_id = $1
ORDER BY position
"""
CHECKPOINT = """
SELECT position, hash, signature FROM audit_checkpoint WHERE tenant_id = $1
ORDER BY position DESC LIMIT 1
"""
ENTRIES = """
SELECT * FROM audit_entry
WHERE tenant_id = $1 AND position IS NOT NULL AND (position, id) > ($2, $3)
ORDER BY position, id LIMIT $4
"""
# The last seal before the first entry that is to stay; what is not sealed yet always stays.
LAST_EXPIRED = """
SELECT position, hash FROM audit_seal
WHERE tenant_id = $1 AND position < coalesce(
    (SELECT min(position) FROM audit_entry WHERE tenant_id = $1 AND at >= $2), 9223372036854775807)
AND position > coalesce((SELECT max(position) FROM audit_checkpoint WHERE tenant_id = $1), 0)
ORDER BY position DESC LIMIT 1
"""
ADD_CHECKPOINT = """
INSERT INTO audit_checkpoint (tenant_id, id, position, hash, signature, made_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
EXPIRE = "DELETE FROM audit_entry WHERE tenant_id = $1 AND position <= $2 RETURNING id"
TENANTS = "SELECT id, slug FROM tenant ORDER BY slug"

Row = dict[str, Any]


@dataclass(frozen=True)
class Signed:
    """A place in the chain that somebody vouches for."""

    head: Head
    signature: bytes
    anchored: bool = False


class Ledger:
    """One tenant's chain, within one transaction of the system."""

    def __init__(self, connection: BaseDBAsyncClient, tenant_id: UUID) -> None:
        self._connection = connection
        self.tenant_id = tenant_id

    async def lock(self) -> None:
        """Keep every other sealer away until the transaction ends."""
        await self._connection.execute_query(LOCK, [str(self.tenant_id)])

    async def head(self) -> Head:
        """The end of what is sealed."""
        rows = await self._connection.execute_query_dict(HEAD, [self.tenant_id])
        return Head(**rows[0]) if rows else Head()

    async def unsealed(self, most: int) -> list[Row]:
        """Entries that have no place in the chain yet, the oldest in front."""
        found = await self._connection.execute_query_dict(UNSEALED, [self.tenant_id, most])
        return [_read(row) for row in found]

    async def chain(self, placed: Sequence[tuple[UUID, Head]]) -> None:
        """Give entries their places."""
        ids = [id for id, _ in placed]
        positions, hashes = [p.position for _, p in placed], [p.hash for _, p in placed]
        await self._connection.execute_query(CHAIN, [self.tenant_id, ids, positions, hashes])

    async def add_seal(self, id: UUID, signed: Signed, now: datetime) -> None:
        """Say how far the chain goes."""
        await self._connection.execute_query(ADD_SEAL, self._statement(id, signed, now))

    async def add_checkpoint(self, id: UUID, signed: Signed, now: datetime) -> None:
        """Say where the chain begins from now on."""
        await self._connection.execute_query(ADD_CHECKPOINT, self._statement(id, signed, now))

    async def last_before(self, moment: datetime) -> Head | None:
        """The last seal over entries that are all older than a moment, if there is a new one."""
        rows = await self._connection.execute_query_dict(LAST_EXPIRED, [self.tenant_id, moment])
        return Head(**rows[0]) if rows else None

    async def expire(self, upto: Head) -> int:
        """Delete the entries up to a place; returns how many there were."""
        gone = await self._connection.execute_query_dict(EXPIRE, [self.tenant_id, upto.position])
        return len(gone)

    async def seals(self) -> list[Signed]:
        """Every seal, in order."""
        rows = await self._connection.execute_query_dict(SEALS, [self.tenant_id])
        return [_signed(row, anchored=row["anchored_at"] is not None) for row in rows]

    async def checkpoint(self) -> Signed | None:
        """Where the chain begins, if not at its beginning."""
        rows = await self._connection.execute_query_dict(CHECKPOINT, [self.tenant_id])
        return _signed(rows[0]) if rows else None

    async def entries(self, batch: int) -> AsyncIterator[Row]:
        """Every sealed entry, in the order of the chain."""
        place: tuple[int, UUID] = (-(2**63), UUID(int=0))
        while True:
            values = [self.tenant_id, *place, batch]
            rows = await self._connection.execute_query_dict(ENTRIES, values)
            for row in rows:
                yield _read(row)
            if len(rows) < batch:
                return
            place = (rows[-1]["position"], rows[-1]["id"])

    def _statement(self, id: UUID, signed: Signed, now: datetime) -> list[Any]:
        head = signed.head
        return [self.tenant_id, id, head.position, head.hash, signed.signature, now]


def _read(row: Mapping[str, Any]) -> Row:
    """A row with its JSON opened, so that spaces in it mean nothing."""
    others = row["others"]
    return {**row, "others": json.loads(others) if isinstance(others, str) else others}


def _signed(row: Mapping[str, Any], *, anchored: bool = False) -> Signed:
    return Signed(Head(row["position"], bytes(row["hash"])), bytes(row["signature"]), anchored)
