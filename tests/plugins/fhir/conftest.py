"""A practice whose own system is a real FHIR server, our client of it, and the road there."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain import appointments, calendars
from domain.appointments import rules
from domain.appointments.models import Appointment
from domain.appointments.service import Booking
from domain.appointments.visitors import Visitor as Comes
from domain.business import versions
from domain.calendars.models import CalendarLink
from domain.calendars.ports import Place
from domain.calendars.repository import CalendarLinks
from domain.calendars.service import NewLink
from integrations.fhir import (
    BackendClient,
    FhirCalendar,
    Patients,
    SmartAccess,
    Tokens,
    Visitor,
    Wire,
)
from integrations.fhir.resources import Naming
from integrations.http_out import Outbound, Reach
from plugins import settings
from plugins.fhir.settings import SCOPES
from plugins.fhir.visitors import NAME
from plugins.registry import Registry
from plugins.way_out import CALENDAR, WayOut
from tests.factories.business import Practice as Business
from tests.factories.business import open_practice
from tests.factories.callers import Caller, ring
from tests.fakes.fhir_server import CLIENT, KEY_ID, FhirServer, fhir_server, milliseconds
from tests.plugins.conftest import Road

# Tuesday, in the middle of the morning of the practice.
TEN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOOPBACK = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0)
WAY_OUT = WayOut.to(CALENDAR, LOOPBACK)
ANNA = Visitor(UUID(int=1), "Anna Schmidt", "+12125550142", reason="Exam")


@dataclass
class Guests:
    """Whoever comes to any visit."""

    visitor: Visitor | None = ANNA

    async def of(self, visit_id: UUID) -> Visitor | None:
        return self.visitor


@dataclass
class Practice:
    """The server, our client of it, and one dentist."""

    server: FhirServer
    client: FhirCalendar
    guests: Guests
    clock: Any
    who: str = ""
    diary: str = ""

    @property
    def place(self) -> Place:
        return Place(self.diary)

    async def wait(self, by: timedelta) -> None:
        self.clock.advance(by)
        await self.server.control(now=milliseconds(self.clock.now()))


def client_of(server: FhirServer, clock: Any, guests: Guests, algorithm: str) -> FhirCalendar:
    known = BackendClient(CLIENT, f"{KEY_ID}-{algorithm}", server.keys[algorithm], SCOPES)
    access = SmartAccess(server.base, "one", known, WAY_OUT, clock, Tokens())
    patients = Patients(Wire(server.base, WAY_OUT, access), Naming("one"))
    return FhirCalendar(patients.wire, patients, guests, clock)


@pytest.fixture(scope="session")
async def fhir() -> AsyncIterator[FhirServer]:
    async with fhir_server() as server:
        yield server


@pytest.fixture
async def practice(fhir: FhirServer, clock: Any) -> Practice:
    await fhir.control(reset=True, now=milliseconds(clock.now()))
    guests = Guests()
    made = Practice(fhir, client_of(fhir, clock, guests, "ES384"), guests, clock)
    made.who, made.diary = await fhir.dentist()
    return made


@dataclass
class Office:
    """A business with the plugin on, its dentist linked, and what may be done with both."""

    road: Road
    business: Business
    practice: Practice
    caller: Caller

    def open(self) -> Any:
        return self.road.unit_of_work(self.road.scope)

    async def link(self) -> CalendarLink:
        title = "Dr. Maya Lee"
        new = NewLink(self.business.dr_lee_id, NAME, self.practice.diary, title)
        async with self.open() as uow:
            row = await calendars.link(uow, new)
        await self.road.travel()
        return row

    async def book(self, starts_at: datetime = TEN, visitor: Comes | None = None) -> Appointment:
        async with self.open() as uow:
            profile = await versions.profile(uow)
            caller = self.caller.contact_id
            wanted = Booking(caller, self.business.exam_id, starts_at, visitor=visitor)
            visit = await appointments.book(uow, profile, wanted)
        await self.road.travel()
        return visit

    async def do(self, deed: Any, *values: Any) -> None:
        """A deed of appointments that wants the profile, and what follows."""
        async with self.open() as uow:
            await deed(uow, await versions.profile(uow), *values)
        await self.road.travel()

    async def free_times(self) -> list[datetime]:
        """When an exam could begin on Tuesday."""
        async with self.open() as uow:
            profile = await versions.profile(uow)
            wanted = rules.wish(profile, self.business.exam_id)
            day = TEN.date()
            found = await appointments.availability(uow, profile, wanted, day, day)
        return [each.starts_at for each in found]

    async def row(self) -> CalendarLink:
        async with self.open() as uow:
            [row] = await CalendarLinks(uow).listed()
        return row

    async def poll(self) -> None:
        """Let five minutes go by, with the workers at work."""
        await self.practice.wait(timedelta(minutes=5, seconds=1))
        # What a delivery causes is delivered, too.
        while await self.road.travel():
            pass


def given(server: FhirServer) -> dict[str, str]:
    """What a tenant sets."""
    return {
        "base_url": server.base,
        "client_id": CLIENT,
        "key_id": f"{KEY_ID}-ES384",
        "private_key": server.keys["ES384"],
    }


@pytest.fixture
async def office(road: Any, practice: Practice, unit_of_work: Any, scope: Any) -> Office:
    business = await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name="Anna Schmidt")
    made = road(Registry(), http=LOOPBACK)
    async with unit_of_work(scope) as uow:
        await settings.configure(uow, made.registry, NAME, given(practice.server))
        await settings.enable(uow, made.registry, NAME)
    return Office(made, business, practice, caller)
