"""What the system does for watching: it sees that something happened, and lets tenants look.

Runs as the system, and leaves looking itself to workers that see one tenant each.
"""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from domain.audit.ledger import TENANTS
from domain.audit.verifier import Report, Verifier
from domain.clock import Clock
from domain.database import MAIN
from domain.errors import Unavailable
from domain.ids import Ids
from domain.outbox import Outbox, Timer
from tenants.watch.handlers import LOOK, TRAIL_BROKEN
from tenants.watch.repository import restless

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rounds:
    """Goes round all tenants; nothing lasts longer than a transaction, so it may die anywhere."""

    verifier: Verifier
    clock: Clock
    ids: Ids

    async def look(self) -> int:
        """Have every tenant look where something happened; says how many there are."""
        tenants = await restless(self.clock.now())
        for tenant_id in tenants:
            await self._set(tenant_id, LOOK, {})
        return len(tenants)

    async def verify(self) -> int:
        """Walk every audit trail; says how many are broken, and tells their tenants."""
        broken = 0
        for row in await get_connection(MAIN).execute_query_dict(TENANTS):
            try:
                report = await self.verifier.verify(row["id"])
            except Unavailable as away:
                log.warning("The audit trail of %s was not walked: %s", row["id"], away.message)
                continue
            if report.faults:
                broken += 1
                await self._tell(row["id"], report)
        return broken

    async def _tell(self, tenant_id: UUID, report: Report) -> None:
        log.error("The audit trail of %s is broken", tenant_id)
        first, faults = report.faults[0], len(report.faults)
        evidence = {"faults": faults, "kind": first.kind.value, "position": first.position}
        await self._set(tenant_id, TRAIL_BROKEN, evidence)

    async def _set(self, tenant_id: UUID, job: str, payload: dict[str, Any]) -> None:
        now = self.clock.now()
        async with in_transaction(MAIN) as connection:
            timer = Timer(job, now, job, payload)
            await Outbox(connection, tenant_id).set_timer(timer, self.ids.new(now), now)
