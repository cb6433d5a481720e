"""A practice that reminds people of their visits, and everything by which it does."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from domain import appointments, reminders
from domain.appointments.models import Appointment
from domain.appointments.visitors import Visitor
from domain.business import versions
from domain.messages.ports import Mail
from domain.outreach import agreements
from domain.outreach import handlers as outreach_handlers
from domain.outreach.agreements.models import Form, Route
from domain.outreach.outbound.ports import Outgoing
from domain.outreach.outbound.worker import OutboundWorker
from domain.outreach.wishes import real_gate
from domain.ports import leave
from domain.privacy.purposes import Purpose
from domain.reminders.handlers import HANDLERS
from domain.reminders.models import Reminder, ReminderRule, RuleKind
from domain.reminders.repository import Reminders
from domain.scope import Scope
from domain.work import UnitsOfWork
from integrations.caldav.events import invitation_of
from integrations.smtp.letter import compose
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tenants.reminders.letters import Writer
from tenants.reminders.links import VisitLinks
from tenants.reminders.worker import ReminderWorker
from tests.conftest import NOW
from tests.factories.business import Practice, open_practice
from tests.factories.callers import Caller, ring
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

# Three in the afternoon of Tuesday, in New York.
TUESDAY = NOW + timedelta(days=1, hours=5)
DISCLOSURE = "May we text you reminders at this number? Reply STOP at any time."
LINKS = VisitLinks("http://deskbell.test", b"a secret of tests")


@dataclass
class Pigeon:
    """Carries texts."""

    carried: list[Outgoing] = field(default_factory=list)

    async def is_registered(self, line: str | None) -> bool:
        leave()
        return True

    async def carry(self, outgoing: Outgoing) -> None:
        leave()
        self.carried.append(outgoing)


@dataclass
class Desk:
    """The front desk: what it books goes the whole road, from the outbox to the letter."""

    work: UnitsOfWork
    scope: Scope
    practice: Practice
    anna: Caller
    road: Road
    postbox: Postbox
    pigeon: Pigeon

    def at_work(self) -> Any:
        return self.work(self.scope)

    async def rule(
        self, kind: RuleKind = RuleKind.CONFIRMATION, route: Route = Route.EMAIL, **more: Any
    ) -> ReminderRule:
        async with self.at_work() as uow:
            return await reminders.add_rule(uow, reminders.NewRule(kind, route, **more))

    async def remind(self, minutes: int = 120, route: Route = Route.EMAIL, **more: Any) -> Any:
        return await self.rule(RuleKind.REMINDER, route, minutes_before=minutes, **more)

    async def book(
        self, starts_at: datetime = TUESDAY, visitor: Visitor | None = None
    ) -> Appointment:
        async with self.at_work() as uow:
            wanted = appointments.Booking(
                self.anna.contact_id, self.practice.exam_id, starts_at, visitor=visitor
            )
            visit = await appointments.book(uow, await versions.profile(uow), wanted)
        await self.settle()
        return visit

    async def move(self, visit: Appointment, to: datetime) -> None:
        async with self.at_work() as uow:
            await appointments.reschedule(uow, await versions.profile(uow), visit.id, to)
        await self.settle()

    async def cancel(self, visit: Appointment) -> None:
        async with self.at_work() as uow:
            await appointments.cancel(uow, await versions.profile(uow), visit.id)
        await self.settle()

    async def agree_to_texts(self) -> None:
        answer = agreements.Answer(
            self.anna.contact_id,
            Route.TEXT,
            Purpose.SCHEDULING,
            Form.EXPRESS,
            DISCLOSURE,
            "2026-11-01",
        )
        async with self.at_work() as uow:
            await agreements.agree(uow, answer)

    async def settle(self) -> None:
        """Let everything react, and to what came of it."""
        while await self.road.travel():
            pass

    async def wait_until(self, at: datetime) -> None:
        self.work.clock.advance(at - self.work.clock.now())
        await self.settle()

    async def rows(self, visit: Appointment) -> list[Reminder]:
        async with self.at_work() as uow:
            return await Reminders(uow).of_visit(visit.id)

    async def told(self, visit: Appointment) -> list[tuple[str, str]]:
        """What was planned of a visit, and what became of it."""
        return [(row.occasion.value, row.state.value) for row in await self.rows(visit)]

    def token(self, id: UUID) -> str:
        return LINKS.url(self.scope.tenant_id, id).rpartition("/")[2]

    @property
    def letters(self) -> list[Mail]:
        return self.postbox.letters

    def composed(self, number: int = -1) -> EmailMessage:
        return compose(self.letters[number], "desk@deskbell.test", self.work.clock.now())


def registry_of(carrier: Pigeon | None) -> Registry:
    """Everything that has to do with reminders."""
    writer = Writer(LINKS, invitation_of, "desk@deskbell.test")
    workers = (OutboundWorker(real_gate(), carrier), ReminderWorker(real_gate(), writer))
    jobs = [job for worker in workers for job in worker.jobs]
    return Registry((*HANDLERS, *outreach_handlers.HANDLERS), jobs, plugins=())


@pytest.fixture
async def desk(unit_of_work, scope, database) -> Desk:
    pigeon, postbox = Pigeon(), Postbox()
    registry = registry_of(pigeon)
    deliverer = Deliverer(registry, unit_of_work, postbox, PACE)
    road = Road(registry, unit_of_work, scope, database, deliverer)
    practice = await open_practice(unit_of_work, scope)
    anna = await ring(unit_of_work, scope, name="Anna Lee")
    return Desk(unit_of_work, scope, practice, anna, road, postbox, pigeon)
