"""Figures of days as one unit of work sees them, and the questions that they are the answers to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from domain.appointments.times import Interval
from domain.repository import Repository
from plugins.analytics.models import AnalyticsDay
from plugins.analytics.rules import Cell

# Whoever has their data restricted is in no figure that leaves.
COUNTS = """
SELECT talk.channel, coalesce(talk.outcome, 'nothing') AS outcome, count(*)::int AS number
FROM conversation talk
LEFT JOIN contact ON contact.tenant_id = talk.tenant_id AND contact.id = talk.contact_id
WHERE talk.tenant_id = $1 AND talk.started_at >= $2 AND talk.started_at < $3
  AND talk.ended_at IS NOT NULL AND contact.restricted_at IS NULL
GROUP BY 1, 2
"""
MEASURES = """
SELECT cell.shown_channel AS channel, cell.shown_outcome AS outcome,
  count(*)::int AS conversations,
  round(sum(extract(epoch FROM talk.ended_at - talk.started_at)))::bigint AS seconds
FROM conversation talk
LEFT JOIN contact ON contact.tenant_id = talk.tenant_id AND contact.id = talk.contact_id
JOIN unnest($4::text[], $5::text[], $6::text[], $7::text[])
  AS cell (channel, outcome, shown_channel, shown_outcome)
  ON cell.channel = talk.channel AND cell.outcome = coalesce(talk.outcome, 'nothing')
WHERE talk.tenant_id = $1 AND talk.started_at >= $2 AND talk.started_at < $3
  AND talk.ended_at IS NOT NULL AND contact.restricted_at IS NULL
GROUP BY 1, 2 ORDER BY 1, 2
"""
LATENCIES = """
SELECT cell.shown_channel AS channel, cell.shown_outcome AS outcome,
  count(DISTINCT talk.id)::int AS conversations,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY turn.latency_ms))::int AS median,
  round(percentile_cont(0.95) WITHIN GROUP (ORDER BY turn.latency_ms))::int AS p95
FROM conversation talk
LEFT JOIN contact ON contact.tenant_id = talk.tenant_id AND contact.id = talk.contact_id
JOIN unnest($4::text[], $5::text[], $6::text[], $7::text[])
  AS cell (channel, outcome, shown_channel, shown_outcome)
  ON cell.channel = talk.channel AND cell.outcome = coalesce(talk.outcome, 'nothing')
JOIN turn ON turn.tenant_id = talk.tenant_id AND turn.conversation_id = talk.id
WHERE talk.tenant_id = $1 AND talk.started_at >= $2 AND talk.started_at < $3
  AND talk.ended_at IS NOT NULL AND contact.restricted_at IS NULL
  AND turn.latency_ms IS NOT NULL
GROUP BY 1, 2
"""
# Uses without a conversation, such as pages that were seen, are of members: not told.
USES = """
SELECT name, unit, sum(quantity)::bigint AS quantity
FROM usage_event
WHERE tenant_id = $1 AND at >= $2 AND at < $3 AND conversation_id IS NOT NULL
GROUP BY name, unit HAVING count(DISTINCT conversation_id) >= $4 ORDER BY name, unit
"""


class AnalyticsDays(Repository[AnalyticsDay]):
    """Days whose figures were made."""

    model = AnalyticsDay
    noun = "day of figures"

    async def of_day(self, day: date) -> AnalyticsDay | None:
        """The figures of a day, held until the transaction ends."""
        return await self.maybe(self.all().filter(day=day).select_for_update())

    async def made(self, days: Sequence[date]) -> set[date]:
        """Those of some days of which there are figures."""
        rows = await self.page(self.all().filter(day__in=list(days)))
        return {row.day for row in rows}

    async def between(self, first: date, last: date) -> list[AnalyticsDay]:
        """The figures of some days, in order."""
        found = self.all().filter(day__gte=first, day__lte=last)
        return await self.page(found.order_by("day"))

    async def undelivered(self, most: int) -> list[AnalyticsDay]:
        """Those that are not in the bucket yet, the latest in front."""
        return await self.page(self.all().filter(delivered_at=None).order_by("-day").limit(most))

    async def counts(self, during: Interval) -> dict[Cell, int]:
        """How many conversations there were, by channel and outcome."""
        rows = await self._ask(COUNTS, during)
        return {Cell(row["channel"], row["outcome"]): row["number"] for row in rows}

    async def measures(self, during: Interval, shown: Mapping[Cell, Cell]) -> list[dict[str, Any]]:
        """How many they were and how long they lasted, by the cells in which they are told."""
        return await self._ask(MEASURES, during, *_columns(shown))

    async def latencies(self, during: Interval, shown: Mapping[Cell, Cell]) -> list[dict[str, Any]]:
        """How long answers took, likewise."""
        return await self._ask(LATENCIES, during, *_columns(shown))

    async def uses(self, during: Interval, smallest: int) -> list[dict[str, Any]]:
        """What was used in at least so many conversations."""
        return await self._ask(USES, during, smallest)

    async def _ask(self, question: str, during: Interval, *more: Any) -> list[dict[str, Any]]:
        values = [self.uow.tenant_id, during.start, during.end, *more]
        rows = await self.uow.connection.execute_query_dict(question, values)
        return [dict(row) for row in rows]


def _columns(shown: Mapping[Cell, Cell]) -> list[list[str]]:
    cells = [(*cell, *rest) for cell, rest in shown.items()]
    return [[cell[at] for cell in cells] for at in range(4)]
