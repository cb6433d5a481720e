"""What rows of the API mean: appointments, schedules, and our own mark on a visit."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.calendars.ports import Busy
from domain.calendars.reading import Reading
from integrations.open_dental.ports import Row

FORMAT = "%Y-%m-%d %H:%M:%S"
SCHEDULED, COMPLETE = "Scheduled", "Complete"
# ASAP was a status before it became a priority.
TAKES_TIME = frozenset({SCHEDULED, COMPLETE, "ASAP"})
# One character of a pattern.
STEP = timedelta(minutes=5)
# The documentation: longer patterns are cut.
LONGEST = timedelta(hours=9)
MARK = re.compile(r"Deskbell ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
PLACE = re.compile(r"(?:provider/(\d{1,19})/)?operatory/(\d{1,19})")

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Diary:
    """A provider in an operatory; without a provider it is the operatory alone."""

    operatory: int
    provider: int = 0
    dentist: int = 0
    """Whose the operatory is, where the provider is its hygienist."""

    def attends(self, row: Row) -> bool:
        """Whether it is this provider who is at an appointment, or this operatory alone."""
        if not self.provider:
            return number(row, "Op") == self.operatory
        return self.provider in (number(row, "ProvNum"), number(row, "ProvHyg"))

    def concerns(self, row: Row) -> bool:
        """Whether an appointment takes the time of the provider, or their operatory."""
        return self.attends(row) or number(row, "Op") == self.operatory

    @property
    def staffing(self) -> Row:
        """Who an appointment is with, as it is written; a hygienist works beside a dentist."""
        if not self.dentist:
            return {"ProvNum": self.provider, "Op": self.operatory}
        return {
            "ProvNum": self.dentist,
            "ProvHyg": self.provider,
            "IsHygiene": "true",
            "Op": self.operatory,
        }


def mark(visit_id: UUID) -> str:
    """By what a visit of ours is known there: a line of its note."""
    return f"Deskbell {visit_id}"


def visit_in(row: Row) -> UUID | None:
    """Which of our visits an appointment is."""
    found = MARK.search(str(row.get("Note", "")))
    return UUID(found[1]) if found else None


def number(row: Row, name: str) -> int:
    """A number, which some rows write as text; zero is none."""
    value = str(row.get(name, ""))
    return int(value) if value.isdecimal() else 0


def is_true(row: Row, name: str) -> bool:
    """Truth is written as text."""
    return str(row.get(name, "")).lower() == "true"


def written(moment: datetime, reading: Reading) -> str:
    """An instant in the time of the practice."""
    return _local(moment, reading).strftime(FORMAT)


def day_of(moment: datetime, reading: Reading) -> date:
    """The date of an instant at the practice."""
    return _local(moment, reading).date()


def instant(text: object, reading: Reading) -> datetime | None:
    """An instant that was read; the year 1 means none."""
    try:
        found = datetime.strptime(str(text), FORMAT)  # noqa: DTZ007  # the practice's own time
    except ValueError:
        return None
    return reading.instant(found) if found.year > 1 else None


def length(row: Row) -> timedelta:
    """How long an appointment takes, by its pattern."""
    return STEP * len(str(row.get("Pattern", "")))


def pattern(lasts: timedelta) -> str:
    """Time of the provider, in steps of five minutes."""
    return "X" * -(-min(lasts, LONGEST) // STEP)


def span(row: Row, reading: Reading) -> Span | None:
    """From when to when an appointment is."""
    start, lasts = instant(row.get("AptDateTime"), reading), length(row)
    return (start, start + lasts) if start is not None and lasts else None


def takes_time(row: Row) -> bool:
    """Whether an appointment stands in the book: not broken, unscheduled, planned, or a note."""
    return row.get("AptStatus") in TAKES_TIME


def schedule_spans(rows: Iterable[Row], reading: Reading) -> Iterator[tuple[Row, Span]]:
    """Blocks of a schedule, with their times; what has no length is a note on a day."""
    for row in rows:
        day = str(row.get("SchedDate", ""))
        start = instant(f"{day} {row.get('StartTime', '')}", reading)
        end = instant(f"{day} {row.get('StopTime', '')}", reading)
        if start is not None and end is not None and start < end:
            yield row, (start, end)


def operatories(row: Row) -> frozenset[str]:
    """The operatories that a block names."""
    named = str(row.get("operatories", "")).replace(" ", "")
    return frozenset(named.split(",")) if named else frozenset()


def outside(spans: Sequence[Span], start: datetime, end: datetime) -> Iterator[Busy]:
    """The time of a stretch that lies in none of some spans."""
    since = start
    for begins, ends in sorted(spans):
        if begins > since:
            yield Busy(since, min(begins, end))
        since = max(since, ends)
        if since >= end:
            return
    yield Busy(since, end)


def edition(row: Row) -> str:
    """Which edition of an appointment it is."""
    return f"{number(row, 'AptNum')}@{row.get('DateTStamp', '')}"


def words(row: Row, *names: str) -> str:
    """Some fields in one line."""
    return " ".join(str(each) for each in map(row.get, names) if each)


def _local(moment: datetime, reading: Reading) -> datetime:
    return moment.astimezone(ZoneInfo(reading.timezone))


def server_time(rows: Sequence[Row]) -> str:
    """What time it was at the practice's server when it showed some rows."""
    return max((str(row.get("serverDateTime", "")) for row in rows), default="")


def shifted(text: str, by: timedelta) -> str:
    """A time of the server, earlier or later. Raises `ValueError`."""
    moment = datetime.strptime(text, FORMAT)  # noqa: DTZ007  # the server's own time
    return (moment + by).strftime(FORMAT)
