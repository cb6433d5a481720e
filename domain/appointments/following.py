"""A visit that was moved where it is kept elsewhere, by those who decide over it there."""

from datetime import datetime
from uuid import UUID

from domain.appointments.errors import SlotTaken, WrongStatus
from domain.appointments.events import AppointmentRescheduled
from domain.appointments.models import Appointment
from domain.appointments.repository import STANDING, Appointments, Reservations
from domain.appointments.service import about
from domain.errors import NotFound
from domain.scope import ActorKind
from domain.work import UnitOfWork


async def follow(uow: UnitOfWork, id: UUID, starts_at: datetime) -> Appointment:
    """Move a visit as it was moved there, with everybody and everything that it takes.

    Hours and notice are not asked: whoever decides has decided. Its length stays. Raises
    `SlotTaken` where somebody or something is taken then, and `WrongStatus`.
    """
    uow.require("appointments:write")
    if uow.scope.actor.kind is ActorKind.CALLER:
        raise NotFound("There is no such appointment")
    await Appointments(uow).take_turns()
    visit = await Appointments(uow).lock(id)
    if visit.status not in STANDING:
        raise WrongStatus(visit.status, "changed")
    moved_from, by = visit.starts_at, starts_at - visit.starts_at
    if not by:
        return visit
    reservations = Reservations(uow)
    async with reservations.refusing(no_double_booking=SlotTaken(starts_at)):
        for each in await reservations.of(id):
            times = (each.occupied_from + by, each.occupied_until + by)
            await reservations.save(each, occupied_from=times[0], occupied_until=times[1])
    await Appointments(uow).save(visit, starts_at=starts_at, ends_at=visit.ends_at + by)
    uow.record(AppointmentRescheduled(**about(visit), moved_from=moved_from))
    return visit
