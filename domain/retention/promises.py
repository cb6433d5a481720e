"""What was promised to whom: the core asks, and whoever keeps the policies answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.retention.schedule import ACTIVE, Life, Segments, Version, merged, segments
from domain.work import UnitOfWork


@dataclass(frozen=True)
class Promises:
    """Every version of a business's policy and of its operator's, and the dates of the account."""

    callers: Sequence[Version]
    customers: Sequence[Version]
    life: Life = ACTIVE

    def laid(self, now: datetime) -> Segments:
        """Which rule governs which rows."""
        return merged(segments(self.callers, now), segments(self.customers, now))


class Policies(Protocol):
    """Knows what was promised."""

    async def of(self, uow: UnitOfWork) -> Promises:
        """What holds for the tenant of a unit of work."""
