"""Counting a month that is over, business by business; what is kept of it names none of them.

Runs as the system. Each business is counted in its own transaction, as its owner sees it counted;
their numbers meet in memory only.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from domain import overview
from domain.appointments.times import Interval
from domain.database import MAIN
from domain.errors import NotFound
from domain.scope import TenantFacts
from domain.work import UnitOfWork, UnitsOfWork
from tenants.insights.repository import Insights
from tenants.insights.rules import Measure, Part, figures
from tenants.repository import Tenants
from tenants.service import job_scope

log = logging.getLogger(__name__)
JOB = "insights"
# Calls of the last evening have ended by then, whatever their time zone.
SETTLED_AFTER = timedelta(days=2)


@dataclass(frozen=True)
class InsightRounds:
    """Goes round all businesses."""

    work: UnitsOfWork

    async def count(self) -> bool:
        """Count the last month that is over, unless that was done; says whether it was now."""
        now = self.work.clock.now()
        month = last_month((now - SETTLED_AFTER).astimezone(UTC).date())
        if await Insights(get_connection(MAIN)).counted(month):
            return False
        parts = [part for id in await Tenants.served() for part in await self._parts(id, month)]
        kept = figures(month, parts)
        async with in_transaction(MAIN) as connection:
            done = await Insights(connection).keep(month, now, kept)
        log.info("Counted %s: %d figures", month, len(kept))
        return done

    async def _parts(self, tenant_id: UUID, month: date) -> Sequence[Part]:
        """What a business has of each measure; nothing, where it is to be left out."""
        try:
            scope = await job_scope(tenant_id, JOB)
        except NotFound:
            # Erased since the round began.
            return ()
        if not takes_part(scope.tenant):
            return ()
        async with self.work(scope, read_only=True) as uow:
            return await _counted(uow, span(month))


def takes_part(tenant: TenantFacts) -> bool:
    """Whether a business is counted: not if things are only tried out, nor under HIPAA.

    An agreement under HIPAA lets nobody use the data for ends of their own.
    """
    return not tenant.sandbox and not tenant.privacy.hipaa


def last_month(today: date) -> date:
    """The first day of the month before."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def span(month: date) -> Interval:
    """All of a month, the same for everybody."""
    following = (month + timedelta(days=31)).replace(day=1)
    return Interval(_midnight(month), _midnight(following))


async def _counted(uow: UnitOfWork, during: Interval) -> Sequence[Part]:
    calls = await overview.calls(uow, during)
    visits = await overview.appointments(uow, during)
    values = {
        Measure.APPOINTMENTS_BOOKED: visits.booked,
        Measure.APPOINTMENTS_CANCELLED: visits.cancelled,
        Measure.CALLS_ANSWERED: calls.answered,
        Measure.CALLS_MISSED: calls.missed,
        Measure.CALL_SECONDS: calls.seconds,
        Measure.LEADS_CAPTURED: (await overview.leads(uow, during)).captured,
        Measure.MESSAGES_LEFT: (await overview.messages(uow, during)).left,
    }
    region = uow.scope.tenant.region
    return [Part(region, measure, value) for measure, value in values.items()]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
