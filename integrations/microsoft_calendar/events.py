"""Events as Graph has them: those of others as busy times, and visits of ours."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.calendars.ports import Busy, Entry
from domain.calendars.reading import Reading

Event = dict[str, Any]
# What is asked for of other people's events: not what they are about, nor who takes part.
SEEN = "id,type,start,end,isAllDay,isCancelled,showAs,responseStatus,transactionId"
# Whoever works elsewhere works.
FREE = {"free", "workingElsewhere"}
UNCERTAIN = {"tentativelyAccepted", "notResponded"}
UTC_NAMES = {"UTC", "Etc/UTC", "tzone://Microsoft/Utc"}
# A number that is ours alone, as MAPI wants it for names of one's own.
VISIT = "String {3f0d5b1e-9a74-4c0e-8f4e-6d1c2b7a9e55} Name DeskbellVisit"
_OURS = re.compile(r"deskbell:([0-9a-f-]{36})(?::\d+)?")


def transaction_of(visit_id: UUID, number: int) -> str:
    """What the writing of a visit is called; a number is added where one was used up."""
    return f"deskbell:{visit_id}:{number}" if number else f"deskbell:{visit_id}"


def visit_of(event: Event) -> UUID | None:
    """Which of our visits an event is."""
    found = _OURS.fullmatch(str(event.get("transactionId") or ""))
    return UUID(found[1]) if found else None


def with_visit(visit_id: UUID) -> str:
    """The filter that finds the events of a visit."""
    return (
        "singleValueExtendedProperties/any(each: "
        f"each/id eq '{VISIT}' and each/value eq '{visit_id}')"
    )


def busy_of(event: Event, reading: Reading) -> Busy | None:
    """When somebody is busy because of an event; an event that cannot be read says nothing."""
    span = span_of(event, reading)
    return Busy(*span, visit_of(event)) if span and _counts(event, reading) else None


def span_of(event: Event, reading: Reading) -> tuple[datetime, datetime] | None:
    """From when to when an event is."""
    whole = event.get("isAllDay") is True
    first, last = (_moment(event.get(name), reading, whole=whole) for name in ("start", "end"))
    return (first, last) if first and last else None


def is_as(event: Event, entry: Entry, reading: Reading) -> bool:
    """Whether an event is a visit as it is to stand there, and not an earlier edition of it."""
    span = span_of(event, reading)
    return span == (entry.starts_at, entry.ends_at) and event.get("subject") == entry.title


def body_of(entry: Entry) -> Event:
    """A visit as an event; it says what and when, and never who."""
    return {
        "subject": entry.title,
        "start": _written(entry.starts_at),
        "end": _written(entry.ends_at),
        "isAllDay": False,
        "location": {"displayName": entry.place},
        "showAs": "tentative" if entry.tentative else "busy",
    }


def new_body_of(entry: Entry, number: int) -> Event:
    """The same with its id in it, by which it is found again."""
    return {
        **body_of(entry),
        "transactionId": transaction_of(entry.visit_id, number),
        "singleValueExtendedProperties": [{"id": VISIT, "value": str(entry.visit_id)}],
    }


def _counts(event: Event, reading: Reading) -> bool:
    shown, status = event.get("showAs"), event.get("responseStatus")
    answer = status.get("response") if isinstance(status, dict) else None
    if event.get("isCancelled") is True or shown in FREE or answer == "declined":
        return False
    return reading.counts(certain=shown != "tentative" and answer not in UNCERTAIN)


def _moment(at: Any, reading: Reading, *, whole: bool) -> datetime | None:
    """Times are asked for in UTC; whole days are days, wherever they were written."""
    try:
        # Seven digits of a second are one more than there are here.
        said = datetime.fromisoformat(str(at["dateTime"]).partition(".")[0].rstrip("Z"))
    except (KeyError, TypeError, ValueError):
        return None
    if whole:
        return reading.midnight(said.date())
    return said.replace(tzinfo=UTC) if at.get("timeZone") in UTC_NAMES else None


def _written(at: datetime) -> dict[str, str]:
    naive = at.astimezone(UTC).replace(tzinfo=None)
    return {"dateTime": naive.isoformat(timespec="seconds"), "timeZone": "UTC"}
