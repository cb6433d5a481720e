"""Events as Google has them: those of others as busy times, and visits of ours."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.calendars.ports import Busy, Entry
from domain.calendars.reading import Reading

Event = dict[str, Any]
# What is asked for of other people's events: not what they are about, nor who takes part.
SEEN = (
    "id,status,eventType,transparency,start,end,attendees(self,responseStatus),"
    "extendedProperties/private"
)
# Events that say where somebody works, or whose birthday it is, take no time.
TIMELESS = {"workingLocation", "birthday"}
# Ids are made of 0 to 9 and a to v: a visit always has the same one, so that it stands there once.
OURS = "deskbell"
VISIT = "deskbellVisit"
_ID = re.compile(OURS + "([0-9a-f]{32})")


def id_of(visit_id: UUID) -> str:
    """What the event of a visit is called."""
    return OURS + visit_id.hex


def visit_of(event: Event) -> UUID | None:
    """Which of our visits an event is; a copy that somebody made of one is theirs."""
    found = _ID.fullmatch(str(event.get("id", "")))
    return UUID(hex=found[1]) if found else None


def is_cancelled(event: Event) -> bool:
    """Whether it is gone."""
    return event.get("status") == "cancelled"


def busy_of(event: Event, reading: Reading) -> Busy | None:
    """When somebody is busy because of an event; an event that cannot be read says nothing."""
    span = span_of(event, reading)
    return Busy(*span, visit_of(event)) if span and _counts(event, reading) else None


def span_of(event: Event, reading: Reading) -> tuple[datetime, datetime] | None:
    """From when to when an event is."""
    first, last = _moment(event.get("start"), reading), _moment(event.get("end"), reading)
    return (first, last) if first and last else None


def body_of(entry: Entry) -> Event:
    """A visit as an event, with its id in it; it says what and when, and never who."""
    event: Event = {
        "summary": entry.title,
        "start": _written(entry.starts_at, entry.timezone),
        "end": _written(entry.ends_at, entry.timezone),
        "status": "tentative" if entry.tentative else "confirmed",
        "transparency": "opaque",
        "extendedProperties": {"private": {VISIT: str(entry.visit_id)}},
    }
    return {**event, "location": entry.place} if entry.place else event


def _counts(event: Event, reading: Reading) -> bool:
    if is_cancelled(event) or event.get("transparency") == "transparent":
        return False
    if event.get("eventType") in TIMELESS:
        return False
    answer = _answer(event)
    if answer == "declined":
        return False
    certain = event.get("status") != "tentative" and answer not in ("tentative", "needsAction")
    return reading.counts(certain=certain)


def _answer(event: Event) -> str:
    """What the owner of the calendar has answered to an invitation."""
    attendees = event.get("attendees")
    for each in attendees if isinstance(attendees, list) else ():
        if isinstance(each, dict) and each.get("self"):
            return str(each.get("responseStatus", "needsAction"))
    return ""


def _moment(at: Any, reading: Reading) -> datetime | None:
    """A date begins at midnight of the business; a time without an offset may name its zone."""
    if not isinstance(at, dict):
        return None
    try:
        if "date" in at:
            return reading.midnight(date.fromisoformat(at["date"]))
        said = datetime.fromisoformat(at["dateTime"])
        if said.tzinfo is None and at.get("timeZone"):
            said = said.replace(tzinfo=ZoneInfo(at["timeZone"]))
        return reading.instant(said)
    except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError, OverflowError):
        return None


def _written(at: datetime, timezone: str) -> dict[str, str]:
    return {"dateTime": at.astimezone(ZoneInfo(timezone)).isoformat(), "timeZone": timezone}
