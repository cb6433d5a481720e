"""The figures in the database: a schema of their own, in which nothing refers to anybody."""

from collections.abc import Sequence
from datetime import date, datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from tenants.insights.rules import Figure, Measure

# A month is counted once, however many count: a second sum, less a business that has left, would
# give that business away.
CLAIM = """
INSERT INTO insight.month (month, counted_at) VALUES ($1, $2)
ON CONFLICT DO NOTHING RETURNING month
"""
KEEP = """
INSERT INTO insight.figure (month, region, measure, businesses, total)
SELECT $1, made.* FROM unnest($2::text[], $3::text[], $4::int[], $5::bigint[]) AS made
"""
COUNTED = "SELECT EXISTS (SELECT FROM insight.month WHERE month = $1) AS counted"
READ = """
SELECT month, region, measure, businesses, total FROM insight.figure
WHERE month >= $1 AND month <= $2 ORDER BY month, measure, region
"""


class Insights:
    """Figures as one connection sees them: the system's, or that of the operator's house."""

    def __init__(self, connection: BaseDBAsyncClient) -> None:
        self.connection = connection

    async def counted(self, month: date) -> bool:
        """Whether a month was counted."""
        [row] = await self.connection.execute_query_dict(COUNTED, [month])
        return bool(row["counted"])

    async def keep(self, month: date, at: datetime, kept: Sequence[Figure]) -> bool:
        """Keep what was counted of a month, unless somebody was faster."""
        if not await self.connection.execute_query_dict(CLAIM, [month, at]):
            return False
        columns = ("region", "measure", "businesses", "total")
        values = [[getattr(figure, column) for figure in kept] for column in columns]
        await self.connection.execute_query(KEEP, [month, *values])
        return True

    async def between(self, first: date, last: date) -> list[Figure]:
        """What is known of some months."""
        rows = await self.connection.execute_query_dict(READ, [first, last])
        return [Figure(**row | {"measure": Measure(row["measure"])}) for row in rows]
