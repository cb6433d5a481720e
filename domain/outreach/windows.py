"""At which hours somebody may be called or texted where they are (L14)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import holidays
import phonenumbers
from phonenumbers import timezone as zones
from pydantic import TypeAdapter

from domain import law

RULE = "calling.window"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNKNOWN_ZONE = "Etc/Unknown"

_SPANS = TypeAdapter(list[tuple[str, time, time]])


@dataclass(frozen=True)
class Window:
    """The hours that one rule leaves open, in local time; the end is not part of them."""

    spans: tuple[tuple[frozenset[int], time, time], ...]
    holidays: bool
    """Whether holidays are days like others."""
    rule: str
    """The dated row that says so."""

    def is_open(self, local: datetime, place: str) -> bool:
        """Whether somebody may be reached at that moment of their own clock."""
        if not self.holidays and is_holiday(local.date(), place):
            return False
        return any(
            local.weekday() in days and opens <= local.time() < closes
            for days, opens, closes in self.spans
        )


def windows(place: str, as_of: date) -> tuple[Window, ...]:
    """Every window that binds a place: a state's and its country's; each must be open."""
    return tuple(_window(row) for row in law.rules(RULE, place, as_of))


def zones_of(number: str) -> tuple[str, ...]:
    """Every time zone in which a number may be; none if it does not tell."""
    try:
        found = zones.time_zones_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ()
    return tuple(zone for zone in found if zone != UNKNOWN_ZONE)


def closed(place: str, time_zones: Iterable[str], at: datetime) -> Window | None:
    """The first window that is shut in one of the zones where somebody may be; None if none is."""
    for zone in time_zones:
        local = at.astimezone(ZoneInfo(zone))
        for window in windows(place, local.date()):
            if not window.is_open(local, place):
                return window
    return None


def is_holiday(day: date, place: str) -> bool:
    """Whether it is a public holiday there; where nobody knows, it is not."""
    return day in _calendar(place, day.year)


@cache
def _calendar(place: str, year: int) -> holidays.HolidayBase:
    country, _, state = place.partition("-")
    known = holidays.list_supported_countries()
    if country not in known:
        return holidays.HolidayBase()
    division = state if state in known[country] else None
    return holidays.country_holidays(country, subdiv=division, years=year)


def _window(row: law.Rule) -> Window:
    value = row.value
    assert isinstance(value, dict)
    spans = _SPANS.validate_python(value["spans"])
    return Window(
        tuple((_days(days), opens, closes) for days, opens, closes in spans),
        holidays=bool(value["holidays"]),
        rule=row.reference,
    )


def _days(written: str) -> frozenset[int]:
    first, _, last = written.partition("-")
    return frozenset(range(DAYS.index(first), DAYS.index(last) + 1))
