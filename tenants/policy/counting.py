"""How much data of a kind there is, and of which dates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import Q
from tortoise.functions import Count, Max, Min

from domain.personal import DataClass
from domain.privacy.holdings import Holding
from domain.work import UnitOfWork


@dataclass(frozen=True)
class Tally:
    """How many rows there are, and when the oldest and the newest of them is from."""

    rows: int
    oldest: datetime | None = None
    newest: datetime | None = None

    def __add__(self, other: "Tally") -> "Tally":
        oldest = [moment for moment in (self.oldest, other.oldest) if moment]
        newest = [moment for moment in (self.newest, other.newest) if moment]
        return Tally(self.rows + other.rows, min(oldest, default=None), max(newest, default=None))


async def count(uow: UnitOfWork, held: Holding, data_class: DataClass, until: datetime) -> Tally:
    """The rows of a table with data of one kind that is older than a moment."""
    clock = held.personal.clock
    some: dict[str, Any] = {f"{column}__isnull": False for column in held.columns[data_class]}
    older = held.model.filter(Q(join_type=Q.OR, **some), **{f"{clock}__lte": until})
    mine = older.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
    counted = mine.annotate(rows=Count("id"), oldest=Min(clock), newest=Max(clock))
    return Tally(**(await counted.values("rows", "oldest", "newest"))[0])
