"""Patients: who somebody is there, and what becomes of them when they are corrected or erased.

Whoever is known at the practice is used as they are. A new one carries our id, and only those are
ours to change or delete: the others are records of the practice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.phone import same_number
from integrations.fhir.ports import NotThere, Overtaken, Resource, ResourceRefused, Visitor
from integrations.fhir.resources import BOOKER, CONTACT, PERSON, Naming, took_place
from integrations.fhir.wire import Wire, reference_of

REFUSALS = (ResourceRefused, Overtaken)
TRIES = 3


@dataclass(frozen=True)
class Left:
    """What was deleted, and what the practice keeps."""

    deleted: int
    kept: int


@dataclass(frozen=True)
class Patients:
    """The patients of one practice, as one business of ours knows them."""

    wire: Wire
    naming: Naming
    region: str = "US"
    """Where telephone numbers are read that name no country."""

    async def find(self, visitor: Visitor) -> str:
        """Who it is there; empty, if nobody or more than one fits."""
        if ours := await self._ours(visitor):
            await self._complete(ours, visitor)
            return _merged(ours)
        given, family = _names(visitor.name)
        if not given or not visitor.phone:
            # A telephone belongs to a family: by it alone nobody is known.
            return ""
        terms = [("family", escaped(family)), ("given", escaped(given))]
        if visitor.born is not None:
            terms.append(("birthdate", visitor.born.isoformat()))
        found = await self.wire.search("Patient", terms)
        fitting = [each for each in found if self._is(each, visitor)]
        # Of two it may be either: a new record is merged sooner than a wrong one is found.
        return reference_of(fitting[0]) if len(fitting) == 1 else ""

    def entry(self, visitor: Visitor, url: str) -> Resource:
        """Somebody new, made once however often it is asked for."""
        known_by = [self.naming.of(*each) for each in _ids(visitor)]
        return {
            "fullUrl": url,
            "resource": written(
                {
                    "resourceType": "Patient",
                    "active": True,
                    "identifier": known_by,
                },
                visitor,
            ),
            "request": {
                "method": "POST",
                "url": "Patient",
                "ifNoneExist": f"identifier={self.naming.term(*_ids(visitor)[0])}",
            },
        }

    async def correct(self, visitor: Visitor) -> int:
        """Write a right name and number; how many records that were."""
        for _ in range(TRIES):
            there = await self._ours(visitor)
            if there is None:
                return 0
            wanted = written(there, visitor)
            if wanted == there:
                return 0
            try:
                await self.wire.update(wanted)
            except Overtaken:
                continue
            return 1
        raise Overtaken

    async def known(self, contact_id: UUID) -> list[Resource]:
        """Everything there that carries our id of somebody."""
        by_contact, by_booker = (
            [("identifier", self.naming.term(system, contact_id))] for system in (CONTACT, BOOKER)
        )
        appointments = await self.wire.search("Appointment", by_contact)
        themselves = await self.wire.search("Patient", by_contact)
        return [*appointments, *themselves, *await self.wire.search("Patient", by_booker)]

    async def erase(self, contact_id: UUID) -> Left:
        """Delete what is ours of somebody, but not what the practice has treated by now."""
        everything = await self.known(contact_id)
        deleted = kept = 0
        for each in everything:
            if each["resourceType"] == "Appointment":
                gone = not took_place(each) and await self._delete(each)
            else:
                gone = not await self._is_needed(each) and await self._delete(each)
            deleted, kept = deleted + gone, kept + (not gone)
        return Left(deleted, kept)

    async def _is_needed(self, patient: Resource) -> bool:
        """Whether the practice has appointments of its own, or past ones, with somebody."""
        terms = [("patient", reference_of(patient))]
        return bool(await self.wire.search("Appointment", terms))

    async def _delete(self, resource: Resource) -> bool:
        try:
            await self.wire.delete(reference_of(resource))
        except NotThere:
            return True
        except REFUSALS:
            return False
        return True

    async def _ours(self, visitor: Visitor) -> Resource | None:
        """Who carries our id of whoever comes."""
        terms = [("identifier", self.naming.term(*_ids(visitor)[0]))]
        found = await self.wire.search("Patient", terms)
        return min(found, key=reference_of, default=None)

    async def _complete(self, ours: Resource, visitor: Visitor) -> None:
        """Add the date of birth to a record of ours that was made without one."""
        if visitor.born is None or ours.get("birthDate") or _merged(ours) != reference_of(ours):
            return
        try:
            await self.wire.update({**ours, "birthDate": visitor.born.isoformat()})
        except (NotThere, Overtaken):
            # Somebody is at work on it; the next visit brings the date again.
            return

    def _is(self, patient: Resource, visitor: Visitor) -> bool:
        """Whether it is the same name, number and, if it is known here, date of birth."""
        if patient.get("active") is False:
            return False
        if visitor.born is not None and patient.get("birthDate") != visitor.born.isoformat():
            return False
        numbers = [
            str(each.get("value", ""))
            for each in patient.get("telecom") or ()
            if each.get("system") in ("phone", "sms")
        ]
        if not any(same_number(each, visitor.phone, self.region) for each in numbers):
            return False
        return _is_called(patient, _names(visitor.name))


def written(there: Resource, visitor: Visitor) -> Resource:
    """A patient with this name, number and date of birth; all else stays."""
    found = dict(there)
    given, family = _names(visitor.name)
    if visitor.name:
        parts = {"given": given.split(), "family": family}
        name = {"text": visitor.name, **{key: value for key, value in parts.items() if value}}
        found["name"] = [name]
    if visitor.phone:
        others = [each for each in there.get("telecom") or () if each.get("system") != "phone"]
        found["telecom"] = [{"system": "phone", "value": visitor.phone}, *others]
    if visitor.born is not None:
        found["birthDate"] = visitor.born.isoformat()
    return found


def escaped(word: str) -> str:
    """A value of a search, without what parts values there."""
    for mark in "\\,|$":
        word = word.replace(mark, f"\\{mark}")
    return word


def _merged(patient: Resource) -> str:
    """Who somebody is there by now: the practice may have found them twice, and merged them."""
    for link in patient.get("link") or ():
        if link.get("type") == "replaced-by":
            return str(link.get("other", {}).get("reference", "")) or reference_of(patient)
    return reference_of(patient)


def _ids(visitor: Visitor) -> list[tuple[str, UUID]]:
    """By what somebody is known there, and by whom, if a contact has booked for them."""
    if visitor.person is None:
        return [(CONTACT, visitor.contact_id)]
    return [(PERSON, visitor.person), (BOOKER, visitor.contact_id)]


def _names(name: str) -> tuple[str, str]:
    given, _, family = name.strip().rpartition(" ")
    return given.strip(), family


def _is_called(patient: Resource, names: Sequence[str]) -> bool:
    given, family = (each.casefold() for each in names)
    for each in patient.get("name") or ():
        first = " ".join(each.get("given") or ()).casefold()
        if (first == given or first.split()[:1] == [given]) and (
            str(each.get("family", "")).casefold() == family
        ):
            return True
    return False
