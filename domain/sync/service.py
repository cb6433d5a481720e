"""Up to when a list of changes is complete, and what is gone since."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tortoise.queryset import QuerySet

from domain.errors import DomainError
from domain.sync.models import Tombstone
from domain.sync.repository import Tombstones, oldest_writer
from domain.work import UnitOfWork

# Whoever has not asked for longer makes a new copy.
HORIZON = timedelta(days=90)
# By so much the clocks of two machines may differ.
SKEW = timedelta(seconds=5)


class ResyncNeeded(DomainError):
    """What went before that moment is no longer known: the copy must be made anew."""

    code = "RESYNC_NEEDED"

    def __init__(self, earliest: datetime) -> None:
        super().__init__(f"Deletions are known from {earliest.isoformat()} on: start afresh")
        self.earliest = earliest


async def complete_until(uow: UnitOfWork) -> datetime:
    """The moment before which nothing will appear any more that is not there already.

    A change bears the time at which its unit of work began, and is seen when that ends. So this
    lies before the beginning of the oldest one that still writes. Ask before reading, in the same
    unit of work.
    """
    oldest = await oldest_writer(uow)
    until = min(oldest or uow.real_now, uow.real_now) - SKEW
    return until + uow.scope.tenant.clock_ahead


def gone_since(
    uow: UnitOfWork, kinds: Sequence[str], since: datetime, until: datetime
) -> QuerySet[Tombstone]:
    """What is gone, in the order in which it went. Raises `ResyncNeeded`."""
    if since < uow.now - HORIZON:
        raise ResyncNeeded(uow.now - HORIZON)
    return Tombstones(uow).between(kinds, since, until)
