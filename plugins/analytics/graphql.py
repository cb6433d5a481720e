"""The figures of days, to be looked at and downloaded."""

import datetime
from typing import Any

import strawberry

from domain.usage.periods import dates
from plugins.analytics import models, service
from plugins.analytics.repository import AnalyticsDays
from plugins.analytics.tables import Table, csv_of
from plugins.graphql_kit import Needs

# The enum itself is annotated by the schema; a name of its own would be no type.
strawberry.enum(Table, name="AnalyticsTable")


@strawberry.type(name="AnalyticsDay")
class AnalyticsDay:
    """One day whose figures were made."""

    day: datetime.date
    revision: int = strawberry.field(description="How often it was made.")
    smallest: int = strawberry.field(description="From how many conversations on figures are told.")
    made_at: datetime.datetime
    delivered_at: datetime.datetime | None = strawberry.field(
        description="Since when they lie in the bucket."
    )
    failure: str | None = strawberry.field(
        description="Why they could not be put into the bucket, in a word."
    )

    @classmethod
    def of(cls, row: models.AnalyticsDay) -> "AnalyticsDay":
        """The day of a row."""
        return cls(
            day=row.day,
            revision=row.revision,
            smallest=row.smallest,
            made_at=row.made_at,
            delivered_at=row.delivered_at,
            failure=row.failure or None,
        )


@strawberry.type(name="Analytics")
class Analytics:
    """Figures of days in which nobody can be told apart."""

    @strawberry.field(extensions=[Needs(service.READ)])
    async def days(
        self, info: strawberry.Info[Any, Any], first: datetime.date, last: datetime.date
    ) -> list[AnalyticsDay]:
        """The days that were made, in order."""
        return [AnalyticsDay.of(row) for row in await _rows(info, first, last)]

    @strawberry.field(extensions=[Needs(service.READ)])
    async def csv(
        self,
        info: strawberry.Info[Any, Any],
        table: Table,
        first: datetime.date,
        last: datetime.date,
    ) -> str:
        """The lines of some days as one CSV file, as they lie in the bucket day by day."""
        rows = await _rows(info, first, last)
        return csv_of(table, [(row.day.isoformat(), row.facts[table]) for row in rows])


async def _rows(
    info: strawberry.Info[Any, Any], first: datetime.date, last: datetime.date
) -> list[models.AnalyticsDay]:
    # A year at most, as of everything that is told by days.
    dates(first, last)
    return await AnalyticsDays(await info.context.read(service.READ)).between(first, last)
