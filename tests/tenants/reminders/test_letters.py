"""Letters about visits: planned with a visit, moved with it, dropped with it, sent once."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from domain import reminders, rights
from domain.appointments import change_status
from domain.appointments.models import AppointmentStatus
from domain.appointments.repository import Appointments
from domain.business import current_rules, set_rules
from domain.errors import InvalidInput
from domain.outreach.agreements.models import Route
from domain.outreach.agreements.repository import OutreachPermits
from domain.outreach.gate import Attempt
from domain.outreach.refusals import OutreachRefused, Refusal
from domain.outreach.wishes import real_gate
from domain.privacy.purposes import Purpose
from domain.reminders import answering
from domain.reminders.models import ReminderState, RuleKind
from domain.reminders.repository import Reminders
from domain.rights.kinds import RequestKind
from integrations.smtp import MailboxMailer
from plugins.delivery import Deliverer
from tests.factories.callers import ring
from tests.factories.outbox import payloads
from tests.plugins.conftest import PACE
from tests.tenants.reminders.conftest import TUESDAY

HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


class Killed(BaseException):
    """The process was killed: nothing catches this."""


def entry_in(message):
    """The invitation in a letter: its method, and the one event."""
    [part] = [each for each in message.walk() if each.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == calendar["METHOD"]
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


async def test_a_booking_is_confirmed_at_once(desk):
    await desk.rule()
    visit = await desk.book()
    [letter] = desk.letters
    assert letter.to == (f"{desk.anna.phone[1:]}@example.com",)
    assert letter.subject == f"Your appointment at {desk.scope.tenant.name}"
    assert "Exam, Tuesday 17 November, 15:00 EST" in letter.text
    assert "12 Main Street" in letter.text
    assert await desk.told(visit) == [("booked", "sent")]
    [row] = await desk.rows(visit)
    assert f"/appointments/{desk.token(row.id)}\n" in letter.text
    async with desk.at_work() as uow:
        permit = await OutreachPermits(uow).get(row.permit_id)
    assert (permit.visit_id, permit.consent_id) == (visit.id, None)
    assert permit.rules[0].startswith("letters.consent/US@")


async def test_its_entry_follows_the_visit_and_goes_with_it(desk):
    await desk.rule()
    visit = await desk.book()
    await desk.move(visit, TUESDAY + A_DAY)
    await desk.cancel(visit)
    entries = [entry_in(desk.composed(number)) for number in range(3)]
    assert [method for method, _ in entries] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["UID"]) for _, event in entries} == {f"{visit.id}@deskbell"}
    assert [int(event["SEQUENCE"]) for _, event in entries] == [0, 1, 2]
    starts = [event["DTSTART"].dt for _, event in entries]
    assert starts == [TUESDAY, TUESDAY + A_DAY, TUESDAY + A_DAY]
    assert str(entries[2][1]["STATUS"]) == "CANCELLED"
    assert str(entries[0][1]["ATTENDEE"]) == f"mailto:{desk.letters[0].to[0]}"
    files = [part.get_filename() for part in desk.composed(0).iter_attachments()]
    assert files == ["appointment.ics"]
    assert "is cancelled" in desk.letters[2].text
    assert "is good until" not in desk.letters[2].text


async def test_a_reminder_goes_when_it_is_due_and_once(desk):
    await desk.remind()
    visit = await desk.book()
    assert await desk.told(visit) == [("coming", "planned")]
    await desk.wait_until(TUESDAY - 2 * HOUR - timedelta(minutes=1))
    assert desk.letters == []
    await desk.wait_until(TUESDAY - 2 * HOUR)
    await desk.wait_until(TUESDAY - HOUR)
    [letter] = desk.letters
    assert letter.calendar is None
    assert await desk.told(visit) == [("coming", "sent")]


async def test_a_reminder_moves_with_its_visit(desk):
    await desk.remind()
    visit = await desk.book()
    await desk.move(visit, TUESDAY + A_DAY)
    await desk.wait_until(TUESDAY)
    assert desk.letters == []
    await desk.wait_until(TUESDAY + A_DAY - 2 * HOUR)
    assert "Wednesday 18 November, 15:00" in desk.letters[0].text
    assert await desk.told(visit) == [("coming", "dropped"), ("coming", "sent")]


async def test_nobody_is_reminded_of_a_visit_called_off(desk):
    await desk.remind()
    visit = await desk.book()
    await desk.cancel(visit)
    await desk.wait_until(TUESDAY - HOUR)
    assert desk.letters == []
    assert await desk.told(visit) == [("coming", "dropped")]


async def test_not_even_if_the_news_of_it_are_late(desk):
    await desk.remind()
    visit = await desk.book()
    desk.work.clock.advance(TUESDAY - 2 * HOUR - desk.work.clock.now())
    async with desk.at_work() as uow:
        row = await Appointments(uow).lock(visit.id)
        await Appointments(uow).save(row, status=AppointmentStatus.CANCELLED)
    await desk.settle()
    assert desk.letters == []
    assert await desk.told(visit) == [("coming", "dropped")]


async def test_after_the_visit_it_is_too_late(desk):
    await desk.remind()
    visit = await desk.book()
    # The worker was down meanwhile.
    await desk.wait_until(TUESDAY + HOUR)
    assert desk.letters == []
    assert await desk.told(visit) == [("coming", "missed")]
    assert len(await payloads(desk.work, desk.scope, "reminder.missed")) == 1


async def test_a_worker_that_was_down_reminds_late_but_not_of_the_past(desk):
    await desk.remind()
    visit = await desk.book()
    await desk.wait_until(TUESDAY - timedelta(minutes=20))
    assert await desk.told(visit) == [("coming", "sent")]


async def test_what_waits_for_approval_is_confirmed_when_it_is_approved(desk):
    await desk.rule()
    async with desk.at_work() as uow:
        rules = await current_rules(uow)
        booking = rules.booking.model_copy(update={"instant": False})
        await set_rules(uow, rules.model_copy(update={"booking": booking}))
    visit = await desk.book()
    assert desk.letters == []
    async with desk.at_work() as uow:
        await change_status(uow, visit.id, AppointmentStatus.CONFIRMED)
    await desk.settle()
    assert len(desk.letters) == 1


async def test_a_service_with_rules_of_its_own_has_those_alone(desk):
    await desk.remind(60)
    own = await desk.remind(180, service_id=desk.practice.exam_id, words="See you, {name}!")
    visit = await desk.book()
    assert [row.rule_id for row in await desk.rows(visit)] == [own.id]
    await desk.wait_until(TUESDAY - 3 * HOUR)
    assert "See you, Anna Lee!" in desk.letters[0].text


async def test_a_rule_counts_for_visits_that_are_booked_already(desk):
    visit = await desk.book()
    rule = await desk.remind()
    await desk.settle()
    assert await desk.told(visit) == [("coming", "planned")]
    async with desk.at_work() as uow:
        await reminders.change_rule(uow, rule.id, minutes_before=180)
    await desk.settle()
    [row] = await desk.rows(visit)
    assert row.due_at == TUESDAY - 3 * HOUR
    async with desk.at_work() as uow:
        await reminders.remove_rule(uow, rule.id)
    await desk.wait_until(TUESDAY - HOUR)
    assert await desk.told(visit) == [("coming", "dropped")]
    assert desk.letters == []


async def test_a_rule_that_cannot_be_is_refused(desk):
    with pytest.raises(InvalidInput):
        await desk.rule(RuleKind.REMINDER, Route.CALL, minutes_before=60)
    rule = await desk.remind()
    async with desk.at_work() as uow:
        with pytest.raises(InvalidInput):
            await reminders.change_rule(uow, rule.id, quiet_from=24 * 60)


async def test_whoever_wants_no_letters_gets_none(desk):
    await desk.rule()
    visit = await desk.book()
    [row] = await desk.rows(visit)
    async with desk.at_work() as uow:
        await answering.decline(uow, row.id)
    await desk.move(visit, TUESDAY + A_DAY)
    assert len(desk.letters) == 1
    [_, withheld] = await desk.rows(visit)
    assert (withheld.state, withheld.refusal) == (ReminderState.WITHHELD, Refusal.OPTED_OUT)


@pytest.mark.promise("P077")
async def test_whoever_took_back_every_consent_gets_no_letters(desk):
    await desk.rule()
    async with desk.at_work() as uow:
        await rights.choose(uow, desk.anna.contact_id, RequestKind.CONSENT_WITHDRAWAL)
    await desk.settle()
    visit = await desk.book()
    assert desk.letters == []
    assert await desk.told(visit) == [("booked", "withheld")]


@pytest.mark.law("L13")
async def test_a_visit_opens_the_gate_for_letters_to_whoever_comes_and_for_nothing_else(desk):
    visit = await desk.book()
    ben = await ring(desk.work, desk.scope, name="Ben Ode")
    others = [
        Attempt(ben.contact_id, Route.EMAIL, Purpose.SCHEDULING, visit_id=visit.id),
        Attempt(desk.anna.contact_id, Route.EMAIL, Purpose.CALL_DELIVERY, visit_id=visit.id),
        Attempt(desk.anna.contact_id, Route.CALL, Purpose.SCHEDULING, visit_id=visit.id),
        Attempt(desk.anna.contact_id, Route.EMAIL, Purpose.SCHEDULING),
    ]
    for attempt in others:
        with pytest.raises(OutreachRefused) as refused:
            async with desk.at_work() as uow:
                await real_gate().permit(uow, attempt)
        assert refused.value.refusal is Refusal.NO_CONSENT
    async with desk.at_work() as uow:
        own = Attempt(desk.anna.contact_id, Route.EMAIL, Purpose.SCHEDULING, visit_id=visit.id)
        assert (await real_gate().permit(uow, own)).route is Route.EMAIL


async def test_a_worker_killed_after_sending_sends_the_same_letter_again(desk, tmp_path):
    mailbox = MailboxMailer(tmp_path / "mailbox", "desk@deskbell.test", desk.work.clock)

    class Dying:
        """Dies after the first letter was carried, before that is written down."""

        def __init__(self) -> None:
            self.carried: list[str] = []

        async def send(self, mail):
            await mailbox.send(mail)
            self.carried.append(mail.message_id)
            if len(self.carried) == 1:
                raise Killed

    await desk.rule()
    dying = Dying()
    desk.road.deliverer = Deliverer(desk.road.registry, desk.work, dying, PACE)
    with pytest.raises(Killed):
        await desk.book()
    async with desk.at_work() as uow:
        [row] = await Reminders(uow).page(Reminders(uow).all())
    assert row.state is ReminderState.SENDING
    desk.work.clock.advance(timedelta(minutes=5))
    await desk.settle()
    assert len(dying.carried) == 2
    assert len(set(dying.carried)) == 1
    assert len([*(tmp_path / "mailbox" / "new").iterdir()]) == 1
    assert len(await payloads(desk.work, desk.scope, "reminder.dispatched")) == 1
