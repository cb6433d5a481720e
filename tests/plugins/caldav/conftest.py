"""A practice whose dentist keeps a calendar at a real Radicale, and the road there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain import appointments, calendars
from domain.appointments import rules
from domain.appointments.models import Appointment
from domain.appointments.service import Booking
from domain.business import versions
from domain.calendars.models import CalendarEntry, CalendarLink
from domain.calendars.repository import CalendarEntries, CalendarLinks
from domain.calendars.service import NewLink
from domain.work import UnitOfWork
from integrations.http_out import Outbound, Reach
from plugins import settings
from plugins.admission import Equipment
from plugins.caldav.handlers import NAME
from plugins.freshening import Freshening
from plugins.guard import Breakers
from plugins.providers import Providers
from plugins.registry import Registry
from tests.factories.business import Practice, open_practice
from tests.factories.callers import ring
from tests.fakes.radicale_server import PASSWORD, Radicale, radicale
from tests.plugins.conftest import Road

# Tuesday, in the middle of the morning of the practice.
TEN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOOPBACK = Outbound(Reach.parse("127.0.0.0/8"), patience=5.0)


@dataclass
class Office:
    """The practice, its dentist's calendar, and what may be done with both."""

    road: Road
    practice: Practice
    server: Radicale
    address: str
    contact_id: UUID

    def open(self) -> Any:
        return self.road.unit_of_work(self.road.scope)

    async def link(self, **more: Any) -> CalendarLink:
        """Link the dentist's calendar, and let what follows happen."""
        new = NewLink(self.practice.dr_lee_id, NAME, self.address, "Dr. Lee", **more)
        async with self.open() as uow:
            row = await calendars.link(uow, new)
        await self.road.travel()
        return row

    async def book(self, starts_at: datetime = TEN) -> Appointment:
        async with self.open() as uow:
            profile = await versions.profile(uow)
            wanted = Booking(self.contact_id, self.practice.exam_id, starts_at)
            return await appointments.book(uow, profile, wanted)

    async def do(self, deed: Any, *values: Any) -> Any:
        """A deed of appointments that wants the profile."""
        async with self.open() as uow:
            return await deed(uow, await versions.profile(uow), *values)

    async def free(self, uow: UnitOfWork) -> list[datetime]:
        """When an exam could begin on Tuesday."""
        profile = await versions.profile(uow)
        wanted = rules.wish(profile, self.practice.exam_id)
        day = TEN.date()
        found = await appointments.availability(uow, profile, wanted, day, day)
        return [each.starts_at for each in found]

    async def free_times(self) -> list[datetime]:
        async with self.open() as uow:
            return await self.free(uow)

    async def row(self) -> CalendarLink:
        async with self.open() as uow:
            [row] = await CalendarLinks(uow).listed()
        return row

    async def entries(self) -> list[CalendarEntry]:
        async with self.open() as uow:
            return await CalendarEntries(uow).page(CalendarEntries(uow).all())

    async def poll(self) -> None:
        """Let five minutes go by, with the workers at work."""
        self.road.wait(timedelta(minutes=5, seconds=1))
        # What a delivery causes is delivered, too.
        while await self.road.travel():
            pass

    def there(self) -> list[str]:
        """The texts of what of ours stands in the calendar."""
        folder = self.server.folder / "collections/collection-root/lee/work"
        return [path.read_text() for path in folder.glob("*.ics") if "DESKBELL" in path.read_text()]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    with radicale(tmp_path) as server:
        yield server


@pytest.fixture
async def office(road: Any, server: Radicale, unit_of_work: Any, scope: Any) -> Office:
    practice = await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name="Anna Schmidt")
    made = road(Registry(), http=LOOPBACK)
    given = {"url": f"{server.url}/", "username": "lee", "password": PASSWORD}
    async with unit_of_work(scope) as uow:
        await settings.configure(uow, made.registry, NAME, given)
        await settings.enable(uow, made.registry, NAME)
    return Office(made, practice, server, server.calendar(), caller.contact_id)


@pytest.fixture
def freshening(office: Office) -> Freshening:
    """As a process that answers calls has it."""
    work = office.road.unit_of_work
    providers = Providers(office.road.registry, Equipment(work, LOOPBACK), Breakers(work.clock))
    return Freshening(work, providers, budget=3.0)


@pytest.fixture
def freshen(office: Office, freshening: Freshening) -> Any:
    return partial(freshening.freshen, office.road.scope, [office.practice.dr_lee_id])
