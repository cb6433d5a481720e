"""What was used, as one unit of work sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.appointments.times import Interval
from domain.repository import Repository
from domain.usage.models import UsageEvent

# Days come with their bounds, so that one time zone table decides where a day begins.
TOTALS = """
SELECT day, name, unit, sum(quantity)::bigint AS quantity
FROM unnest($2::date[], $3::timestamptz[], $4::timestamptz[]) AS days (day, starts_at, ends_at)
JOIN usage_event ON tenant_id = $1 AND at >= starts_at AND at < ends_at
GROUP BY day, name, unit ORDER BY day, name, unit
"""


@dataclass(frozen=True)
class Total:
    """How much of one thing was used on one local day."""

    day: date
    name: str
    unit: str
    quantity: int


class UsageEvents(Repository[UsageEvent]):
    """Counted uses."""

    model = UsageEvent
    noun = "use"

    async def totals(self, days: Sequence[date], spans: Sequence[Interval]) -> list[Total]:
        """What was used on some days, each with its bounds, by day and name."""
        rows = await self.uow.connection.execute_query_dict(
            TOTALS,
            [
                self.uow.tenant_id,
                list(days),
                [span.start for span in spans],
                [span.end for span in spans],
            ],
        )
        return [Total(**row) for row in rows]
