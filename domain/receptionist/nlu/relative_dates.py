"""Dates said by their distance from today: "tomorrow week", "next Tuesday", "in three days"."""

import re
from datetime import date

from domain.receptionist.nlu.calendar_dates import MONTH_PART, month_part
from domain.receptionist.nlu.date_grammar import (
    COUNT,
    UNIT,
    WEEKDAY,
    Reader,
    Reading,
    Rule,
    Settings,
    count_of,
    one_day,
    rule,
)
from domain.receptionist.nlu.day_arithmetic import (
    WEEKDAYS,
    add_days,
    add_months,
    coming_weekday,
    past_weekday,
    week_start,
)

_ITEM = rf"{COUNT} {UNIT}"
_ITEMS = re.compile(_ITEM)
_SUM = re.sub(r"\?P<\w+>", "?:", rf"{_ITEM}(?:(?: and| ,)? {_ITEM})*")


def shift(day: date, unit: str, count: int) -> date:
    """Move by days, weeks, fortnights, months or years."""
    if unit in {"month", "year"}:
        return add_months(day, count * (12 if unit == "year" else 1))
    return add_days(day, count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def shift_by(day: date, words: str, sign: int = 1) -> date:
    """Move by a sum such as "2 years 1 month 21 days"."""
    for item in _ITEMS.finditer(words):
        day = shift(day, item["unit"], sign * count_of(item["count"]))
    return day


def _offset(days: int) -> Reader:
    return lambda _, settings: one_day(add_days(settings.today, days))


def _later(match: re.Match[str], settings: Settings) -> Reading | None:
    return one_day(shift_by(settings.today, match["sum"]))


def _ago(match: re.Match[str], settings: Settings) -> Reading | None:
    return one_day(shift_by(settings.today, match["sum"], -1))


def _from_tomorrow(match: re.Match[str], settings: Settings) -> Reading | None:
    return one_day(shift_by(add_days(settings.today, 1), match["sum"]))


def _weekday_later(match: re.Match[str], settings: Settings) -> Reading | None:
    week = week_start(shift_by(settings.today, match["sum"]))
    return one_day(add_days(week, WEEKDAYS[match["weekday"]]))


def _weekday_week(match: re.Match[str], settings: Settings) -> Reading | None:
    """Read "Tuesday week" and "a week on Tuesday": seven days after the coming one."""
    coming = coming_weekday(settings.today, WEEKDAYS[match["weekday"]])
    count = match.groupdict().get("count") or "a"
    return one_day(add_days(coming, 7 * count_of(count)))


def _weekday_of_week(match: re.Match[str], settings: Settings) -> Reading | None:
    weeks = {"this": 0, "the": 0, "last": -1}.get(match["which"].split()[0], 1)
    if match["which"] in {"next", "the next", "following", "the following"}:
        weeks = 1
    return one_day(add_days(week_start(settings.today, weeks), WEEKDAYS[match["weekday"]]))


def _weekday(match: re.Match[str], settings: Settings) -> Reading | None:
    today, weekday, which = settings.today, WEEKDAYS[match["weekday"]], match["which"] or ""
    if which in {"last", "past"}:
        return one_day(past_weekday(today, weekday))
    if which == "next":
        # "Next Friday" is next week's for most people and the coming one for some.
        meant = add_days(week_start(today, 1), weekday)
        coming = coming_weekday(today, weekday)
        return one_day(meant, None if coming == meant else coming)
    if which == "this" and weekday == today.weekday():
        return one_day(today)
    return one_day(coming_weekday(today, weekday))


def _week(match: re.Match[str], settings: Settings) -> Reading | None:
    which = match["which"]
    weeks = 2 if "after next" in match.group() else {"this": 0, "the": 0, "last": -1}.get(which, 1)
    monday = week_start(settings.today, weeks)
    first, last = _WEEK_PARTS.get(match["part"] or "", (0, 6))
    return Reading(
        max(add_days(monday, first), _floor(settings.today, weeks)), add_days(monday, last)
    )


def _floor(today: date, weeks: int) -> date:
    """This week's days that are over are not on offer."""
    return today if weeks == 0 else date.min


def _weekend(match: re.Match[str], settings: Settings) -> Reading | None:
    weeks = 1 if match["which"] in {"next", "the next", "the following"} else 0
    saturday = add_days(week_start(settings.today, weeks), 5)
    return Reading(max(saturday, _floor(settings.today, weeks)), add_days(saturday, 1))


def _month(match: re.Match[str], settings: Settings) -> Reading | None:
    months = {"next": 1, "following": 1, "last": -1}.get(match["which"], 0)
    first = add_months(settings.today.replace(day=1), months)
    reading = month_part(first, (match["part"] or "").removeprefix("the "))
    return Reading(max(reading.first, _floor(settings.today, months)), reading.last)


_WEEK_PARTS = {
    "early": (0, 1),
    "early in": (0, 1),
    "beginning of": (0, 1),
    "start of": (0, 1),
    "middle of": (2, 2),
    "mid": (2, 2),
    "later": (3, 4),
    "late": (3, 4),
    "end of": (4, 4),
}
_PART_OF_WEEK = rf"(?P<part>{'|'.join(sorted(_WEEK_PARTS, key=len, reverse=True))})"
_TOMORROW = r"(?:tomorrow|tomorow|tommorow|tommorrow|tomorrow's|tmrw|tmr)\b"
_LATER = r"(?:from (?:now|today|this day)|after today|later|hence|time|' ?s? time)\b"

RELATIVE_RULES: tuple[Rule, ...] = (
    rule(rf"\b(?:the )?day after {_TOMORROW}", _offset(2)),
    rule(r"\b(?:the )?day before yesterday\b", _offset(-2)),
    rule(rf"\b{_TOMORROW} week\b|\ba week (?:from )?{_TOMORROW}", _offset(8)),
    rule(r"\b(?:today week|a week (?:from )?today|this day week)\b", _offset(7)),
    rule(rf"\b(?P<sum>{_SUM}) from {_TOMORROW}", _from_tomorrow),
    rule(rf"\b(?P<sum>{_SUM}) ago\b", _ago),
    rule(rf"{WEEKDAY} ,? ?(?P<sum>{_SUM}) ?{_LATER}", _weekday_later),
    rule(rf"{WEEKDAY} (?:in )(?P<sum>a week|\d weeks)\b", _weekday_later),
    rule(rf"\b(?:in |within )?(?P<sum>{_SUM}) ?{_LATER}", _later),
    rule(rf"\bin (?P<sum>{_SUM})", _later),
    rule(rf"{WEEKDAY} week\b", _weekday_week),
    rule(rf"\b{COUNT} weeks? (?:on|from(?: this| next)?) {WEEKDAY}", _weekday_week),
    rule(
        rf"{WEEKDAY} (?:of )?(?P<which>this|next|last|(?:the )?following|the coming) week\b",
        _weekday_of_week,
    ),
    rule(
        rf"\b(?P<which>this|next|last|(?:the )?following) week ?(?:,|on)? ?{WEEKDAY}",
        _weekday_of_week,
    ),
    rule(
        rf"(?:\b(?P<which>this coming|this|next|coming|upcoming|following|last|past) )?{WEEKDAY}",
        _weekday,
    ),
    rule(
        rf"\b(?:(?:the )?{_PART_OF_WEEK} )?(?:the )?(?P<which>this|next|last|coming"
        rf"|following) week\b"
        r"(?: after next)?",
        _week,
    ),
    rule(r"\b(?P<part>)(?P<which>the) week after next\b", _week),
    rule(rf"\b(?:the )?{_PART_OF_WEEK} (?P<which>the) week\b", _week),
    rule(
        r"\b(?:(?P<which>this|next|the next|the following|the|at the"
        r"|over the) )(?:coming )?weekend\b",
        _weekend,
    ),
    rule(
        rf"\b(?:{MONTH_PART} )?(?:the )?(?P<which>this|next|following|last) month\b",
        _month,
    ),
    rule(rf"\b{MONTH_PART} (?P<which>the) month\b", _month),
    rule(rf"\b{_TOMORROW}", _offset(1)),
    rule(r"\byesterday\b|\blast night\b|\bthe day before\b(?! \w)", _offset(-1)),
    rule(
        r"\b(?:today|tonight|tonite|this (?:morning|afternoon|evening|lunchtime)|later today"
        r"|right now|at the moment|at present|same day|otd)\b",
        _offset(0),
    ),
)
