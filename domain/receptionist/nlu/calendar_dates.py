"""Dates said by their place in the calendar: "the 9th of May 1943", "3/4", "Friday the 13th"."""

import re
from datetime import date

from domain.receptionist.nlu.date_grammar import (
    DAY,
    MONTH,
    WEEKDAY,
    YEAR,
    Reading,
    Rule,
    Settings,
    one_day,
    rule,
)
from domain.receptionist.nlu.day_arithmetic import (
    MONTHS,
    WEEKDAYS,
    add_months,
    coming_day,
    coming_month_day,
    full_year,
    month_end,
    real_date,
)
from domain.receptionist.nlu.holiday_dates import HOLIDAYS, coming_holiday


def _year(match: re.Match[str]) -> int | None:
    said = match.groupdict().get("year")
    return full_year(re.sub(r"\D", "", said)) if said else None


def _day_and_month(match: re.Match[str], settings: Settings) -> Reading | None:
    month, day, year = MONTHS[match["month"]], int(match["day"]), _year(match)
    if year:
        return one_day(real_date(year, month, day))
    near = coming_month_day(settings.today, month, day)
    return one_day(near, _on_weekday(match, settings, near))


def _on_weekday(match: re.Match[str], settings: Settings, near: date | None) -> date | None:
    """The year in which "Friday the 7th of January" is one, where the coming one is none."""
    weekday = WEEKDAYS.get(match.groupdict().get("weekday") or "")
    if weekday is None or near is None or near.weekday() == weekday:
        return None
    years = (real_date(near.year + ahead, near.month, near.day) for ahead in range(1, 12))
    return next((day for day in years if day and day.weekday() == weekday), None)


def _day_range_in_month(match: re.Match[str], settings: Settings) -> Reading | None:
    """Read "the 16th" of "from the 16th to the 22nd of April": the later month counts for both."""
    near = coming_day(settings.today, int(match["day"]))
    meant = _day_and_month(match, settings)
    return Reading(meant.first, meant.last, near) if meant else None


def _year_month_day(match: re.Match[str], _: Settings) -> Reading | None:
    month = match["month"]
    number = MONTHS.get(month) or int(month)
    return one_day(real_date(int(match["year"].replace(" ", "")), number, int(match["day"])))


def _numeric(match: re.Match[str], settings: Settings) -> Reading | None:
    first, second, year = int(match["a"]), int(match["b"]), _year(match)
    orders = [(first, second), (second, first)]
    if settings.day_first:
        orders.reverse()
    days = [_place(month, day, year, settings.today) for month, day in orders]
    real = [day for day in days if day]
    return one_day(real[0], *real[1:2]) if real else None


def _place(month: int, day: int, year: int | None, today: date) -> date | None:
    return real_date(year, month, day) if year else coming_month_day(today, month, day)


def _day_of_month(match: re.Match[str], settings: Settings) -> Reading | None:
    month = add_months(settings.today, 1 if match["next"] else 0)
    return one_day(real_date(month.year, month.month, int(match["day"])))


def _weekday_and_day(match: re.Match[str], settings: Settings) -> Reading | None:
    day, weekday = int(match["day"]), WEEKDAYS[match["weekday"]]
    near = coming_day(settings.today, day)
    return one_day(coming_day(settings.today, day, weekday) or near, near)


def _day_number(match: re.Match[str], settings: Settings) -> Reading | None:
    return one_day(coming_day(settings.today, int(match["day"])))


def _whole_month(match: re.Match[str], settings: Settings) -> Reading | None:
    month, year = MONTHS[match["month"]], _year(match)
    today = settings.today
    first = date(year or today.year, month, 1)
    if not year and month_end(first.year, month) < today:
        first = first.replace(year=today.year + 1)
    return month_part(first, match["part"] or "")


def month_part(first: date, part: str) -> Reading:
    """A month, or its beginning, middle or end, from the month's first day."""
    last = month_end(first.year, first.month)
    if part.startswith(("early", "beginning", "start")):
        return Reading(first, first.replace(day=7))
    if part.startswith("mid"):
        return Reading(first.replace(day=11), first.replace(day=20))
    if part.startswith(("late", "end")):
        return Reading(last.replace(day=last.day - 6), last)
    return Reading(first, last)


def _holiday(match: re.Match[str], settings: Settings) -> Reading | None:
    name = match["holiday"]
    compute = next(compute for pattern, compute in HOLIDAYS if re.fullmatch(pattern, name))
    year = _year(match)
    return one_day(compute(year) if year else coming_holiday(settings.today, compute))


MONTH_PART = r"(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)"
_LINK = r"(?: ?[-/,.])? ?"
_OF_YEAR = rf"(?:(?: ?[-/,] ?| )(?:of )?{YEAR})?"
_OPTIONAL_WEEKDAY = rf"(?:(?:on )?{WEEKDAY} ?,? ?(?:the )?)?"
_UP_TO = r" ?(?:-|to|until|till|through|and) ?(?:the )?"
# What makes a bare number something other than a day.
_NOT_A_DAY = (
    r"(?! ?(?:th|am|pm|oclock|people|persons?|adults?|kids?|children|guests?|nights?|days?|weeks?"
    r"|months?|years?|hours?|minutes?|min|mins|floor|street|st|avenue|ave|time|of us|%|[:/.]\d))"
)

CALENDAR_RULES: tuple[Rule, ...] = (
    rule(
        r"\b(?P<year>\d{4}) ?[-/. ] ?(?P<month>\d{1,2}) ?[-/. ] ?(?P<day>\d{1,2})\b",
        _year_month_day,
    ),
    rule(r"\b(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)\b", _year_month_day),
    rule(rf"\b(?P<year>\d{{4}}){_LINK}{MONTH}{_LINK}(?P<day>\d{{1,2}})\b", _year_month_day),
    rule(rf"\b{MONTH} ?- ?(?P<year>\d{{4}}) ?- ?(?P<day>\d{{1,2}})\b", _year_month_day),
    rule(
        rf"{DAY}(?:th)?(?={_UP_TO}\d{{1,2}}(?:th)? (?:of )?{MONTH}{_OF_YEAR})",
        _day_range_in_month,
    ),
    rule(
        rf"{_OPTIONAL_WEEKDAY}{DAY}(?:th)?(?: day)?{_LINK}(?:of )?(?:the )?{MONTH}{_OF_YEAR}",
        _day_and_month,
    ),
    rule(
        rf"{_OPTIONAL_WEEKDAY}(?<!\w){MONTH}{_LINK}(?:on )?(?:the )?(?P<day>\d{{1,2}})"
        rf"(?:th\b|\b(?![:.]\d| ?(?:am|pm|oclock|people))){_OF_YEAR}",
        _day_and_month,
    ),
    rule(
        r"(?<![\w:.])(?P<a>\d{1,2})(?:th)?(?: ?[-/] ?| )(?P<b>\d{1,2})(?:th)?"
        r"(?: ?[-/] ?| )(?P<year>(?:19|20)\d\d)\b",
        _numeric,
    ),
    rule(r"(?<![\w:.])(?P<a>\d{1,2}) ?/ ?(?P<b>\d{1,2}) ?/ ?(?P<year>\d\d)\b", _numeric),
    rule(r"\b(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<year>\d\d(?:\d\d)?)\b", _numeric),
    rule(rf"(?:{WEEKDAY} ?,? )?(?<![\w:.])(?P<a>\d{{1,2}}) ?/ ?(?P<b>\d{{1,2}})\b", _numeric),
    rule(rf"{WEEKDAY} ?,? (?P<a>\d{{1,2}}) - (?P<b>\d{{1,2}})\b", _numeric),
    rule(
        rf"{DAY}(?:th)? ?,? (?:of )?(?:(?:this|the|the current) |(?P<next>(?:the )?next ))month\b",
        _day_of_month,
    ),
    rule(rf"(?P<holiday>{'|'.join(rf'(?:{name})' for name, _ in HOLIDAYS)})\b{_OF_YEAR}", _holiday),
    rule(rf"{WEEKDAY} ?,? (?:the )?(?P<day>\d{{1,2}})th\b", _weekday_and_day),
    rule(rf"{WEEKDAY} (?:the )?(?P<day>1[3-9]|2\d|3[01])\b{_NOT_A_DAY}", _weekday_and_day),
    rule(rf"{DAY}th ?,? (?:on )?(?:an? )?{WEEKDAY}", _weekday_and_day),
    rule(rf"{DAY}th\b{_NOT_A_DAY}", _day_number),
    rule(
        rf"\b(?:on )?the (?P<day>\d{{1,2}})\b{_NOT_A_DAY}(?= ?$| ?[,.?!-]| (?:at|of|is|works"
        rf"|would|please|to|until|if)\b)",
        _day_number,
    ),
    rule(rf"\bon the (?P<day>\d{{1,2}})\b{_NOT_A_DAY}", _day_number),
    rule(rf"\b{MONTH_PART} {MONTH}{_OF_YEAR}", _whole_month),
    rule(
        rf"\b(?:in|until|till|by|during|for|next|this|before|after"
        rf"|since)(?P<part>) {MONTH}{_OF_YEAR}",
        _whole_month,
    ),
)
