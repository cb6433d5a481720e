"""Monthly partitions whose rows are all due: the month goes at once, instead of row by row.

For the role that sees every tenant. The database's owner drops; a function of theirs does it for
us, and only for months that are over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tortoise.connection import get_connection

from domain.database import MAIN
from domain.ids import first_at
from domain.privacy.holdings import Holding
from domain.privacy.policy import Action
from domain.retention.deeds import classes
from domain.retention.promises import Promises
from domain.retention.schedule import windows

AUDIT_TRAIL = "audit_entry"
PARTITIONED = (AUDIT_TRAIL, "call_event", "turn")
MONTH = re.compile(r"(?P<table>\w+)_(?P<year>\d{4})(?P<month>\d{2})")
PARTITIONS = """
SELECT child.relname AS name FROM pg_inherits
JOIN pg_class AS child ON child.oid = inhrelid JOIN pg_class AS parent ON parent.oid = inhparent
WHERE parent.relname = $1 ORDER BY child.relname
"""
SHARES = """
SELECT tenant_id, count(*) AS rows, max({clock}) AS newest FROM "{table}"
WHERE id >= $1 AND id < $2 GROUP BY tenant_id
"""
DROP = "SELECT drop_partition($1, $2, $3)"


@dataclass(frozen=True)
class Month:
    """One partition of one table."""

    table: str
    partition: str
    begins: datetime

    @property
    def ends(self) -> datetime:
        """The beginning of the next month."""
        whole = self.begins.year * 12 + self.begins.month
        return datetime(whole // 12, whole % 12 + 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Share:
    """What one tenant has in a month."""

    tenant_id: UUID
    rows: int
    newest: datetime


async def before(now: datetime) -> list[Month]:
    """Every month that has been over for a month, the oldest in front."""
    found = [month for table in PARTITIONED for month in await _months(table)]
    over = [month for month in found if month.ends < now and _is_past(month, now)]
    return sorted(over, key=lambda month: (month.begins, month.table))


async def shares(month: Month, held: Sequence[Holding]) -> list[Share]:
    """What each tenant has in a month."""
    clock = {each.table: each.personal.clock for each in held}.get(month.table, "at")
    query = SHARES.format(clock=clock, table=month.table)
    values = [first_at(month.begins), first_at(month.ends)]
    rows = await get_connection(MAIN).execute_query_dict(query, values)
    return [Share(**row) for row in rows]


def is_over(
    month: Month, share: Share, promises: Promises, now: datetime, held: Sequence[Holding]
) -> bool:
    """Whether the newest row of a tenant in a month is due under every promise, to be deleted."""
    [holding] = [each for each in held if each.table == month.table]
    segments = promises.laid(now).get(classes(holding)[0], ())
    over = windows(segments, now, promises.life)
    every = len(over) == len(segments) and bool(over)
    deleted = all(window.rule.then is Action.DELETE for window in over)
    return every and deleted and share.newest < min(window.ends for window in over)


async def drop(month: Month, now: datetime) -> None:
    """Drop a month; raises if it is in use for longer than a moment."""
    await get_connection(MAIN).execute_query(DROP, [month.table, month.begins, now])


async def _months(table: str) -> list[Month]:
    rows = await get_connection(MAIN).execute_query_dict(PARTITIONS, [table])
    named = [(row["name"], MONTH.fullmatch(row["name"])) for row in rows]
    return [
        Month(table, name, datetime(int(found["year"]), int(found["month"]), 1, tzinfo=UTC))
        for name, found in named
        if found and found["table"] == table
    ]


def _is_past(month: Month, now: datetime) -> bool:
    # A month that has just ended may still be written to by a transaction that lasts.
    return (now.year, now.month) > (month.ends.year, month.ends.month)
