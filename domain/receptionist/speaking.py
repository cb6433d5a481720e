"""How moments, prices and lists are said aloud, in American English."""

from collections.abc import Sequence
from datetime import date, datetime, time

from domain.hours import OpenHours
from domain.money import Money

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "$", "AUD": "$"}


def clock(at: time) -> str:
    """`2:30 PM`, `9 AM`, `noon`."""
    if at == time(12):
        return "noon"
    half = "AM" if at.hour < 12 else "PM"
    hour = at.hour % 12 or 12
    return f"{hour}:{at.minute:02} {half}" if at.minute else f"{hour} {half}"


def day(on: date, today: date) -> str:
    """`today`, `tomorrow`, or `Tuesday, November 17`."""
    away = (on - today).days
    if away in (0, 1):
        return ("today", "tomorrow")[away]
    return date_named(on)


def stretch(first: date, last: date, today: date) -> str:
    """Days as they follow a verb: `tomorrow`, `on Friday, November 20`, `from today to …`."""
    if first != last:
        return f"from {day(first, today)} to {day(last, today)}"
    told = day(first, today)
    return told if (first - today).days in (0, 1) else f"on {told}"


def date_named(on: date) -> str:
    """`Tuesday, November 17`."""
    return f"{DAYS[on.weekday()]}, {on:%B} {on.day}"


def when(at: datetime, today: date) -> str:
    """A local moment as it follows a verb: `on Tuesday, November 17 at 2:30 PM`."""
    told = f"{day(at.date(), today)} at {clock(at.time())}"
    return told if (at.date() - today).days in (0, 1) else f"on {told}"


def a(noun: str) -> str:
    """`a cleaning`, `an exam`."""
    word = noun.lower()
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"


def moments(ats: Sequence[datetime], today: date) -> str:
    """Several local moments, each day named once."""
    said: list[str] = []
    named: date | None = None
    for at in ats:
        hour = clock(at.time())
        said.append(hour if at.date() == named else f"{day(at.date(), today)} at {hour}")
        named = at.date()
    return either(said)


def either(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return _joined(words, "or")


def both(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return _joined(words, "and")


def price(amount: Money) -> str:
    """`$120`, `$99.50`."""
    sign = CURRENCY_SIGNS.get(amount.currency, f"{amount.currency} ")
    whole, cents = divmod(amount.amount_minor, 100)
    return f"{sign}{whole}.{cents:02}" if cents else f"{sign}{whole}"


def week(hours: Sequence[OpenHours]) -> str:
    """A week's hours, equal days together: `Monday to Friday from 9 AM to 5 PM`."""
    runs: list[tuple[int, int, str]] = []
    for weekday in range(7):
        told = spans([span for span in hours if span.weekday == weekday])
        if not told:
            continue
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == told:
            runs[-1] = (runs[-1][0], weekday, told)
        else:
            runs.append((weekday, weekday, told))
    return both([f"{_days(first, last)} {told}" for first, last, told in runs])


def spans(hours: Sequence[OpenHours]) -> str:
    """One day's hours: `from 9 AM to noon and from 1 PM to 5 PM`."""
    return both([f"from {clock(span.opens)} to {clock(span.closes)}" for span in hours])


def _days(first: int, last: int) -> str:
    return DAYS[first] if first == last else f"{DAYS[first]} to {DAYS[last]}"


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
