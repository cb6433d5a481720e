"""What whoever got a letter or text about their visit does with it: come, not come, or move it.

They have no account. What they hold was sent to them, so they act for themselves and for nobody
else (`Scope.contact_id`); where health data is protected they also prove who they are.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from domain import appointments
from domain.appointments import rules as booking
from domain.appointments.errors import NotBookable
from domain.appointments.models import Appointment, AppointmentStatus
from domain.appointments.repository import Appointments, site_of
from domain.appointments.rules import Slot
from domain.appointments.times import local_day
from domain.business import versions
from domain.business.profile import Profile
from domain.errors import NotFound
from domain.outreach import agreements
from domain.outreach.agreements.models import Form, Route
from domain.privacy.purposes import Purpose
from domain.reminders import proofs
from domain.reminders.errors import VisitLinkSpent
from domain.reminders.events import ReminderAnswered, about
from domain.reminders.models import Reminder, Reply
from domain.reminders.proofs import NOTHING, Proof
from domain.reminders.repository import Reminders
from domain.reminders.wording import Facts, facts_of
from domain.scope import Actor, ActorKind, Scope
from domain.texts import catalogue
from domain.work import UnitOfWork

# What somebody who came by a link or a text may do, for themselves.
OF_GUESTS = frozenset(
    {"appointments:read", "appointments:write", "business:read", "contacts:write"}
)
DAYS_AHEAD = timedelta(days=14)
# Of the free times of a day so many are shown, spread over it.
MOST_A_DAY = 8


@dataclass(frozen=True)
class Page:
    """What somebody is shown of their visit."""

    facts: Facts
    visit: Appointment
    reply: Reply | None
    slots: tuple[Slot, ...] = ()


def guest_scope(scope: Scope, contact_id: UUID) -> Scope:
    """The scope of whoever was written to, made from that of work for the same business."""
    actor = Actor(ActorKind.CALLER, str(contact_id))
    return replace(scope, actor=actor, permissions=OF_GUESTS, contact_id=contact_id)


async def whose(uow: UnitOfWork, id: UUID) -> UUID:
    """Whom one was sent to. Raises `VisitLinkSpent` where that is not known any more."""
    row = next(iter(await Reminders(uow).many([id])), None)
    if row is None:
        raise VisitLinkSpent
    return row.contact_id


async def show(uow: UnitOfWork, id: UUID, proof: Proof) -> Page:
    """What can be done about a visit. Raises `VisitLinkSpent` and `ProofWanted`."""
    row, visit = await _open(uow, id, proof, hold=False)
    return Page(await facts_of(uow, visit), visit, row.reply, await _slots(uow, visit))


async def prove(uow: UnitOfWork, id: UUID, proof: Proof) -> bool:
    """Whether somebody says rightly whose letter it is; wrong tries are counted."""
    row = await Reminders(uow).lock(id)
    return await proofs.count(uow, row, await Appointments(uow).get(row.appointment_id), proof)


async def confirm(uow: UnitOfWork, id: UUID, proof: Proof = NOTHING) -> None:
    """They come; a second time changes nothing. Raises `VisitLinkSpent` and `ProofWanted`."""
    row, _ = await _open(uow, id, proof)
    if row.reply is not Reply.CONFIRMED:
        await _answer(uow, row, Reply.CONFIRMED)


async def cancel(uow: UnitOfWork, id: UUID, proof: Proof = NOTHING) -> None:
    """They do not come: the visit is called off, and the link is spent.

    Raises `VisitLinkSpent`, `ProofWanted` and `TooLateToChange`.
    """
    row, visit = await _open(uow, id, proof)
    await appointments.cancel(uow, await versions.profile(uow), visit.id)
    await Reminders(uow).save(row, spent_at=uow.now)
    await _answer(uow, row, Reply.CANCELLED)


async def move(uow: UnitOfWork, id: UUID, starts_at: datetime, proof: Proof = NOTHING) -> None:
    """They come at another time. Raises `VisitLinkSpent`, `ProofWanted`, and as `reschedule`."""
    row, visit = await _open(uow, id, proof)
    await appointments.reschedule(uow, await versions.profile(uow), visit.id, starts_at)
    await _answer(uow, row, Reply.MOVED)


async def ask_to_move(uow: UnitOfWork, id: UUID, proof: Proof = NOTHING) -> None:
    """They would like another time, and somebody has to find one. Raises as `confirm`."""
    row, _ = await _open(uow, id, proof)
    await _answer(uow, row, Reply.MOVE_ASKED)


async def decline(uow: UnitOfWork, id: UUID) -> None:
    """They want no more letters about visits, of any: at once, and however late."""
    row = await Reminders(uow).lock(id)
    language = uow.scope.tenant.locale
    words = catalogue(language).say("reminder_no_more", business=uow.scope.tenant.name)
    answer = agreements.Answer(
        row.contact_id, Route.EMAIL, Purpose.SCHEDULING, Form.EXPRESS, words, "link", language
    )
    await agreements.decline(uow, answer)


async def _open(
    uow: UnitOfWork, id: UUID, proof: Proof, *, hold: bool = True
) -> tuple[Reminder, Appointment]:
    """The letter and the visit, as long as something can be done about it."""
    known = next(iter(await Reminders(uow).many([id])), None)
    if known is None:
        raise VisitLinkSpent
    visits = Appointments(uow)
    visit = await (visits.lock if hold else visits.get)(known.appointment_id)
    row = await Reminders(uow).lock(id) if hold else known
    if uow.scope.contact_id not in (None, row.contact_id):
        raise NotFound("There is no such link")
    # Before anything is told: that a visit is over or off is a fact of it, too.
    await proofs.check(uow, row, visit, proof)
    coming = visit.status is AppointmentStatus.CONFIRMED and visit.starts_at > uow.now
    if row.spent_at is not None or not coming:
        raise VisitLinkSpent
    return row, visit


async def _answer(uow: UnitOfWork, row: Reminder, reply: Reply) -> None:
    await Reminders(uow).save(row, reply=reply, replied_at=uow.now)
    uow.record(ReminderAnswered(**about(row), reply=reply))


async def _slots(uow: UnitOfWork, visit: Appointment) -> tuple[Slot, ...]:
    """Other times that the visit could be moved to, the soonest in front."""
    profile: Profile = await versions.profile(uow)
    try:
        wanted = booking.wish(
            profile,
            visit.service_id,
            location_id=visit.location_id,
            site=site_of(visit),
            moving=visit.id,
        )
    except (NotBookable, NotFound):
        return ()
    first = local_day(uow.now, wanted.place.timezone)
    free = await appointments.availability(uow, profile, wanted, first, first + DAYS_AHEAD)
    other = (slot for slot in free if slot.starts_at != visit.starts_at)
    by_day = groupby(other, key=lambda slot: local_day(slot.starts_at, wanted.place.timezone))
    return tuple(slot for _, day in by_day for slot in _spread(list(day)))


def _spread(day: list[Slot]) -> list[Slot]:
    return day[:: -(-len(day) // MOST_A_DAY)]
