"""Making the figures of days: once each, anew if somebody asks, and those of a gap by itself."""

from datetime import date
from typing import Any

from domain import overview
from domain.appointments.times import Interval, day_span
from domain.errors import InvalidInput
from domain.work import UnitOfWork
from plugins.analytics import rules
from plugins.analytics.events import AnalyticsDayDelivered, AnalyticsDayMade
from plugins.analytics.models import AnalyticsDay
from plugins.analytics.repository import AnalyticsDays
from plugins.analytics.tables import Table

READ, WRITE = "plugins:read", "plugins:write"
NAME = "analytics"
MAKE = f"{NAME}.make"


async def order(uow: UnitOfWork, day: date) -> None:
    """Have a day made anew. Raises `InvalidInput` for one that is not over, or too long ago."""
    uow.require(WRITE)
    last = rules.last_day(uow.now, uow.scope.tenant.timezone)
    if not 0 <= (last - day).days < rules.MOST_BACK:
        raise InvalidInput.at("day", f"Name one of the {rules.MOST_BACK} days up to {last}")
    payload = {"day": day.isoformat()}
    uow.schedule(MAKE, at=uow.now, key=f"{NAME}:{day.isoformat()}", payload=payload)


async def missing(uow: UnitOfWork, back: int) -> list[date]:
    """The last days of which there are no figures, the first in front."""
    days = rules.days_to(rules.last_day(uow.now, uow.scope.tenant.timezone), back)
    made = await AnalyticsDays(uow).made(days)
    return [day for day in days if day not in made]


async def make(uow: UnitOfWork, day: date, smallest: int) -> AnalyticsDay:
    """Make the figures of a day; what is there already is replaced, and delivered again."""
    days = AnalyticsDays(uow)
    facts = await _facts(uow, day_span(day, uow.scope.tenant.timezone), smallest)
    values = {"smallest": smallest, "facts": facts, "made_at": uow.now}
    row = await days.of_day(day)
    if row is None:
        row = await days.add(day=day, **values)
    else:
        again = {"revision": row.revision + 1, "delivered_at": None, "failure": ""}
        row = await days.save(row, **values, **again)
    uow.record(AnalyticsDayMade(**_about(row)))
    return row


async def delivered(uow: UnitOfWork, told: AnalyticsDay) -> None:
    """Remember that figures lie in the bucket, unless there are newer ones."""
    row = await AnalyticsDays(uow).lock(told.id)
    if row.revision == told.revision and row.delivered_at is None:
        await AnalyticsDays(uow).save(row, delivered_at=uow.now, failure="")
        uow.record(AnalyticsDayDelivered(**_about(row)))


async def failed(uow: UnitOfWork, told: AnalyticsDay, reason: str) -> None:
    """Remember why figures could not be put into the bucket."""
    row = await AnalyticsDays(uow).lock(told.id)
    await AnalyticsDays(uow).save(row, failure=reason[:60])


async def _facts(uow: UnitOfWork, during: Interval, smallest: int) -> dict[str, Any]:
    days = AnalyticsDays(uow)
    shown = rules.folded(await days.counts(during), smallest)
    slow = {(row["channel"], row["outcome"]): row for row in await days.latencies(during, shown)}
    lines = [
        row | _latency(slow.get((row["channel"], row["outcome"])), smallest)
        for row in await days.measures(during, shown)
    ]
    return {
        Table.CONVERSATIONS.value: lines,
        Table.TOTALS.value: [await _totals(uow, during, smallest)],
        Table.USAGE.value: await days.uses(during, smallest),
    }


async def _totals(uow: UnitOfWork, during: Interval, smallest: int) -> dict[str, int | None]:
    numbers = {
        "leads": (await overview.leads(uow, during)).captured,
        "messages": (await overview.messages(uow, during)).left,
        "appointments": (await overview.appointments(uow, during)).booked,
    }
    return {name: rules.told(number, smallest) for name, number in numbers.items()}


def _latency(row: dict[str, Any] | None, smallest: int) -> dict[str, int]:
    """How long answers took, where enough conversations had any."""
    if row is None or row["conversations"] < smallest:
        return {}
    return {"latency_ms_median": row["median"], "latency_ms_p95": row["p95"]}


def _about(row: AnalyticsDay) -> dict[str, Any]:
    return {"analytics_day_id": row.id, "day": row.day.isoformat(), "revision": row.revision}
