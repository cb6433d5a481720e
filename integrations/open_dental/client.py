"""The appointment book of a practice; keeps to the port of calendars.

A diary is `provider/1/operatory/2`, a provider in the operatory where they are booked, or
`operatory/2`, which is only read: an appointment is written once, with its provider.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.calendars.ports import (
    Busy,
    Calendar,
    CalendarGone,
    CalendarRefused,
    Changes,
    Entry,
    Place,
    Seen,
    Written,
)
from domain.calendars.reading import Reading, within
from domain.clock import Clock
from integrations.open_dental import rows
from integrations.open_dental.patients import Patients
from integrations.open_dental.ports import NotThere, Row, Visitors
from integrations.open_dental.rows import COMPLETE, PLACE, SCHEDULED, Diary, is_true, number
from integrations.open_dental.token import Token
from integrations.open_dental.wire import Wire

# As far as anybody may book ahead.
AHEAD = timedelta(days=731)
# What began yesterday may go on today; and whoever asks looks a day back by themselves.
BEFORE, BEHIND = timedelta(days=1), timedelta(days=3)


@dataclass(frozen=True)
class Habits:
    """How a practice reads its own book."""

    blockouts_are_busy: bool = True
    keeps_to_schedules: bool = False
    """Whether a provider is there only in the blocks of their schedule."""


@dataclass(frozen=True)
class OpenDentalBook:
    """One practice. It is made anew for each job, and reads what several diaries need once."""

    wire: Wire
    patients: Patients
    visitors: Visitors
    clock: Clock
    reading: Reading
    habits: Habits = Habits()
    _read: dict[tuple[date, date], list[Row]] = field(default_factory=dict)
    _rooms: dict[int, Row] = field(default_factory=dict)

    async def calendars(self, account: UUID | None = None) -> Sequence[Calendar]:
        """Each provider in the operatories that are theirs, and each operatory by itself."""
        people = {
            number(each, "ProvNum"): rows.words(each, "FName", "LName") or str(each.get("Abbr", ""))
            for each in await self.wire.all("providers", {})
            if not is_true(each, "IsHidden") and not is_true(each, "IsNotPerson")
        }
        found, alone = [], []
        for id, room in (await self._operatories()).items():
            name = rows.words(room, "OpName") or str(room.get("Abbrev", ""))
            alone.append(Calendar(f"operatory/{id}", name, writable=False))
            for who in ("ProvDentist", "ProvHygienist"):
                if (provider := number(room, who)) in people:
                    address = f"provider/{provider}/operatory/{id}"
                    found.append(Calendar(address, f"{people[provider]} · {name}"))
        return [*found, *alone]

    async def busy(self, place: Place, start: datetime, end: datetime) -> Sequence[Busy]:
        """When a provider, or their operatory, is taken; or they are not there at all."""
        diary = await self._diary(place.address)
        first, last = rows.day_of(start - BEFORE, self.reading), rows.day_of(end, self.reading)
        times = list(self._taken(diary, await self._appointments(first, last)))
        if self.habits.blockouts_are_busy:
            times += await self._blocked(diary, first, last)
        if self.habits.keeps_to_schedules and diary.provider:
            times += await self._absent(diary, start, end)
        return within(times, start, end)

    async def put(self, place: Place, entry: Entry, known: Written | None) -> Written:
        """Have a visit stand there as an appointment of its patient."""
        diary = await self._diary(place.address)
        if not diary.provider:
            raise CalendarRefused("operatory_alone")
        there = await self._known(known)
        return await (self._book(diary, entry) if there is None else self._set(diary, entry, there))

    async def remove(self, place: Place, visit_id: UUID, known: Written | None) -> None:
        """Break the appointment, so that it waits on the unscheduled list of the practice."""
        there = await self._known(known) or await self._marked(visit_id)
        # Only what is scheduled can be broken; what took place stays as the practice has noted it.
        if there is not None and there.get("AptStatus") == SCHEDULED:
            # No `breakType`: that would charge a fee.
            await self.wire.update(f"{_address(there)}/Break", {"sendToUnscheduledList": "true"})

    async def changes(self, place: Place, since: str) -> Changes:
        """What has changed since a token; everything, once in an hour."""
        diary = await self._diary(place.address)
        now = self.clock.now()
        known = Token.read(since, now)
        if known is None:
            found = await self._appointments(*self._everything(now))
            ours = [each for each in found if diary.concerns(each)]
            token = Token(now, "").after(rows.server_time(found), found, ours)
            return Changes(token.text, True, tuple(self._seen(diary, ours)), complete=True)
        found = await self.wire.all("appointments", {"DateTStamp": known.asked_from})
        news = [
            each
            for each in known.news(found)
            if diary.concerns(each) or number(each, "AptNum") in known.ours
        ]
        token = known.after(rows.server_time(found), found, news)
        return Changes(token.text, bool(news), tuple(self._seen(diary, news)))

    async def _operatories(self) -> dict[int, Row]:
        if not self._rooms:
            for each in await self.wire.all("operatories", {}):
                if not is_true(each, "IsHidden"):
                    self._rooms[number(each, "OperatoryNum")] = each
        return self._rooms

    async def _diary(self, address: str) -> Diary:
        """Whose it is. Raises `CalendarGone`."""
        named = PLACE.fullmatch(address)
        room = (await self._operatories()).get(int(named[2])) if named else None
        if named is None or room is None:
            raise CalendarGone
        provider = int(named[1] or 0)
        dentist, hygienist = number(room, "ProvDentist"), number(room, "ProvHygienist")
        beside = provider == hygienist and provider != dentist
        return Diary(int(named[2]), provider, dentist if beside else 0)

    def _everything(self, now: datetime) -> tuple[date, date]:
        return rows.day_of(now - BEHIND, self.reading), rows.day_of(now + AHEAD, self.reading)

    async def _appointments(self, first: date, last: date) -> list[Row]:
        """Everybody's appointments between two dates: the API tells no provider from another."""
        for (since, until), found in self._read.items():
            if since <= first and last <= until:
                return found
        asked = {"dateStart": first.isoformat(), "dateEnd": last.isoformat()}
        self._read[first, last] = await self.wire.all("appointments", asked)
        return self._read[first, last]

    async def _schedules(self, kind: str, first: date, last: date, **more: str) -> list[Row]:
        asked = {"dateStart": first.isoformat(), "dateEnd": last.isoformat(), "SchedType": kind}
        return await self.wire.all("schedules", asked | more)

    async def _blocked(self, diary: Diary, first: date, last: date) -> list[Busy]:
        found = rows.schedule_spans(await self._schedules("Blockout", first, last), self.reading)
        room = str(diary.operatory)
        return [Busy(*times) for row, times in found if room in rows.operatories(row)]

    async def _absent(self, diary: Diary, start: datetime, end: datetime) -> list[Busy]:
        first, last = rows.day_of(start, self.reading), rows.day_of(end, self.reading)
        blocks = await self._schedules("Provider", first, last, ProvNum=str(diary.provider))
        room = str(diary.operatory)
        there = [
            times
            for row, times in rows.schedule_spans(blocks, self.reading)
            if room in (rows.operatories(row) or {room})
        ]
        return list(rows.outside(there, start, end))

    def _taken(self, diary: Diary, found: Iterable[Row]) -> Iterable[Busy]:
        for each in found:
            times = rows.span(each, self.reading)
            if times is not None and rows.takes_time(each) and diary.concerns(each):
                yield Busy(*times, rows.visit_in(each))

    def _seen(self, diary: Diary, found: Iterable[Row]) -> Iterable[Seen]:
        for each in found:
            visit_id, times = rows.visit_in(each), rows.span(each, self.reading)
            if visit_id is None:
                continue
            stands = times is not None and rows.takes_time(each) and diary.attends(each)
            yield Seen(visit_id, *times) if stands and times else Seen(visit_id)

    async def _known(self, known: Written | None) -> Row | None:
        """The appointment that was written, wherever somebody has put it."""
        if known is None:
            return None
        try:
            return await self.wire.one(known.address)
        except NotThere:
            return None

    async def _marked(self, visit_id: UUID) -> Row | None:
        """The appointment that carries the mark of a visit."""
        found = await self._appointments(*self._everything(self.clock.now()))
        return _of_visit(found, visit_id)

    async def _book(self, diary: Diary, entry: Entry) -> Written:
        visitor = await self.visitors.of(entry.visit_id)
        if visitor is None:
            # Every appointment there has a patient, and of this one nobody may be told.
            raise CalendarRefused("patient_withheld")
        patient = await self.patients.of(visitor)
        if not patient.is_new:
            # It may have been written before, and nobody heard of that.
            theirs = await self.wire.all("appointments", {"PatNum": str(patient.number)})
            if there := _of_visit(theirs, entry.visit_id):
                return await self._set(diary, entry, there)
        reason = visitor.reason or entry.title
        made = await self.wire.create(
            "appointments",
            {
                "PatNum": patient.number,
                "AptDateTime": rows.written(entry.starts_at, self.reading),
                "Pattern": rows.pattern(entry.ends_at - entry.starts_at),
                "Note": f"{reason} · {rows.mark(entry.visit_id)}",
                "IsNewPatient": "true" if patient.is_new else "false",
                **diary.staffing,
            },
        )
        return Written(_address(made))

    async def _set(self, diary: Diary, entry: Entry, there: Row) -> Written:
        """Write what is different; what the practice has noted of a visit stays."""
        written = Written(_address(there))
        if there.get("AptStatus") == COMPLETE:
            return written
        changes: Row = {}
        if there.get("AptStatus") != SCHEDULED:
            changes["AptStatus"] = SCHEDULED
        if rows.instant(there.get("AptDateTime"), self.reading) != entry.starts_at:
            changes["AptDateTime"] = rows.written(entry.starts_at, self.reading)
        pattern = rows.pattern(entry.ends_at - entry.starts_at)
        if len(pattern) != len(str(there.get("Pattern", ""))):
            changes["Pattern"] = pattern
        if not diary.attends(there):
            changes |= diary.staffing
        if changes:
            await self.wire.update(written.address, changes)
        if rows.visit_in(there) != entry.visit_id:
            await self.wire.update(f"{written.address}/Note", {"Note": rows.mark(entry.visit_id)})
        return written


def _of_visit(found: Iterable[Row], visit_id: UUID) -> Row | None:
    """The appointment of a visit; one that stands before one that does not."""
    marked = [each for each in found if rows.visit_in(each) == visit_id]
    return min(marked, key=lambda each: not rows.takes_time(each), default=None)


def _address(row: Row) -> str:
    return f"appointments/{number(row, 'AptNum')}"
