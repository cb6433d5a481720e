"""A letter about a visit, whose worker is killed when it has left and nobody has noted it."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from deskbell.worker import Role
from domain import appointments, reminders
from domain.business import versions
from domain.outreach.agreements.models import Route
from domain.reminders.models import ReminderState, RuleKind
from domain.reminders.repository import Reminders
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import payloads
from tests.faults.conftest import House

SATURDAY = 5


async def book(house: House) -> UUID:
    """Somebody books an exam on a working day to come, which is confirmed by e-mail."""
    work, scope = house.unit_of_work, house.scope
    practice = await open_practice(work, scope)
    anna = await ring(work, scope)
    async with work(scope) as uow:
        await reminders.add_rule(uow, reminders.NewRule(RuleKind.CONFIRMATION, Route.EMAIL))
        day = uow.now.date() + timedelta(days=2)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        zone = ZoneInfo(scope.tenant.timezone)
        starts_at = datetime.combine(day, time(11), zone).astimezone(UTC)
        wanted = appointments.Booking(anna.contact_id, practice.exam_id, starts_at)
        return (await appointments.book(uow, await versions.profile(uow), wanted)).id


async def state(house: House, visit_id: UUID) -> ReminderState:
    async with house.unit_of_work(house.scope) as uow:
        [row] = await Reminders(uow).of_visit(visit_id)
    return row.state


@pytest.mark.long
async def test_worker_killed_between_sending_and_noting_sends_the_same_letter(house):
    house.vendor.answering.clear()
    visit_id = await book(house)
    house.start(Role.SYSTEM)
    house.start(Role.TENANT)
    await house.vendor_called()
    house.kill(Role.TENANT)
    assert await state(house, visit_id) is ReminderState.SENDING
    house.vendor.answering.set()
    house.start(Role.TENANT)

    async def noted() -> bool:
        return await state(house, visit_id) is ReminderState.SENT

    assert await house.comes_true(noted)
    assert len(house.vendor.calls) >= 2
    assert len({key for key, _ in house.vendor.calls}) == 1
    assert len(await payloads(house.unit_of_work, house.scope, "reminder.dispatched")) == 1
