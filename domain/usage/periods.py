"""Stretches of whole days on a calendar, short enough to add up."""

from datetime import date

from domain.appointments.times import Interval, day_span, days
from domain.errors import InvalidInput

# The longest chart anybody looks at, and a bound on the work behind it.
MOST_DAYS = 366


def dates(first: date, last: date) -> list[date]:
    """Every date from the first to the last. Raises `InvalidInput` for none or too many."""
    if not 0 <= (last - first).days < MOST_DAYS:
        raise InvalidInput.at("last", f"Ask for 1 to {MOST_DAYS} days")
    return list(days(first, last))


def day_spans(first: date, last: date, zone: str) -> list[Interval]:
    """The days one by one, as instants. Raises `InvalidInput`, also beyond the calendar."""
    try:
        return [day_span(day, zone) for day in dates(first, last)]
    except OverflowError as problem:
        raise InvalidInput.at("last", "That is beyond the calendar") from problem


def whole(first: date, last: date, zone: str) -> Interval:
    """All of the days as one stretch of time. Raises `InvalidInput`."""
    spans = day_spans(first, last, zone)
    return Interval(spans[0].start, spans[-1].end)
