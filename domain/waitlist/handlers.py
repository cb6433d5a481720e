"""What calendars do to those who wait."""

from datetime import datetime
from uuid import UUID

from domain.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentRescheduled,
)
from domain.appointments.models import Appointment
from domain.appointments.repository import Appointments
from domain.business import versions
from domain.handlers import HandlerContext, serves
from domain.privacy.purposes import Purpose
from domain.waitlist import service
from domain.work import UnitOfWork


@serves(Purpose.SCHEDULING)
async def fill_cancelled(event: AppointmentCancelled, context: HandlerContext) -> None:
    """Pass on a visit that was called off."""
    async with context.settle() as uow:
        await _fill(uow, event.appointment_id, event.starts_at)


@serves(Purpose.SCHEDULING)
async def fill_moved(event: AppointmentRescheduled, context: HandlerContext) -> None:
    """Pass on the time that a visit was moved from."""
    async with context.settle() as uow:
        await _fill(uow, event.appointment_id, event.moved_from)


@serves(Purpose.SCHEDULING)
async def settle(event: AppointmentBooked, context: HandlerContext) -> None:
    """Whoever has a visit waits for it no more."""
    async with context.settle() as uow:
        if (visit := await _visit(uow, event.appointment_id)) is not None:
            await service.settle(uow, visit.contact_id, visit.service_id)


async def _fill(uow: UnitOfWork, appointment_id: UUID, freed_at: datetime) -> None:
    if (visit := await _visit(uow, appointment_id)) is not None:
        profile = await versions.profile(uow)
        await service.fill(uow, profile, visit.location_id, freed_at)


async def _visit(uow: UnitOfWork, id: UUID) -> Appointment | None:
    """A visit, unless it has been erased since."""
    return next(iter(await Appointments(uow).many([id])), None)


HANDLERS = (
    (AppointmentBooked, settle),
    (AppointmentCancelled, fill_cancelled),
    (AppointmentRescheduled, fill_moved),
)
