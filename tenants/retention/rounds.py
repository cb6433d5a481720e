"""What the system does for retention: whole months that are due go at once, tenants do the rest.

Runs as the system, and leaves rows to workers that see one tenant each. Nothing lasts longer than
a transaction, so it may die anywhere.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from domain.audit.ledger import TENANTS
from domain.audit.sealer import Sealer
from domain.database import MAIN
from domain.outbox import Outbox, Timer
from domain.personal import DataClass
from domain.retention import months
from domain.retention.holds.repository import LegalHolds
from domain.retention.months import AUDIT_TRAIL, Month
from domain.retention.promises import Policies, Promises
from domain.retention.repository import RetentionRuns
from domain.retention.schedule import windows
from domain.retention.service import RUNNING, kept
from domain.work import UnitsOfWork
from tenants.service import job_scope

log = logging.getLogger(__name__)
JOB = "retention"


@dataclass(frozen=True)
class RetentionRounds:
    """Goes round all tenants."""

    work: UnitsOfWork
    policies: Policies
    sealer: Sealer

    async def night(self) -> None:
        """What is old enough in the trail, whole months, and then every tenant's own rows."""
        tenants = await self._tenants()
        expired = sum([await self.expire_trail(tenant_id) for tenant_id in tenants])
        dropped = await self.drop_months()
        for tenant_id in tenants:
            await self._begin(tenant_id)
        log.info("Expired %d audit entries, dropped %s", expired, dropped)

    async def expire_trail(self, tenant_id: UUID) -> int:
        """Delete a tenant's audit entries whose time is over, unless everything is held."""
        promises, held = await self._promised(tenant_id)
        now = self.work.clock.now()
        due = windows(promises.laid(now).get(DataClass.AUDIT, ()), now, promises.life)
        if held or not due:
            return 0
        return await self.sealer.expire(tenant_id, max(window.ends for window in due))

    async def drop_months(self) -> list[str]:
        """Drop the months in which everything is due at every tenant; says which."""
        now, dropped = self.work.clock.now(), []
        for month in await months.before(now):
            shares = await months.shares(month, kept())
            if all([await self._may_go(month, share) for share in shares]):
                for share in shares:
                    await self._note(month, share)
                await months.drop(month, now)
                dropped.append(month.partition)
        return dropped

    async def _may_go(self, month: Month, share: months.Share) -> bool:
        """Whether nothing of a tenant's in a month is to stay, or to be archived."""
        if month.table == AUDIT_TRAIL:
            return False
        promises, held = await self._promised(share.tenant_id)
        return not held and months.is_over(month, share, promises, self.work.clock.now(), kept())

    async def _promised(self, tenant_id: UUID) -> tuple[Promises, bool]:
        """What a tenant promises, and whether anything is held there."""
        scope = await job_scope(tenant_id, JOB)
        async with self.work(scope, read_only=True) as uow:
            return await self.policies.of(uow), await LegalHolds(uow).any()

    async def _note(self, month: Month, share: months.Share) -> None:
        """Put on record what a tenant had in a month that goes."""
        async with self.work(await job_scope(share.tenant_id, JOB)) as uow:
            await RetentionRuns(uow).dropped(month.partition, share.rows)

    async def _begin(self, tenant_id: UUID) -> None:
        now = self.work.clock.now()
        async with in_transaction(MAIN) as connection:
            timer = Timer(RUNNING, now, RUNNING)
            await Outbox(connection, tenant_id).set_timer(timer, self.work.ids.new(now), now)

    async def _tenants(self) -> Sequence[UUID]:
        rows = await get_connection(MAIN).execute_query_dict(TENANTS)
        return [row["id"] for row in rows]
