"""Letting one letter or text about a visit out, or saying why it does not go.

A letter goes in two steps: `begin` writes down that it is being sent, and on which permit; `sent`
that it went. Whoever dies between the two sends it again under the same key, and only then.
"""

from dataclasses import dataclass
from uuid import UUID

from domain.appointments.models import Appointment, AppointmentStatus
from domain.appointments.repository import Appointments
from domain.outreach import outbound
from domain.outreach.agreements.models import Route
from domain.outreach.gate import Attempt, Gate, Permit
from domain.outreach.refusals import OutreachRefused, Refusal
from domain.privacy.purposes import Purpose
from domain.reminders.events import ReminderDispatched, ReminderMissed, ReminderRefused, about
from domain.reminders.models import Occasion, Reminder, ReminderState
from domain.reminders.repository import Reminders
from domain.reminders.wording import facts_of
from domain.work import UnitOfWork

OPEN = frozenset({ReminderState.PLANNED, ReminderState.SENDING})


@dataclass(frozen=True)
class Ready:
    """A letter that may go now."""

    permit: Permit
    reminder: Reminder
    visit: Appointment


async def begin(uow: UnitOfWork, gate: Gate, id: UUID) -> Ready | None:
    """The permit of a letter that may go; None if it may not, or is a text, which is asked for."""
    found = await _held(uow, id)
    if found is None:
        return None
    row, visit = found
    if (over := _over(uow, row, visit)) is not None:
        await _end(uow, row, over)
        return None
    if row.route is Route.TEXT:
        await _ask(uow, row, visit)
        return None
    attempt = Attempt(
        row.contact_id, row.route, Purpose.SCHEDULING, again=row.permit_id, visit_id=visit.id
    )
    try:
        permit = await gate.permit(uow, attempt)
    except OutreachRefused as refused:
        await refuse(uow, row, refused.refusal, refused.rule)
        return None
    values = {"state": ReminderState.SENDING, "permit_id": permit.id}
    await Reminders(uow).save(row, starts_at=visit.starts_at, **values)
    return Ready(permit, row, visit)


async def sent(uow: UnitOfWork, id: UUID) -> None:
    """Say that it went out; a second time changes nothing."""
    row = await Reminders(uow).lock(id)
    if row.state in OPEN:
        await Reminders(uow).save(row, state=ReminderState.SENT, settled_at=uow.now)
        uow.record(ReminderDispatched(**about(row)))


async def refuse(uow: UnitOfWork, row: Reminder, refusal: Refusal, law: str = "") -> None:
    """Say why it does not go out. Whoever calls holds it."""
    if row.state not in OPEN:
        return
    settled = {"state": ReminderState.WITHHELD, "settled_at": uow.now}
    await Reminders(uow).save(row, refusal=refusal, law=law, **settled)
    uow.record(ReminderRefused(**about(row), refusal=refusal))


async def _held(uow: UnitOfWork, id: UUID) -> tuple[Reminder, Appointment] | None:
    """One that has not gone out, and its visit; none if both have been erased."""
    known = next(iter(await Reminders(uow).many([id])), None)
    if known is None:
        return None
    # In this order everywhere: whoever plans holds the visit first.
    visit = await Appointments(uow).lock(known.appointment_id)
    row = await Reminders(uow).lock(id)
    waits = row.state is ReminderState.PLANNED
    again = row.state is ReminderState.SENDING and row.outbound_id is None
    return (row, visit) if waits or again else None


def _over(uow: UnitOfWork, row: Reminder, visit: Appointment) -> ReminderState | None:
    """How it ends if it is not to go out any more."""
    is_off = visit.status is AppointmentStatus.CANCELLED
    wanted = is_off if row.occasion is Occasion.CANCELLED else _is_on(row, visit)
    if not wanted:
        return ReminderState.DROPPED
    return ReminderState.MISSED if visit.starts_at <= uow.now else None


def _is_on(row: Reminder, visit: Appointment) -> bool:
    """Whether a visit takes place, when a reminder says that it does."""
    moved = row.occasion is Occasion.COMING and row.starts_at != visit.starts_at
    return visit.status is AppointmentStatus.CONFIRMED and not moved


async def _ask(uow: UnitOfWork, row: Reminder, visit: Appointment) -> None:
    """Have a text sent; what becomes of it is told by its events."""
    words = (await facts_of(uow, visit, row)).text(row.occasion)
    called_off = row.occasion is Occasion.CANCELLED
    wanted = outbound.Wanted(
        row.contact_id,
        row.route,
        Purpose.SCHEDULING,
        words,
        # One that says that a visit is off is not stopped because it is.
        appointment_id=None if called_off else visit.id,
        until=visit.starts_at,
    )
    asked = await outbound.ask(uow, wanted)
    values = {"state": ReminderState.SENDING, "outbound_id": asked.id}
    await Reminders(uow).save(row, starts_at=visit.starts_at, **values)


async def _end(uow: UnitOfWork, row: Reminder, state: ReminderState) -> None:
    await Reminders(uow).save(row, state=state, settled_at=uow.now)
    if state is ReminderState.MISSED:
        uow.record(ReminderMissed(**about(row)))
