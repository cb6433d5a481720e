"""What a test knows of rules and reminders."""

from datetime import timedelta
from uuid import UUID

from domain import reminders
from domain.appointments.repository import Appointments
from domain.outreach import agreements
from domain.outreach.agreements.models import Form, Route
from domain.privacy.purposes import Purpose
from domain.reminders import planning
from domain.reminders.models import ReminderState, RuleKind
from domain.reminders.repository import Reminders
from domain.work import UnitOfWork


async def own_reminders(uow: UnitOfWork, visit_id: UUID, mark: str) -> dict[str, UUID]:
    """A rule, a reminder that waits for a worker, and a consent to be texted."""
    new = reminders.NewRule(RuleKind.REMINDER, Route.TEXT, 60, words=mark)
    rule = await reminders.add_rule(uow, new)
    visit = await Appointments(uow).lock(visit_id)
    await planning.plan(uow, visit, news=False)
    [planned] = await Reminders(uow).of_visit(visit_id)
    assert planned.state is ReminderState.PLANNED
    assert planned.due_at <= visit.starts_at - timedelta(minutes=15)
    answer = agreements.Answer(
        visit.contact_id, Route.TEXT, Purpose.SCHEDULING, Form.EXPRESS, mark, "1"
    )
    consent = await agreements.agree(uow, answer)
    return {"OutreachConsent": consent.id, "Reminder": planned.id, "ReminderRule": rule.id}
