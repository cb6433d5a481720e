"""A week in November, a visit in it, and when somebody is busy then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.calendars.ports import Entry

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
NOON = MONDAY + timedelta(hours=12)
WEEK = MONDAY, MONDAY + timedelta(days=7)
VISIT = UUID("01a1e4df-4580-717c-8193-a838e71ac58b")


def entry(hour: int = 15, **changes: Any) -> Entry:
    """A visit on Tuesday, for half an hour."""
    starts_at = MONDAY + timedelta(days=1, hours=hour)
    made = Entry(
        VISIT, starts_at, starts_at + timedelta(minutes=30), "America/New_York", "Cleaning"
    )
    return replace(made, **changes)


def at(text: str) -> datetime:
    """An instant, as it is written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def times(client: Any, place: Any, during: Any = WEEK) -> list[tuple[datetime, datetime]]:
    """From when to when somebody is busy."""
    return [(each.starts_at, each.ends_at) for each in await client.busy(place, *during)]
