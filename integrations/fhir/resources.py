"""Appointments and slots as FHIR R4 has them, read and written; nothing here asks a server."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.calendars.ports import Entry
from integrations.fhir.ports import Resource, Visitor

VISIT = "urn:deskbell:visit"
CONTACT = "urn:deskbell:contact"
# Whoever comes where a contact has booked for them, and that contact.
PERSON = "urn:deskbell:person"
BOOKER = "urn:deskbell:booker"
CANCELLED = "cancelled"
# What takes no time, and what is gone for us.
FREE = {CANCELLED, "entered-in-error", "noshow", "waitlist"}
GONE = {CANCELLED, "entered-in-error"}
TENTATIVE = {"proposed", "pending"}
# What the practice itself has noted of a visit: it is not taken back.
TOOK_PLACE = {"arrived", "checked-in", "fulfilled", "noshow"}
# What the practice says of a visit, in the words of ours; what is not listed decides nothing.
STATUSES = {
    "proposed": "requested",
    "pending": "requested",
    "booked": "confirmed",
    "arrived": "arrived",
    "checked-in": "arrived",
    "fulfilled": "completed",
    "noshow": "no_show",
    CANCELLED: CANCELLED,
    "entered-in-error": CANCELLED,
}
BUSY_SLOTS = ("busy", "busy-unavailable", "busy-tentative")

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Naming:
    """Our ids there: those of one business, for several may be at one server."""

    owner: str

    def of(self, system: str, id: UUID) -> Resource:
        """An identifier of ours."""
        return {"system": f"{system}:{self.owner}", "value": str(id)}

    def term(self, system: str, id: UUID) -> str:
        """How it is searched for."""
        return f"{system}:{self.owner}|{id}"

    def visit_in(self, resource: Resource) -> UUID | None:
        """Which of our visits an appointment is."""
        for each in _items(resource, "identifier"):
            if each.get("system") == f"{VISIT}:{self.owner}":
                try:
                    return UUID(str(each.get("value")))
                except ValueError:
                    return None
        return None


def instant(moment: datetime) -> str:
    """A moment as FHIR writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def moment(written: object) -> datetime | None:
    """A moment that was read; without a zone it is none."""
    try:
        found = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None


def span(resource: Resource) -> Span | None:
    """From when to when it is; a request may say neither."""
    start, end = moment(resource.get("start")), moment(resource.get("end"))
    return (start, end) if start is not None and end is not None and start < end else None


def takes_time(appointment: Resource, practitioner: str, *, tentative_is_busy: bool) -> bool:
    """Whether an appointment takes time of a practitioner's."""
    status = str(appointment.get("status", ""))
    if status in FREE:
        return False
    answers = {
        str(each.get("status", ""))
        for each in _items(appointment, "participant")
        if _actor(each) == practitioner
    }
    if answers == {"declined"}:
        return False
    tentative = status in TENTATIVE or answers == {"tentative"}
    return tentative_is_busy or not tentative


def slot_takes_time(slot: Resource, *, tentative_is_busy: bool) -> bool:
    """Whether a slot says that somebody is not free."""
    status = slot.get("status")
    return status in BUSY_SLOTS and (tentative_is_busy or status != "busy-tentative")


def new_appointment(
    entry: Entry, visitor: Visitor | None, actors: Mapping[str, str], naming: Naming, now: datetime
) -> Resource:
    """A visit as an appointment; `actors` are the practitioner and, if known, the patient."""
    identifiers = [naming.of(VISIT, entry.visit_id)]
    if visitor is not None:
        identifiers.append(naming.of(CONTACT, visitor.contact_id))
    found: Resource = {
        "resourceType": "Appointment",
        "identifier": identifiers,
        "created": instant(now),
        "participant": [_participant(each, entry) for each in actors.values() if each],
    }
    return changed(found, entry, visitor, actors["practitioner"])


def changed(there: Resource, entry: Entry, visitor: Visitor | None, practitioner: str) -> Resource:
    """An appointment with our times in it; whatever else stands there goes on to stand there."""
    found = dict(there)
    start, end = instant(entry.starts_at), instant(entry.ends_at)
    moved = span(there) != (entry.starts_at, entry.ends_at)
    status = str(there.get("status", ""))
    if status not in TOOK_PLACE or moved:
        found["status"] = "pending" if entry.tentative else "booked"
        found.pop("cancelationReason", None)
    if moved:
        # They belong to the time at which it was.
        found.pop("slot", None)
    minutes = round((entry.ends_at - entry.starts_at).total_seconds() / 60)
    found |= {"start": start, "end": end, "minutesDuration": minutes}
    if visitor is not None and visitor.reason:
        found["description"] = visitor.reason
    found["participant"] = _with(practitioner, entry, _items(there, "participant"))
    return found


def cancelled(there: Resource) -> Resource:
    """An appointment that is off."""
    return {**there, "status": CANCELLED}


def is_gone(appointment: Resource) -> bool:
    """Whether it stands there no more."""
    return appointment.get("status") in GONE


def took_place(appointment: Resource) -> bool:
    """Whether the practice has noted what became of it: that is its record."""
    return appointment.get("status") in TOOK_PLACE


def status_of(appointment: Resource) -> str:
    """Where a visit stands by what the practice says of it; empty, if that decides nothing."""
    return STATUSES.get(str(appointment.get("status")), "")


def actors_of(resource: Resource, kind: str) -> list[Resource]:
    """References to those of a kind who take part, or whose a schedule is."""
    participants = [each.get("actor") for each in _items(resource, "participant")]
    listed = [each for each in (*participants, *_items(resource, "actor")) if each]
    return [
        each
        for each in listed
        if isinstance(each, dict) and str(each.get("reference", "")).startswith(f"{kind}/")
    ]


def name_of(practitioner: Resource) -> str:
    """How somebody is called."""
    for name in _items(practitioner, "name"):
        if name.get("text"):
            return str(name["text"])
        words = [*name.get("prefix", ()), *name.get("given", ()), name.get("family", "")]
        return " ".join(str(word) for word in words if word)
    return ""


def _with(practitioner: str, entry: Entry, there: list[Resource]) -> list[Resource]:
    """Who takes part; if it was given to somebody else there, it is given back."""
    if any(_actor(each) == practitioner for each in there):
        return there
    others = [each for each in there if not _actor(each).startswith("Practitioner/")]
    return [*others, _participant(practitioner, entry)]


def _participant(reference: str, entry: Entry) -> Resource:
    waits = entry.tentative and reference.startswith("Practitioner/")
    return {
        "actor": {"reference": reference},
        "status": "needs-action" if waits else "accepted",
    }


def _actor(participant: Resource) -> str:
    actor = participant.get("actor")
    return str(actor.get("reference", "")) if isinstance(actor, dict) else ""


def _items(resource: Resource, name: str) -> list[Any]:
    return list(_mappings(resource.get(name)))


def _mappings(value: object) -> Iterator[Resource]:
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))
