"""Putting somebody on file once, whatever the vendor, and noting there what happened.

A vendor brings its own words and requests (`Vendor`); who is meant, what is filled in and what is
done twice without harm is the same for all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from domain.crm.ports import (
    CallNote,
    Change,
    FieldThere,
    Kind,
    NewDeal,
    NewTask,
    OnFile,
    Person,
    Place,
)
from domain.crm.wire import Taken, Wire, nonsense
from domain.phone import same_number

# A page is longer; fewer people than this were changed at one moment by hand.
FEW = 50


@dataclass(frozen=True)
class Found:
    """A record there, as far as it is looked at."""

    record: str
    ours: str = ""
    """Our id of it, if it says so."""
    name: str = ""
    company: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """What stands in its fields, by their names there."""
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """What is to stand there, once, under an id of ours."""

    kind: Kind
    id: UUID
    values: Mapping[str, Any]
    contact: str = ""
    """The record that it belongs to."""


class Vendor(Protocol):
    """One account: its own words, and its requests.

    Requests raise as the port says; `Taken`, where a value is somebody's already; and `KeyError`,
    where there is no such record.
    """

    @property
    def wire(self) -> Wire:
        """How it is asked."""

    @property
    def ours(self) -> str:
        """The field that holds our ids of people; empty, if none does."""

    @property
    def address(self) -> str:
        """The field of the e-mail address."""

    def person(self, person: Person) -> dict[str, str]:
        """Somebody, by the names of the fields there; what is empty is left out."""

    def call(self, call: CallNote) -> dict[str, Any]:
        """A call, in its words."""

    def deal(self, deal: NewDeal) -> dict[str, Any]:
        """Somebody's interest, in its words."""

    def task(self, task: NewTask) -> dict[str, Any]:
        """Something to be done, in its words."""

    async def contact(self, record: str) -> Found | None:
        """Somebody by their record."""

    async def known(self, kind: Kind, id: UUID, contact: str) -> Found | None:
        """Something by our id of it, and by the record that it belongs to."""

    async def search(self, phone: str, email: str) -> Sequence[Found]:
        """Who may have this number or address; too many rather than too few, the oldest first."""

    async def create(self, entry: Entry) -> str:
        """Make a record."""

    async def change(self, known: Found, values: Mapping[str, str]) -> None:
        """Write into fields of somebody's record."""

    async def delete(self, kind: Kind, record: str) -> None:
        """Delete a record, as completely as the vendor lets us."""

    async def fields(self) -> Sequence[FieldThere]:
        """Which fields contacts have."""

    async def changed(self, since: datetime, also: Sequence[str]) -> Sequence[Found]:
        """Who was changed at or after a moment, in order; a page of them."""


@dataclass(frozen=True)
class Filing:
    """Keeps to the port of customer files, at any vendor's."""

    vendor: Vendor
    region: str = "US"
    """Where numbers are read that are written without the code of a country."""

    @property
    def left(self) -> float:
        """How much of the requests of a day is left."""
        return self.vendor.wire.day.left

    async def find(self, phone: str, email: str) -> Sequence[OnFile]:
        """Who has this number or address."""
        found = await self._search(phone, email)
        return [OnFile(each.record, each.name, each.company) for each in found]

    async def upsert_contact(self, person: Person, record: str, *, correct: bool) -> str:
        """See that somebody is on file; found by our id, then by number and address."""
        known = await self._known(person, record)
        if known is None:
            return await self._new_contact(person)
        return await self._fill(person, known, correct)

    async def log_call(self, call: CallNote, contact: str) -> str:
        """A call that is over, with its summary."""
        return await self._once(Entry(Kind.CALL, call.call_id, self.vendor.call(call), contact))

    async def create_lead(self, deal: NewDeal, contact: str) -> str:
        """Somebody's interest, as a deal."""
        return await self._once(Entry(Kind.LEAD, deal.lead_id, self.vendor.deal(deal), contact))

    async def create_task(self, task: NewTask, contact: str) -> str:
        """Something to be done."""
        return await self._once(Entry(Kind.TASK, task.message_id, self.vendor.task(task), contact))

    async def erase(self, kind: Kind, record: str) -> None:
        """Delete for good."""
        try:
            await self.vendor.delete(kind, record)
        except KeyError:
            return

    async def fields(self) -> Sequence[FieldThere]:
        """Which fields contacts have there."""
        return await self.vendor.fields()

    async def read(self, record: str) -> Change | None:
        """Somebody as they stand there now."""
        found = await self.vendor.contact(record)
        return _change(found) if found is not None else None

    async def changes(self, after: Place, also: Sequence[str]) -> Sequence[Change]:
        """Who was changed after a place."""
        page = await self.vendor.changed(after.at, also)
        found = [
            each
            for each in map(_change, page)
            if each is not None and (each.at > after.at or each.record not in after.seen)
        ]
        if page and not found:
            # More were changed at one moment than fit on a page: an import. We go on after it.
            beyond = after.at + timedelta(seconds=1)
            return await self.changes(Place(beyond), also) if len(page) > FEW else []
        return found

    async def _known(self, person: Person, record: str) -> Found | None:
        if record and (there := await self.vendor.contact(record)):
            return there
        if there := await self.vendor.known(Kind.CONTACT, person.contact_id, ""):
            return there
        return next(iter(await self._search(person.phone, person.email)), None)

    async def _search(self, phone: str, email: str) -> list[Found]:
        """Whom it knows by a number or address; those of ours first."""
        if not phone and not email:
            return []
        found = [
            each
            for each in await self.vendor.search(phone, email)
            if self._is_meant(each, phone, email)
        ]
        return sorted(found, key=lambda each: not each.ours)

    def _is_meant(self, found: Found, phone: str, email: str) -> bool:
        """Whether it is so: half a number is that of many, in other countries."""
        if email and found.email.lower() == email.lower():
            return True
        return bool(phone) and any(
            each and same_number(each, phone, self.region) for each in found.phones
        )

    async def _new_contact(self, person: Person) -> str:
        entry = Entry(Kind.CONTACT, person.contact_id, self.vendor.person(person))
        try:
            return await self.vendor.create(entry)
        except Taken as taken:
            # Somebody was faster; or the search does not know yet who was added just now.
            known = (
                await self.vendor.known(Kind.CONTACT, person.contact_id, "")
                or (taken.record and await self.vendor.contact(taken.record))
                or next(iter(await self._search(person.phone, person.email)), None)
            )
        if not known:
            raise nonsense()
        return await self._fill(person, known, correct=False)

    async def _fill(self, person: Person, known: Found, correct: bool) -> str:
        """Say what is not said there; or what is right now, if that is to be corrected."""
        there = known.values
        values = {
            name: value
            for name, value in self.vendor.person(person).items()
            if there.get(name, "") != value and (correct or not there.get(name))
        }
        if self.vendor.ours and not known.ours:
            values[self.vendor.ours] = str(person.contact_id)
        if not values:
            return known.record
        # An address may be that of another record there: people share them. Our id may be, if
        # somebody has copied a record.
        for shared in (self.vendor.address, self.vendor.ours):
            try:
                await self.vendor.change(known, values)
            except Taken:
                values.pop(shared, None)
                if values:
                    continue
            return known.record
        await self.vendor.change(known, values)
        return known.record

    async def _once(self, entry: Entry) -> str:
        """Make a record, unless it is there under this id of ours."""
        if there := await self.vendor.known(entry.kind, entry.id, entry.contact):
            return there.record
        try:
            return await self.vendor.create(entry)
        except Taken:
            there = await self.vendor.known(entry.kind, entry.id, entry.contact)
        if there is None:
            raise nonsense()
        return there.record


def _change(found: Found) -> Change | None:
    if found.changed_at is None:
        return None
    return Change(found.record, found.changed_at, found.name, found.email, found.values)


def first_and_last(name: str) -> tuple[str, str]:
    """The first name, and the rest."""
    first, _, last = name.strip().partition(" ")
    return first, last.strip()


def filled(**values: str) -> dict[str, str]:
    """What is not empty."""
    return {name: value for name, value in values.items() if value}
