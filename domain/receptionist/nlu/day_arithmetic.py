"""Counting days the way people do: weeks begin on Monday, months end where they end."""

from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed wensday",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_days(day: date, days: int) -> date:
    """Move by whole days, stopping at the edges of the calendar."""
    ordinal = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(ordinal)


def add_months(day: date, months: int) -> date:
    """Move by whole months; the 31st becomes the month's last day where there is none."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_start(day: date, weeks: int = 0) -> date:
    """The Monday of the week of `day`, `weeks` later."""
    return add_days(day, 7 * weeks - day.weekday())


def coming_weekday(today: date, weekday: int) -> date:
    """The first such weekday after today; never today itself."""
    return today + timedelta(((weekday - today.weekday() - 1) % 7) + 1)


def past_weekday(today: date, weekday: int) -> date:
    """The last such weekday before today."""
    return today - timedelta(((today.weekday() - weekday - 1) % 7) + 1)


def coming_month_day(today: date, month: int, day: int) -> date | None:
    """The first such day on or after today; looks five years ahead for the 29th of February."""
    years = range(today.year, today.year + 6)
    found = (real_date(year, month, day) for year in years)
    return next((match for match in found if match and match >= today), None)


def coming_day(today: date, day: int, weekday: int | None = None) -> date | None:
    """The first day with this number (and weekday) on or after today, within two years."""
    for months in range(24):
        first = add_months(today.replace(day=1), months)
        match = real_date(first.year, first.month, day)
        if match and match >= today and weekday in {None, match.weekday()}:
            return match
    return None


def full_year(digits: str) -> int:
    """A year from two or four digits; two digits mean 1940 to 2039."""
    year = int(digits)
    if year > 99:
        return year
    return year + (2000 if year < 40 else 1900)
