"""Giving entries their places in the chain, in batches, and taking those away that are old.

Runs as the system. Nothing of a batch lasts longer than its transaction, so a sealer may die at
any moment, and several may run.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from domain.audit.anchors import AnchorConflict, Anchors
from domain.audit.chain import Claim, Head, link, sign
from domain.audit.ledger import ANCHORED, UNANCHORED, WAITING, Ledger, Row, Signed
from domain.clock import Clock
from domain.database import MAIN
from domain.ids import Ids
from domain.recordings.ports import ObjectStore

log = logging.getLogger(__name__)

# Few enough that hashing them holds the lock for milliseconds.
BATCH = 1000


@dataclass(frozen=True)
class Sealer:
    """Seals every tenant's trail; `secret` signs, and is in no database."""

    store: ObjectStore
    clock: Clock
    ids: Ids
    secret: bytes = field(repr=False)

    async def run(self) -> int:
        """Seal and anchor whatever waits; returns how many entries were sealed."""
        waiting = await get_connection(MAIN).execute_query_dict(WAITING)
        sealed = sum([await self.seal(row["tenant_id"]) for row in waiting])
        await self.anchor()
        return sealed

    async def seal(self, tenant_id: UUID) -> int:
        """Seal what waits at one tenant; returns how many entries there were."""
        sealed = 0
        while True:
            async with in_transaction(MAIN) as connection:
                batch = await self._seal_batch(Ledger(connection, tenant_id))
            sealed += batch
            if batch < BATCH:
                return sealed

    async def anchor(self) -> None:
        """Keep every new seal outside the database."""
        for row in await get_connection(MAIN).execute_query_dict(UNANCHORED, [BATCH]):
            signed = Signed(Head(row["position"], row["hash"]), row["signature"])
            try:
                await Anchors(self.store, row["tenant_id"]).keep(signed)
            except AnchorConflict:
                # It stays unanchored: `deskbell audit verify` says where the chain is wrong.
                log.exception("The audit trail of %s was rewritten", row["tenant_id"])
                continue
            values = [row["tenant_id"], row["id"], self.clock.now()]
            await get_connection(MAIN).execute_query(ANCHORED, values)

    async def expire(self, tenant_id: UUID, before: datetime) -> int:
        """Delete the entries older than a moment, behind a signed checkpoint.

        Whole seals only, so up to a batch of old entries stays; returns how many are gone.
        """
        async with in_transaction(MAIN) as connection:
            ledger = Ledger(connection, tenant_id)
            await ledger.lock()
            upto = await ledger.last_before(before)
            if upto is None:
                return 0
            now = self.clock.now()
            signed = Signed(upto, sign(self.secret, Claim.EXPIRED, tenant_id, upto))
            await ledger.add_checkpoint(self.ids.new(now), signed, now)
            return await ledger.expire(upto)

    async def _seal_batch(self, ledger: Ledger) -> int:
        await ledger.lock()
        rows = await ledger.unsealed(BATCH)
        if not rows:
            return 0
        placed = _placed(await ledger.head(), rows)
        await ledger.chain(placed)
        head, now = placed[-1][1], self.clock.now()
        signed = Signed(head, sign(self.secret, Claim.SEALED, ledger.tenant_id, head))
        await ledger.add_seal(self.ids.new(now), signed, now)
        return len(rows)


def _placed(head: Head, rows: list[Row]) -> list[tuple[UUID, Head]]:
    """Each entry's id, with its place after the ones before it."""
    placed = []
    for row in rows:
        position = head.position + 1
        head = Head(position, link(head.hash, {**row, "position": position}))
        placed.append((row["id"], head))
    return placed
