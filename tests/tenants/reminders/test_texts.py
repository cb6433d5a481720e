"""Texts about visits, and what is answered to them."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import outreach
from domain.appointments.models import AppointmentStatus
from domain.appointments.repository import Appointments
from domain.outreach.agreements.models import Route
from domain.outreach.outbound.models import OutboundState
from domain.outreach.outbound.repository import Outbounds
from domain.outreach.refusals import Refusal
from domain.reminders.models import ReminderState, Reply
from domain.reminders.replies import Meaning, hear
from plugins.delivery import Deliverer
from tenants.service import job_scope
from tests.plugins.conftest import PACE
from tests.tenants.reminders.conftest import TUESDAY, Road, registry_of

LINE = "+12125550190"
HOUR = timedelta(hours=1)


async def reply(desk, text: str):
    scope = await job_scope(desk.scope.tenant_id, "tests")
    understood = await hear(desk.work, scope, outreach.Incoming(LINE, desk.anna.phone, text))
    await desk.settle()
    return understood


@pytest.fixture
async def reminded(desk):
    """A visit of which Anna was reminded by a text."""
    await desk.agree_to_texts()
    await desk.remind(route=Route.TEXT)
    visit = await desk.book()
    await desk.wait_until(TUESDAY - 2 * HOUR)
    return visit


async def test_a_text_goes_by_the_one_gate(desk, reminded):
    [sent] = desk.pigeon.carried
    business = desk.scope.tenant.name
    assert sent.words.startswith(f"A reminder from {business}: Exam, Tuesday 17 November, 15:00")
    assert sent.words.endswith("STOP for no more texts.")
    assert await desk.told(reminded) == [("coming", "sent")]
    async with desk.at_work() as uow:
        [asked] = await Outbounds(uow).page(Outbounds(uow).all())
    assert (asked.appointment_id, asked.until) == (reminded.id, TUESDAY)


@pytest.mark.law("L19")
async def test_without_a_consent_nobody_is_texted(desk):
    await desk.remind(route=Route.TEXT)
    visit = await desk.book()
    await desk.wait_until(TUESDAY - 2 * HOUR)
    [row] = await desk.rows(visit)
    assert (row.state, row.refusal) == (ReminderState.WITHHELD, Refusal.NO_CONSENT)
    assert desk.pigeon.carried == []


async def test_without_a_carrier_it_says_so(desk, database):
    registry = registry_of(None)
    deliverer = Deliverer(registry, desk.work, desk.postbox, PACE)
    desk.road = Road(registry, desk.work, desk.scope, database, deliverer)
    await desk.agree_to_texts()
    await desk.remind(route=Route.TEXT)
    visit = await desk.book()
    await desk.wait_until(TUESDAY - 2 * HOUR)
    [row] = await desk.rows(visit)
    assert (row.state, row.refusal) == (ReminderState.WITHHELD, Refusal.NO_CARRIER)


@pytest.mark.law("L14")
async def test_a_text_that_waits_for_the_morning_is_not_sent_for_a_visit_called_off(desk):
    await desk.agree_to_texts()
    await desk.rule(route=Route.TEXT)
    # One in the morning in New York.
    desk.work.clock.advance(datetime(2026, 11, 17, 6, tzinfo=UTC) - desk.work.clock.now())
    visit = await desk.book()
    assert await desk.told(visit) == [("booked", "sending")]
    async with desk.at_work() as uow:
        row = await Appointments(uow).lock(visit.id)
        await Appointments(uow).save(row, status=AppointmentStatus.CANCELLED)
    await desk.wait_until(TUESDAY - HOUR)
    assert desk.pigeon.carried == []
    async with desk.at_work() as uow:
        [asked] = await Outbounds(uow).page(Outbounds(uow).all())
    assert (asked.state, asked.refusal) == (OutboundState.WITHHELD, Refusal.CALLED_OFF)
    [told] = await desk.rows(visit)
    assert (told.state, told.refusal) == (ReminderState.WITHHELD, Refusal.CALLED_OFF)


@pytest.mark.parametrize(
    ("text", "meaning", "answer", "said"),
    [
        ("Yes", Meaning.CONFIRM, Reply.CONFIRMED, "look forward"),
        ("no", Meaning.CANCEL, Reply.CANCELLED, "is cancelled"),
        ("R", Meaning.MOVE, Reply.MOVE_ASKED, "another time"),
    ],
)
async def test_an_answer_is_bound_to_its_visit(desk, reminded, text, meaning, answer, said):
    understood = await reply(desk, text)
    [row] = await desk.rows(reminded)
    assert (understood.meaning, understood.reminder_id) == (meaning, row.id)
    assert row.reply is answer
    async with desk.at_work() as uow:
        visit = await Appointments(uow).get(reminded.id)
    assert (visit.status is AppointmentStatus.CANCELLED) == (meaning is Meaning.CANCEL)
    assert said in desk.pigeon.carried[-1].words
    assert desk.pigeon.carried[-1].line == LINE


async def test_an_answer_to_nothing_changes_nothing(desk):
    visit = await desk.book()
    understood = await reply(desk, "no")
    assert (understood.meaning, understood.of_texts) == (None, None)
    async with desk.at_work() as uow:
        assert (await Appointments(uow).get(visit.id)).status is AppointmentStatus.CONFIRMED


async def test_a_second_no_finds_the_visit_off(desk, reminded):
    await reply(desk, "no")
    await reply(desk, "no")
    assert "cannot be changed" in desk.pigeon.carried[-1].words


@pytest.mark.law("L15", "L18")
async def test_a_stop_is_a_stop_and_nothing_else(desk, reminded):
    understood = await reply(desk, "STOP")
    assert understood.of_texts.reply.key == "optout_done"
    assert (await desk.rows(reminded))[0].reply is None
    await desk.remind(60, route=Route.TEXT)
    await desk.settle()
    await desk.wait_until(TUESDAY - HOUR)
    [_, later] = await desk.rows(reminded)
    assert (later.state, later.refusal) == (ReminderState.WITHHELD, Refusal.OPTED_OUT)
    assert len(desk.pigeon.carried) == 1
