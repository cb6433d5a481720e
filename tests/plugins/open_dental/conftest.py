"""A practice at Open Dental, our client of it, and the road there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import appointments
from domain.appointments.service import Booking
from domain.appointments.visitors import Visitor as Guest
from domain.calendars.ports import Entry, Place
from domain.calendars.reading import Reading
from integrations.http_out import Outbound, Reach
from integrations.open_dental import (
    Habits,
    Keys,
    OpenDentalBook,
    Paces,
    Patients,
    Visitor,
    Wire,
)
from plugins import settings
from plugins.open_dental.visitors import NAME
from plugins.registry import Registry
from plugins.way_out import CALENDAR, WayOut
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.offices import CalendarOffice
from tests.fakes.open_dental import ROOT, FakeOpenDental
from tests.fakes.serving import free_port, serving

TEN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BORN = date(1990, 1, 2)
ANNA = Visitor("Anna Schmidt", BORN, "+12125550142", "Exam")
LOOPBACK = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0)


@dataclass
class Guests:
    """Whoever comes to any visit."""

    visitor: Visitor | None = ANNA

    async def of(self, visit_id: UUID) -> Visitor | None:
        return self.visitor


@dataclass
class Practice:
    """The practice, one dentist in one room, and our client of both."""

    there: FakeOpenDental
    base: str
    clock: Any
    guests: Guests = field(default_factory=Guests)
    dentist: int = 0
    room: int = 0

    @property
    def place(self) -> Place:
        return Place(f"provider/{self.dentist}/operatory/{self.room}")

    def book(self, **habits: bool) -> OpenDentalBook:
        """As it is made anew for each job."""
        out, pace = WayOut.to(CALENDAR, LOOPBACK), Paces().of("one", self.clock)
        wire = Wire(self.base, Keys("developer", "customer"), out, pace, 0)
        reading = Reading("America/New_York")
        return OpenDentalBook(
            wire, Patients(wire), self.guests, self.clock, reading, Habits(**habits)
        )

    def visit(self, number: int = 7, at: datetime = TEN, lasts: timedelta = HOUR) -> Entry:
        return Entry(UUID(int=number), at, at + lasts, "America/New_York", "Exam")


@pytest.fixture
async def practice(clock: Any) -> AsyncIterator[Practice]:
    there = FakeOpenDental(clock)
    async with serving(there.app(), free_port()) as port:
        made = Practice(there, f"http://127.0.0.1:{port}{ROOT}", clock)
        made.dentist = there.person("Maya", "Lee")
        made.room = there.room(made.dentist)
        yield made
    assert there.undocumented == []


@dataclass
class Office(CalendarOffice):
    """The business, and the practice's book."""

    there: FakeOpenDental
    caller: Any

    async def booked_for(self, name: str, born: date = BORN, at: datetime = TEN) -> Any:
        """Book for somebody by name and date of birth, and let what follows happen."""
        wanted = Booking(self.contact_id, self.practice.exam_id, at, visitor=Guest(name, born))
        visit = await self.do(appointments.book, wanted)
        await self.travel()
        return visit

    @property
    def only(self) -> dict[str, Any]:
        """The only appointment that stands there."""
        [row] = self.there.appointments.values()
        return row


@pytest.fixture
async def office(road: Any, practice: Practice, unit_of_work: Any, scope: Any) -> Office:
    business = await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name="Anna Schmidt")
    made = road(Registry(), http=LOOPBACK)
    given = {
        "base_url": practice.base,
        "developer_key": "developer",
        "customer_key": "customer",
        "seconds_between_requests": 0,
    }
    async with unit_of_work(scope) as uow:
        await settings.configure(uow, made.registry, NAME, given)
        await settings.enable(uow, made.registry, NAME)
    return Office(
        made, business, NAME, practice.place.address, caller.contact_id, practice.there, caller
    )
