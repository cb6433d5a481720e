"""Tombstones, and who is still writing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tortoise.queryset import QuerySet

from domain.database import FIRST_SECOND
from domain.repository import Repository
from domain.sync.models import Tombstone
from domain.work import UnitOfWork

# A unit of work that writes holds this lock from before it learns the time until after its commit.
OLDEST = """
SELECT min(objid::bigint) AS second FROM pg_locks
WHERE locktype = 'advisory' AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = (hashtext($1)::bigint & 4294967295)::oid
"""


class Tombstones(Repository[Tombstone]):
    """What is gone."""

    model = Tombstone
    noun = "tombstone"

    def between(
        self, kinds: Sequence[str], since: datetime, until: datetime
    ) -> QuerySet[Tombstone]:
        """What of these kinds went from one moment until before another."""
        return self.all().filter(kind__in=list(kinds), at__gte=since, at__lt=until)


async def oldest_writer(uow: UnitOfWork) -> datetime | None:
    """No later than when the longest running writer of the tenant began; None if there is none."""
    rows = await uow.connection.execute_query_dict(OLDEST, [str(uow.tenant_id)])
    second = rows[0]["second"]
    if second is None:
        return None
    return datetime.fromtimestamp(FIRST_SECOND, UTC) + timedelta(seconds=second)
