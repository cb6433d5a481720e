"""Feast days by the names callers use, computed for any year (western calendars, US and GB)."""

from collections.abc import Callable
from datetime import date, timedelta

from domain.receptionist.nlu.day_arithmetic import add_days, month_end


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leap, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    quarter, left = divmod(in_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - epact - left) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(count: int, weekday: int, month: int) -> Callable[[int], date]:
    def compute(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))

    return compute


def _last(weekday: int, month: int) -> Callable[[int], date]:
    def compute(year: int) -> date:
        end = month_end(year, month)
        return end - timedelta((end.weekday() - weekday) % 7)

    return compute


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: add_days(easter(year), days)


def _black_friday(year: int) -> date:
    return add_days(_nth(4, 3, 11)(year), 1)


# A pattern per feast, tried in order: "christmas eve" must come before "christmas".
HOLIDAYS: tuple[tuple[str, Callable[[int], date]], ...] = (
    (r"christmas eve|xmas eve", _fixed(12, 24)),
    (r"christmas(?: day)?|xmas(?: day)?", _fixed(12, 25)),
    (r"boxing day", _fixed(12, 26)),
    (r"new year(?:'?s|s)? eve", _fixed(12, 31)),
    (r"new year(?:'?s|s)?(?: day)?", _fixed(1, 1)),
    (r"(?:martin luther king|mlk)(?: jr\.?)?(?: day)?", _nth(3, 0, 1)),
    (r"groundhog day", _fixed(2, 2)),
    (r"valentine(?:'?s|s)?(?: day)?", _fixed(2, 14)),
    (r"president(?:'?s|s'?)? day", _nth(3, 0, 2)),
    (r"(?:saint|st\.?) patrick(?:'?s|s)?(?: day)?", _fixed(3, 17)),
    (r"ash wednesday", _from_easter(-46)),
    (r"palm sunday", _from_easter(-7)),
    (r"good friday", _from_easter(-2)),
    (r"easter monday", _from_easter(1)),
    (r"easter(?: sunday)?", easter),
    (r"mothering sunday", _from_easter(-21)),
    (r"mother(?:'?s|s'?)? day", _nth(2, 6, 5)),
    (r"memorial day", _last(0, 5)),
    (r"juneteenth", _fixed(6, 19)),
    (r"father(?:'?s|s'?)? day", _nth(3, 6, 6)),
    (r"independence day", _fixed(7, 4)),
    (r"labou?r day", _nth(1, 0, 9)),
    (r"columbus day|indigenous peoples?'? day", _nth(2, 0, 10)),
    (r"halloween", _fixed(10, 31)),
    (r"bonfire night|guy fawkes(?: night)?", _fixed(11, 5)),
    (r"veterans?'? day", _fixed(11, 11)),
    (r"thanksgiving(?: day)?", _nth(4, 3, 11)),
    (r"black friday", _black_friday),
)


def coming_holiday(today: date, compute: Callable[[int], date]) -> date:
    """The feast's next day, today included."""
    this_year = compute(today.year)
    return this_year if this_year >= today else compute(today.year + 1)
