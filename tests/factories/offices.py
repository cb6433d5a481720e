"""A practice whose dentist keeps a calendar elsewhere, and what may be done there."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain import appointments, calendars
from domain.appointments import rules
from domain.appointments.models import Appointment
from domain.appointments.service import Booking
from domain.business import versions
from domain.calendars.models import CalendarEntry, CalendarLink
from domain.calendars.repository import CalendarEntries, CalendarLinks
from domain.calendars.service import NewLink
from domain.work import UnitOfWork
from tests.factories.business import Practice
from tests.factories.outbox import payloads

# Tuesday, in the middle of the morning of the practice.
TEN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@dataclass
class CalendarOffice:
    """The practice, its dentist's calendar, and what may be done with both."""

    road: Any
    practice: Practice
    plugin: str
    address: str
    contact_id: UUID

    def open(self) -> Any:
        return self.road.unit_of_work(self.road.scope)

    async def link(self, **more: Any) -> CalendarLink:
        """Link the dentist's calendar, and let what follows happen."""
        new = NewLink(self.practice.dr_lee_id, self.plugin, self.address, "Dr. Lee", **more)
        async with self.open() as uow:
            row = await calendars.link(uow, new)
        await self.road.travel()
        return row

    async def book(self, starts_at: datetime = TEN) -> Appointment:
        async with self.open() as uow:
            profile = await versions.profile(uow)
            wanted = Booking(self.contact_id, self.practice.exam_id, starts_at)
            return await appointments.book(uow, profile, wanted)

    async def booked(self, starts_at: datetime = TEN) -> Appointment:
        """Book, and let what follows happen."""
        visit = await self.book(starts_at)
        await self.travel()
        return visit

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

    async def happened(self, event: Any) -> list[dict[str, Any]]:
        return await payloads(self.road.unit_of_work, self.road.scope, event.name)

    async def travel(self) -> None:
        """Deliver, with what deliveries cause."""
        while await self.road.travel():
            pass

    async def poll(self, by: timedelta = timedelta(minutes=5, seconds=1)) -> None:
        """Let five minutes go by, with the workers at work."""
        self.road.wait(by)
        await self.travel()
