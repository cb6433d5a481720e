"""Agreements about health data as one unit of work sees them."""

from datetime import datetime

from domain.personal import DataClass
from domain.privacy.holdings import holdings
from domain.privacy.policy import OF_CALLERS
from domain.repository import Repository
from domain.work import UnitOfWork
from tenants.agreements.models import Agreement, Disposition

# What is known of callers is health data where the business is one of health; that they agreed
# is documentation, which is kept.
PHI = OF_CALLERS - {DataClass.CONSENT}
PROMISED = """
SELECT EXISTS (SELECT FROM policy_version WHERE tenant_id = $1 AND withdrawn_at IS NULL
    AND applies_from > $2 AND (profile->>'hipaa')::boolean) AS promised
"""


class Agreements(Repository[Agreement]):
    """Business associate agreements."""

    model = Agreement
    noun = "agreement"

    async def in_force(self, destination: str) -> Agreement | None:
        """The agreement under which health data may go somewhere, if there is one."""
        standing = self.all().filter(destination=destination, ended_at=None)
        signed = standing.filter(signed_on__lte=self.uow.now.date())
        return await self.maybe(signed.order_by("-signed_on", "-id"))

    async def is_promised(self) -> bool:
        """Whether HIPAA mode is to begin on a day ahead."""
        values = [self.uow.tenant_id, self.uow.now]
        [row] = await self.uow.connection.execute_query_dict(PROMISED, values)
        return bool(row["promised"])


class Dispositions(Repository[Disposition]):
    """What was decided about health data."""

    model = Disposition
    noun = "disposition"

    async def newest(self, since: datetime) -> Disposition | None:
        """What was decided last, since a moment."""
        decided = self.all().filter(decided_at__gte=since)
        return await self.maybe(decided.order_by("-decided_at", "-id"))


async def remaining(uow: UnitOfWork) -> int:
    """How many rows of the tenant hold health data."""
    rows = 0
    for held in holdings():
        if PHI & held.columns.keys():
            mine = held.model.filter(tenant_id=uow.tenant_id)
            rows += await mine.using_db(uow.connection).count()
    return rows
