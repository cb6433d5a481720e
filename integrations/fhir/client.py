"""The diaries of a practice at a FHIR server; keeps to the port of calendars.

A diary is a `Schedule/ID`, or a `Practitioner/ID` with all their schedules.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.calendars.ports import (
    Busy,
    Calendar,
    CalendarGone,
    Changes,
    Entry,
    Place,
    Seen,
    Written,
)
from domain.calendars.reading import within
from domain.clock import Clock
from domain.errors import Unavailable
from integrations.fhir import resources
from integrations.fhir.patients import TRIES, Patients
from integrations.fhir.ports import NotThere, Overtaken, Resource, Visitor, Visitors
from integrations.fhir.resources import VISIT, instant, span
from integrations.fhir.token import Token
from integrations.fhir.wire import Wire, reference_of, version_of

PLACE = re.compile(r"(Schedule|Practitioner)/[A-Za-z0-9.-]{1,64}")
WRITTEN = re.compile(r"(Appointment/[A-Za-z0-9.-]{1,64})(?:/_history/([A-Za-z0-9.-]{1,64}))?$")
# What is longer than a day is found by its beginning no more.
LONGEST = timedelta(days=1)
NEW_PATIENT = "urn:uuid:{}"


@dataclass(frozen=True)
class Diary:
    """Somebody, and the schedules that count."""

    practitioner: str
    schedules: tuple[str, ...]


@dataclass(frozen=True)
class FhirCalendar:
    """One practice."""

    wire: Wire
    patients: Patients
    visitors: Visitors
    clock: Clock
    tentative_is_busy: bool = True

    async def calendars(self, account: UUID | None = None) -> Sequence[Calendar]:
        """Everybody's schedules; whoever has none stands there themselves."""
        people = await self.wire.search("Practitioner", [])
        names = {
            reference_of(each): resources.name_of(each)
            for each in people
            if each.get("active") is not False
        }
        found, scheduled = [], set()
        for each in await self.wire.search("Schedule", []):
            owners = {str(actor["reference"]) for actor in _people(each)} & names.keys()
            if each.get("active") is not False and len(owners) == 1:
                [owner] = owners
                scheduled.add(owner)
                words = (names[owner], str(each.get("comment", "")))
                found.append(Calendar(reference_of(each), " · ".join(filter(None, words))))
        alone = [Calendar(each, names[each]) for each in names if each not in scheduled]
        named = [*found, *alone]
        return [Calendar(each.address, each.title or each.address) for each in named]

    async def busy(self, place: Place, start: datetime, end: datetime) -> Sequence[Busy]:
        """When a practitioner is busy: by appointments, and by slots that are taken."""
        diary = await self._diary(place.address)
        since = ("ge", start - LONGEST), ("lt", end)
        terms = [("date", f"{how}{instant(when)}") for how, when in since]
        appointments = await self._appointments(diary, terms)
        slots = await self._slots(diary, [("start", value) for _, value in terms])
        times = [*self._taken(diary, appointments)]
        times += self._slotted(slots, [each for each in times if each.visit_id is not None])
        return within(times, start, end)

    async def put(self, place: Place, entry: Entry, known: Written | None) -> Written:
        """Have a visit stand there as an appointment of its patient."""
        diary = await self._diary(place.address)
        visitor = await self.visitors.of(entry.visit_id)
        for _ in range(TRIES):
            there = await self._standing(diary, entry.visit_id, known)
            try:
                if there is None:
                    return await self._book(diary, entry, visitor)
                return await self._change(diary, entry, visitor, there)
            except (NotThere, Overtaken):
                # It stands there already, or not any more, or in another version.
                continue
        raise Unavailable("The appointment is being changed by somebody else all the time")

    async def remove(self, place: Place, visit_id: UUID, known: Written | None) -> None:
        """Call a visit off there; one that took place stays as the practice has noted it."""
        diary = await self._diary(place.address)
        for _ in range(TRIES):
            there = await self._standing(diary, visit_id, known)
            if there is None or resources.is_gone(there) or resources.took_place(there):
                return
            try:
                await self.wire.update(resources.cancelled(there))
            except Overtaken:
                continue
            except NotThere:
                return
            return
        raise Unavailable("The appointment is being changed by somebody else all the time")

    async def changes(self, place: Place, since: str) -> Changes:
        """What has changed since a token; everything, once in an hour."""
        diary = await self._diary(place.address)
        now = self.clock.now()
        known = Token.read(since, now)
        if known is None:
            first = f"ge{instant(now - LONGEST)}"
            appointments = await self._appointments(diary, [("date", first)])
            slots = await self._slots(diary, [("start", first)])
            token = Token(now).after([*appointments, *slots])
            return Changes(token.text, True, tuple(self._seen(appointments)), complete=True)
        terms = [("_lastUpdated", f"ge{known.since}")]
        appointments = await self._appointments(diary, terms)
        found = [*appointments, *await self._slots(diary, terms)]
        news = known.news(found)
        touched = [each for each in news if each["resourceType"] == "Appointment"]
        return Changes(known.after(found).text, bool(news), tuple(self._seen(touched)))

    async def _diary(self, calendar: str) -> Diary:
        """Whose it is. Raises `CalendarGone`."""
        if not PLACE.fullmatch(calendar):
            raise CalendarGone
        try:
            there = await self.wire.read(calendar)
        except NotThere:
            raise CalendarGone from None
        if there["resourceType"] == "Practitioner":
            schedules = await self.wire.search("Schedule", [("actor", calendar)])
            return Diary(calendar, tuple(reference_of(each) for each in schedules))
        owners = [str(actor["reference"]) for actor in _people(there)]
        if len(owners) != 1:
            # A schedule of several says of nobody when they are free.
            raise CalendarGone
        return Diary(owners[0], (calendar,))

    async def _appointments(self, diary: Diary, terms: Sequence[tuple[str, str]]) -> list[Resource]:
        return await self.wire.search("Appointment", [("actor", diary.practitioner), *terms])

    async def _slots(self, diary: Diary, terms: Sequence[tuple[str, str]]) -> list[Resource]:
        found = [
            await self.wire.search("Slot", [("schedule", each), *terms]) for each in diary.schedules
        ]
        return [slot for slots in found for slot in slots]

    async def _standing(
        self, diary: Diary, visit_id: UUID, known: Written | None
    ) -> Resource | None:
        """The appointment that a visit is, wherever somebody has put it."""
        if known is not None and WRITTEN.fullmatch(known.address):
            try:
                return await self.wire.read(known.address)
            except NotThere:
                pass
        terms = [("identifier", self._term(visit_id)), ("actor", diary.practitioner)]
        found = await self.wire.search("Appointment", terms)
        return min(found, key=lambda each: (resources.is_gone(each), each["id"]), default=None)

    async def _book(self, diary: Diary, entry: Entry, visitor: Visitor | None) -> Written:
        """Write a visit, and its patient if the practice does not know them: both or neither."""
        actors = {"patient": "", "practitioner": diary.practitioner}
        entries = []
        if visitor is not None:
            actors["patient"] = await self.patients.find(visitor)
            if not actors["patient"]:
                actors["patient"] = NEW_PATIENT.format(visitor.contact_id)
                entries.append(self.patients.entry(visitor, actors["patient"]))
        naming, now = self.patients.naming, self.clock.now()
        once = f"identifier={self._term(entry.visit_id)}&actor={diary.practitioner}"
        entries.append(
            {
                "fullUrl": NEW_PATIENT.format(entry.visit_id),
                "resource": resources.new_appointment(entry, visitor, actors, naming, now),
                "request": {"method": "POST", "url": "Appointment", "ifNoneExist": once},
            }
        )
        return _written(await self.wire.transact(entries))

    async def _change(
        self, diary: Diary, entry: Entry, visitor: Visitor | None, there: Resource
    ) -> Written:
        wanted = resources.changed(there, entry, visitor, diary.practitioner)
        if wanted != there:
            there = await self.wire.update(wanted)
        return Written(reference_of(there), version_of(there))

    def _term(self, visit_id: UUID) -> str:
        return self.patients.naming.term(VISIT, visit_id)

    def _taken(self, diary: Diary, appointments: Iterable[Resource]) -> Iterable[Busy]:
        for each in appointments:
            times = span(each)
            if times is not None and resources.takes_time(
                each, diary.practitioner, tentative_is_busy=self.tentative_is_busy
            ):
                yield Busy(*times, self.patients.naming.visit_in(each))

    def _slotted(self, slots: Iterable[Resource], ours: Sequence[Busy]) -> Iterable[Busy]:
        """Slots that are taken; one within a visit of ours is taken by that."""
        for each in slots:
            times = span(each)
            if times is None or not resources.slot_takes_time(
                each, tentative_is_busy=self.tentative_is_busy
            ):
                continue
            within = (own for own in ours if own.starts_at <= times[0] and times[1] <= own.ends_at)
            if next(within, None) is None:
                yield Busy(*times)

    def _seen(self, appointments: Iterable[Resource]) -> Iterable[Seen]:
        for each in appointments:
            visit_id = self.patients.naming.visit_in(each)
            if visit_id is not None:
                times = None if resources.is_gone(each) else span(each)
                start, end = times or (None, None)
                yield Seen(visit_id, start, end, resources.status_of(each))


def _people(resource: Resource) -> list[Resource]:
    return resources.actors_of(resource, "Practitioner")


def _written(said: Sequence[Mapping[str, object]]) -> Written:
    """Where the last of what was written stands. Raises `Overtaken` if it stood there before."""
    told = said[-1]
    if not str(told.get("status", "")).startswith("201"):
        raise Overtaken
    found = WRITTEN.search(str(told.get("location", "")))
    if found is None:
        raise Unavailable("The FHIR server does not say where it has written")
    return Written(found[1], found[2] or "")
