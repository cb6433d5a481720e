"""Having the letters and texts about a visit stand as its time and the rules want them."""

from datetime import datetime
from uuid import UUID

from domain.appointments.models import Appointment, AppointmentStatus
from domain.contacts.repository import Contacts
from domain.outreach.agreements.models import Route
from domain.outreach.windows import zones_of
from domain.reminders.models import Occasion, Reminder, ReminderRule, ReminderState, RuleKind
from domain.reminders.repository import ReminderRules, Reminders
from domain.reminders.rules import applying, due, quiet_of
from domain.work import UnitOfWork

SENDING = "reminders.send"
# What may have reached somebody.
GONE_OUT = frozenset({ReminderState.SENDING, ReminderState.SENT})
NEWS = frozenset({Occasion.BOOKED, Occasion.MOVED})


async def plan(uow: UnitOfWork, visit: Appointment, *, news: bool) -> None:
    """Plan what is to be told of a visit, and drop what is not; `news` if something happened to it.

    Whoever calls holds the visit. A second time changes nothing.
    """
    rows = await Reminders(uow).of_visit(visit.id)
    coming = visit.status is AppointmentStatus.CONFIRMED and visit.starts_at > uow.now
    if not coming:
        for row in rows:
            if row.state is ReminderState.PLANNED and row.occasion is not Occasion.CANCELLED:
                await drop(uow, row)
        if visit.status is AppointmentStatus.CANCELLED and visit.starts_at > uow.now:
            await _take_back(uow, visit, rows)
        return
    rules = applying(await ReminderRules(uow).listed(), visit.service_id)
    await _remind(uow, visit, rules, rows)
    if news:
        for rule in rules:
            if rule.kind is RuleKind.CONFIRMATION:
                await _confirm(uow, visit, rule, rows)


async def drop(uow: UnitOfWork, row: Reminder) -> None:
    """Say that nobody needs one any more."""
    await Reminders(uow).save(row, state=ReminderState.DROPPED, settled_at=uow.now)
    uow.cancel(_timer(row.id))


async def _remind(
    uow: UnitOfWork, visit: Appointment, rules: list[ReminderRule], rows: list[Reminder]
) -> None:
    """Plan one reminder for each rule, at the time that the visit has now."""
    zones = await _zones(uow, visit)
    wanted = {
        rule.id: due(visit.starts_at, rule.minutes_before, quiet_of(rule), zones, uow.now)
        for rule in rules
        if rule.kind is RuleKind.REMINDER and rule.minutes_before is not None
    }
    told: set[UUID] = set()
    for row in rows:
        if row.occasion is not Occasion.COMING or row.rule_id is None:
            continue
        stands = row.starts_at == visit.starts_at and row.rule_id in wanted
        if row.state is ReminderState.PLANNED:
            stands = stands and await _keep(uow, row, wanted[row.rule_id])
            if not stands:
                await drop(uow, row)
        if stands and row.state is not ReminderState.DROPPED:
            told.add(row.rule_id)
    for rule in rules:
        at = wanted.get(rule.id)
        if at is not None and rule.id not in told:
            await _add(uow, visit, rule, Occasion.COMING, at)


async def _keep(uow: UnitOfWork, row: Reminder, at: datetime | None) -> bool:
    """Whether one that is planned is still wanted; it goes at the time that is right now."""
    if row.due_at <= uow.now:
        # It is on its way already, or waits for a worker.
        return True
    if at is not None and at != row.due_at:
        await Reminders(uow).save(row, due_at=at)
        _schedule(uow, row)
    return at is not None


async def _confirm(
    uow: UnitOfWork, visit: Appointment, rule: ReminderRule, rows: list[Reminder]
) -> None:
    """Have a visit confirmed by one rule, unless its time has been told already."""
    told = [row for row in rows if row.rule_id == rule.id and row.occasion in NEWS]
    if any(row.state is ReminderState.PLANNED for row in told):
        # That one tells how it stands when it goes.
        return
    out = [row for row in told if row.state in GONE_OUT]
    if out and out[-1].starts_at == visit.starts_at:
        return
    occasion = Occasion.MOVED if out else Occasion.BOOKED
    await _add(uow, visit, rule, occasion, uow.now, edition=_next(rows, rule.route))


async def _take_back(uow: UnitOfWork, visit: Appointment, rows: list[Reminder]) -> None:
    """Tell those who were told of a visit that it is off."""
    ids = [row.rule_id for row in rows if row.rule_id is not None and row.occasion in NEWS]
    rules = {rule.id: rule for rule in await ReminderRules(uow).many(ids)}
    for rule in rules.values():
        own = [row for row in rows if row.rule_id == rule.id]
        told = any(row.occasion in NEWS and row.state in GONE_OUT for row in own)
        if told and not any(row.occasion is Occasion.CANCELLED for row in own):
            edition = _next(rows, rule.route)
            await _add(uow, visit, rule, Occasion.CANCELLED, uow.now, edition=edition)


def _next(rows: list[Reminder], route: Route) -> int:
    """The edition that follows those that somebody may have."""
    known = [row.edition for row in rows if row.route is route and row.state in GONE_OUT]
    return max(known) + 1 if known else 0


async def _add(
    uow: UnitOfWork,
    visit: Appointment,
    rule: ReminderRule,
    occasion: Occasion,
    due_at: datetime,
    *,
    edition: int = 0,
) -> None:
    row = await Reminders(uow).add(
        appointment_id=visit.id,
        contact_id=visit.contact_id,
        rule_id=rule.id,
        occasion=occasion,
        route=rule.route,
        state=ReminderState.PLANNED,
        starts_at=visit.starts_at,
        due_at=due_at,
        edition=edition,
        created_at=uow.now,
    )
    _schedule(uow, row)


async def _zones(uow: UnitOfWork, visit: Appointment) -> tuple[str, ...]:
    """Where whoever comes may be; where the visit is, if their number does not tell."""
    contact = next(iter(await Contacts(uow).many([visit.contact_id])), None)
    number = contact.phone.read() if contact is not None and contact.phone else ""
    return zones_of(number) or (visit.timezone,)


def _schedule(uow: UnitOfWork, row: Reminder) -> None:
    payload = {"reminder_id": str(row.id)}
    uow.schedule(SENDING, at=row.due_at, key=_timer(row.id), payload=payload)


def _timer(id: UUID) -> str:
    return f"{SENDING}:{id}"
