"""Waiting for a visit: who is told of what comes free, and in which order."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from domain import appointments, business, conversations, waitlist
from domain.appointments.errors import NotBookable
from domain.appointments.models import Appointment
from domain.business import versions
from domain.errors import InvalidInput, NotFound
from domain.messages.models import Priority
from domain.messages.repository import Messages
from domain.outreach.gate import Gate
from domain.outreach.outbound.events import OutboundRefused
from domain.outreach.outbound.repository import Outbounds
from domain.outreach.outbound.worker import OutboundWorker
from domain.receptionist.handlers import have_waiter_called, tell_waiter
from domain.scope import Scope
from domain.waitlist import handlers, jobs
from domain.waitlist.events import WaitlistOffered
from domain.waitlist.models import Wait, WaitState
from domain.waitlist.repository import Waits
from domain.waitlist.rules import DayPart, Whenever
from domain.work import UnitsOfWork
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tests.conftest import NOW
from tests.factories.business import Practice, open_practice
from tests.factories.callers import Caller, ring
from tests.factories.outbox import payloads
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

TUESDAY = date(2026, 11, 17)
ONE_DAY = timedelta(days=1)
ON_TUESDAY = Whenever(TUESDAY, TUESDAY)
MORNING = Whenever(TUESDAY, TUESDAY, DayPart.MORNING)
HOUR = timedelta(hours=1)
# Ten in the morning of Tuesday.
TEN = NOW + timedelta(days=1)


@dataclass(frozen=True)
class Room:
    """The waiting room of a practice: people who book, wait and call off exams with Dr. Lee."""

    unit_of_work: UnitsOfWork
    scope: Scope
    practice: Practice
    road: Road

    async def person(self, name: str) -> Caller:
        return await ring(self.unit_of_work, self.scope, name=name)

    async def book(self, who: Caller, starts_at: datetime = TEN) -> Appointment:
        async with self.unit_of_work(self.scope) as uow:
            wanted = appointments.Booking(who.contact_id, self.practice.exam_id, starts_at)
            return await appointments.book(uow, await versions.profile(uow), wanted)

    async def join(
        self,
        who: Caller,
        whenever: Whenever = ON_TUESDAY,
        *,
        by: Caller | None = None,
        resource_id: UUID | None = None,
    ) -> Wait:
        """Let somebody wait; the staff does it, unless a caller does."""
        async with self.unit_of_work(by.scope if by else self.scope) as uow:
            waiter = waitlist.Waiter(
                who.contact_id,
                self.practice.exam_id,
                whenever,
                resource_id=resource_id,
                conversation_id=by.conversation_id if by else None,
            )
            return await waitlist.join(uow, await versions.profile(uow), waiter)

    async def leave(self, wait: Wait, by: Caller | None = None) -> None:
        async with self.unit_of_work(by.scope if by else self.scope) as uow:
            await waitlist.leave(uow, wait.id)

    async def cancel(self, visit: Appointment) -> None:
        async with self.unit_of_work(self.scope) as uow:
            await appointments.cancel(uow, await versions.profile(uow), visit.id)
        await self.settle()

    async def settle(self) -> None:
        """Let everything react, and to what came of it."""
        while await self.road.travel():
            pass

    async def states(self, *waits: Wait) -> list[WaitState]:
        async with self.unit_of_work(self.scope) as uow:
            rows = {row.id: row.state for row in await Waits(uow).many([w.id for w in waits])}
        return [rows[wait.id] for wait in waits]

    async def told(self) -> list[tuple[UUID, str]]:
        """Who was to be texted, and what."""
        async with self.unit_of_work(self.scope) as uow:
            asked = await Outbounds(uow).page(Outbounds(uow).all().order_by("asked_at", "id"))
            return [(row.contact_id, row.words.read()) for row in asked]


@pytest.fixture
async def room(unit_of_work, scope, database) -> Room:
    told = (
        *handlers.HANDLERS,
        (OutboundRefused, have_waiter_called),
        (WaitlistOffered, tell_waiter),
    )
    # There is nobody who carries texts: what was asked for can be read, and goes nowhere.
    sending = OutboundWorker(Gate(frozenset))
    registry = Registry(told, (*jobs.JOBS, *sending.jobs), plugins=())
    deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
    road = Road(registry, unit_of_work, scope, database, deliverer)
    return Room(unit_of_work, scope, await open_practice(unit_of_work, scope), road)


@pytest.fixture
async def anna(room) -> Caller:
    return await room.person("Anna Smith")


@pytest.fixture
async def ben(room) -> Caller:
    return await room.person("Ben Ode")


@pytest.fixture
async def cleo(room) -> Caller:
    return await room.person("Cleo Park")


async def test_a_visit_called_off_goes_to_whoever_waited_first(room, anna, ben, cleo):
    visit = await room.book(anna)
    first, second = await room.join(ben), await room.join(cleo)
    await room.cancel(visit)
    assert await room.states(first, second) == [WaitState.OFFERED, WaitState.WAITING]
    assert await room.told() == [
        (
            ben.contact_id,
            f"{room.scope.tenant.name}: an exam has come free tomorrow at 9 AM."
            " Call us if you would like it; it is not held for you.",
        )
    ]


async def messages_left(room) -> list[tuple[UUID, Priority, str]]:
    async with room.unit_of_work(room.scope) as uow:
        rows = await Messages(uow).page(Messages(uow).all().order_by("id"))
        return [(row.contact_id, row.priority, row.body.read()) for row in rows]


async def test_the_team_calls_whom_no_text_reaches(room, anna, ben):
    visit = await room.book(anna)
    await room.join(ben, by=ben)
    await room.cancel(visit)
    [(contact_id, priority, body)] = await messages_left(room)
    assert (contact_id, priority) == (ben.contact_id, Priority.HIGH)
    assert body == (
        "Something has come free for somebody who waits: an exam tomorrow at 9 AM. No text could"
        f" be sent, so please call Ben Ode, {ben.phone}. It is theirs to ask for until noon."
    )


async def test_who_waits_no_more_is_called_by_nobody(room, anna, ben):
    visit = await room.book(anna)
    wait = await room.join(ben, by=ben)
    async with room.unit_of_work(room.scope) as uow:
        await appointments.cancel(uow, await versions.profile(uow), visit.id)
    # They are told of it; that no text goes out is not known yet.
    for _ in range(2):
        await room.road.travel()
    assert len(await room.told()) == 1
    await room.leave(wait)
    await room.settle()
    assert await messages_left(room) == []


async def test_only_the_proven_change_what_was_there_before(room, ben):
    wait = await room.join(ben)
    claims = await ring(room.unit_of_work, room.scope, name="Eve", verified=False)
    async with room.unit_of_work(claims.scope) as uow:
        await conversations.identify(uow, claims.conversation_id, ben.contact_id)
    with pytest.raises(NotFound):
        await room.join(ben, replace(ON_TUESDAY, part=DayPart.EVENING), by=claims)
    assert await room.states(wait) == [WaitState.WAITING]


async def test_a_visit_moved_away_leaves_its_time_to_who_waits(room, anna, ben):
    visit = await room.book(anna)
    wait = await room.join(ben)
    async with room.unit_of_work(room.scope) as uow:
        profile = await versions.profile(uow)
        await appointments.reschedule(uow, profile, visit.id, TEN + timedelta(days=1))
    await room.settle()
    assert await room.states(wait) == [WaitState.OFFERED]


async def test_the_next_in_line_is_told_when_nobody_books(room, clock, anna, ben, cleo):
    visit = await room.book(anna)
    # Of the morning only her hour at ten is left to come free.
    for starts_at in (TEN - HOUR, TEN + HOUR):
        await room.book(anna, starts_at)
    first, second = await room.join(ben, MORNING), await room.join(cleo, MORNING)
    await room.cancel(visit)
    assert await room.states(first, second) == [WaitState.OFFERED, WaitState.WAITING]
    clock.advance(timedelta(hours=2))
    await room.settle()
    assert await room.states(first, second) == [WaitState.WAITING, WaitState.OFFERED]


async def test_whoever_books_waits_no_more(room, clock, anna, ben):
    visit = await room.book(anna)
    wait = await room.join(ben)
    await room.cancel(visit)
    await room.book(ben)
    await room.settle()
    assert await room.states(wait) == [WaitState.BOOKED]
    clock.advance(timedelta(hours=3))
    await room.settle()
    assert await room.states(wait) == [WaitState.BOOKED]
    assert len(await room.told()) == 1


async def test_what_does_not_suit_is_not_offered(room, anna, ben, cleo):
    visit = await room.book(anna)
    evening = await room.join(ben, replace(ON_TUESDAY, part=DayPart.EVENING))
    later = await room.join(cleo, Whenever(TUESDAY + ONE_DAY, TUESDAY + 5 * ONE_DAY))
    await room.cancel(visit)
    assert await room.states(evening, later) == [WaitState.WAITING, WaitState.WAITING]
    assert await room.told() == []


async def test_to_join_again_changes_the_days(room, ben):
    first = await room.join(ben)
    again = await room.join(ben, Whenever(TUESDAY, TUESDAY + 3 * ONE_DAY, DayPart.MORNING))
    assert again.id == first.id
    assert (again.last_day, again.part) == (TUESDAY + 3 * ONE_DAY, DayPart.MORNING)
    assert len(await payloads(room.unit_of_work, room.scope, "waitlist.joined")) == 1


async def test_who_leaves_is_told_of_nothing(room, anna, ben):
    visit = await room.book(anna)
    wait = await room.join(ben)
    for _ in range(2):
        await room.leave(wait)
    await room.cancel(visit)
    assert await room.states(wait) == [WaitState.GONE]
    assert await room.told() == []
    assert len(await payloads(room.unit_of_work, room.scope, "waitlist.left")) == 1


async def test_a_caller_waits_for_themselves_only(room, anna, ben):
    wait = await room.join(ben, by=ben)
    with pytest.raises(NotFound):
        await room.join(anna, by=ben)
    with pytest.raises(NotFound):
        await room.leave(wait, by=anna)


@pytest.mark.parametrize(
    ("first", "last", "path"),
    [(0, -1, "lastDay"), (-9, -8, "lastDay"), (400, 401, "firstDay")],
)
async def test_days_nobody_could_come_are_refused(room, ben, first, last, path):
    with pytest.raises(InvalidInput) as refused:
        await room.join(ben, Whenever(TUESDAY + first * ONE_DAY, TUESDAY + last * ONE_DAY))
    assert [problem.path for problem in refused.value.problems] == [path]


async def test_what_cannot_be_booked_cannot_be_waited_for(room, ben):
    with pytest.raises(NotBookable):
        await room.join(ben, resource_id=room.practice.dr_patel_id)


async def test_what_is_not_on_offer_any_more_is_offered_to_nobody(room, anna, ben):
    visit = await room.book(anna)
    wait = await room.join(ben)
    async with room.unit_of_work(room.scope) as uow:
        await business.change_service(uow, room.practice.exam_id, bookable=False)
    await room.cancel(visit)
    assert await room.states(wait) == [WaitState.WAITING]
