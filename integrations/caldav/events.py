"""iCalendar (RFC 5545): events of others as busy times, and visits of ours as events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event, vCalAddress

from domain.calendars.ports import CANCEL, Busy, Entry, Invitation

PRODUCT = "-//Deskbell//Deskbell//EN"
OURS = "X-DESKBELL-VISIT"
DOMAIN = "@deskbell"


@dataclass(frozen=True)
class Reading:
    """How events of an account are understood."""

    timezone: str
    """Of dates, and of times that name no zone."""
    addresses: frozenset[str] = field(default_factory=frozenset)
    """The owner's own e-mail addresses, in small letters: what they declined is not theirs."""
    tentative_is_busy: bool = True


def visit_of(text: str) -> UUID | None:
    """Which of our visits an event is."""
    for event in _events(text):
        return _visit(event)
    return None


def busy_in(text: str, start: datetime, end: datetime, reading: Reading) -> Iterator[Busy]:
    """When the owner is busy because of one event, each time that it comes again.

    An event that cannot be read says nothing.
    """
    try:
        calendar = Calendar.from_ical(text)
        found = recurring_ical_events.of(calendar, skip_bad_series=True).between(start, end)
    except (ValueError, KeyError, TypeError, OverflowError):
        return
    for event in found:
        if _counts(event, reading):
            times = _times(event, reading)
            if times is not None and times[0] < end and times[1] > start:
                yield Busy(*times, _visit(event))


def span_of(text: str, reading: Reading) -> tuple[datetime, datetime] | None:
    """From when to when an event of ours is, as it stands there."""
    return next((_times(event, reading) for event in _events(text)), None)


def text_of(entry: Entry, now: datetime, sequence: int = 0) -> str:
    """A visit as an event, with its id in it; it says what and when, and never who."""
    return feed_of([(entry, now, sequence)])


def feed_of(entries: Iterable[tuple[Entry, datetime, int]], name: str = "") -> str:
    """A calendar of visits, each with when it was changed and its edition."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if name:
        calendar.add("x-wr-calname", name)
    for entry, changed_at, sequence in entries:
        calendar.add_component(_event(entry, changed_at, sequence))
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def _event(entry: Entry, now: datetime, sequence: int) -> Event:
    zone = ZoneInfo(entry.timezone)
    event = Event()
    event.add("uid", f"{entry.visit_id}{DOMAIN}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.title)
    event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("sequence", sequence)
    event.add(OURS, str(entry.visit_id))
    if entry.place:
        event.add("location", entry.place)
    return event


def invitation_of(invitation: Invitation) -> str:
    """A visit as it is sent to whoever comes (RFC 5546): an entry, or that it is off."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", invitation.method)
    event = _event(invitation.entry, invitation.at, invitation.edition)
    if invitation.method == CANCEL:
        event["status"] = "CANCELLED"
    organizer = vCalAddress(f"mailto:{invitation.sender}")
    organizer.params["CN"] = invitation.business
    event.add("organizer", organizer)
    guest = vCalAddress(f"mailto:{invitation.guest}")
    # They have agreed already, and nobody reads what calendars answer.
    guest.params["PARTSTAT"], guest.params["RSVP"] = "ACCEPTED", "FALSE"
    event.add("attendee", guest)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return str(calendar.to_ical().decode())


def sequence_of(text: str) -> int:
    """Which edition of an event it is."""
    return next((int(event.get("SEQUENCE", 0)) for event in _events(text)), 0)


def _events(text: str) -> list[Component]:
    try:
        return list(Calendar.from_ical(text).walk("VEVENT"))
    except (ValueError, KeyError):
        return []


def _visit(event: Component) -> UUID | None:
    named = str(event.get(OURS) or str(event.get("UID", "")).removesuffix(DOMAIN))
    try:
        return UUID(named)
    except ValueError:
        return None


def _counts(event: Component, reading: Reading) -> bool:
    """Whether an event takes time of the owner's."""
    status = str(event.get("STATUS", "")).upper()
    if status == "CANCELLED" or str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return False
    # How Exchange says it to those who speak iCalendar.
    if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE":
        return False
    answers = _answers(event, reading.addresses)
    if "DECLINED" in answers:
        return False
    tentative = status == "TENTATIVE" or bool(answers & {"TENTATIVE", "NEEDS-ACTION"})
    return reading.tentative_is_busy or not tentative


def _answers(event: Component, addresses: frozenset[str]) -> set[str]:
    """What the owner has answered to an invitation."""
    invited = event.get("ATTENDEE", [])
    every = invited if isinstance(invited, list) else [invited]
    return {
        str(each.params.get("PARTSTAT", "NEEDS-ACTION")).upper()
        for each in every
        if str(each).lower().removeprefix("mailto:") in addresses
    }


def _times(event: Component, reading: Reading) -> tuple[datetime, datetime] | None:
    first, last = _dated(event, "DTSTART"), _dated(event, "DTEND")
    if first is None:
        return None
    if last is None:
        # RFC 5545, 3.6.1: without an end a date is a whole day, and a time takes none.
        whole_day = timedelta(days=not isinstance(first, datetime))
        last = first + (_dated(event, "DURATION") or whole_day)
    return _instant(first, reading.timezone), _instant(last, reading.timezone)


def _dated(event: Component, name: str) -> Any:
    """A date, time or duration of an event, as Python has it; None if it has none."""
    return getattr(event.get(name), "dt", None)


def _instant(at: date, timezone: str) -> datetime:
    """A date begins at midnight of the business, and a time that names no zone is its time."""
    local = at if isinstance(at, datetime) else datetime.combine(at, time())
    return (local if local.tzinfo else local.replace(tzinfo=ZoneInfo(timezone))).astimezone(UTC)
