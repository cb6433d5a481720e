"""Counting days: of the calendar, or those on which people work where a business is."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from domain.privacy.periods import Period

A_DAY = timedelta(days=1)
# Where no calendar is known, nobody works on these: Saturday and Sunday.
WEEKEND = frozenset({5, 6})


def after(day: date, period: Period) -> date:
    """The last day of a period that begins on `day`: a month after 31 January ends February."""
    return period.after(datetime.combine(day, time())).date()


def after_working(day: date, count: int, place: str) -> date:
    """The `count`-th day after `day` on which people work in a country or state (`US-CA`)."""
    works = _works_in(place)
    while count:
        day += A_DAY
        count -= works(day)
    return day


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day is over there."""
    return datetime.combine(day + A_DAY, time(), zone)


@cache
def _works_in(place: str) -> Callable[[date], bool]:
    country, _, part = place.partition("-")
    try:
        known = holidays.country_holidays(country)
        if part in known.subdivisions:
            known = holidays.country_holidays(country, subdiv=part)
    except NotImplementedError:
        return lambda day: day.weekday() not in WEEKEND
    return known.is_working_day
