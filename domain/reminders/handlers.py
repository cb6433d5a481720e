"""What happens to visits, and to texts about them, as reminders see it."""

from uuid import UUID

from domain.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentEvent,
    AppointmentRescheduled,
    AppointmentStatusChanged,
)
from domain.appointments.repository import Appointments
from domain.business.events import BusinessChanged
from domain.handlers import HandlerContext, serves
from domain.outreach.outbound.events import OutboundDispatched, OutboundRefused
from domain.privacy.purposes import Purpose
from domain.reminders import planning, sending
from domain.reminders.repository import Reminders
from domain.reminders.rulebook import PART
from domain.work import UnitOfWork


@serves(Purpose.SCHEDULING)
async def plan(event: AppointmentEvent, context: HandlerContext) -> None:
    """Plan what is to be told of a visit as it stands now."""
    async with context.settle() as uow:
        await _plan(uow, event.appointment_id, news=True)


@serves(Purpose.SCHEDULING)
async def plan_again(event: BusinessChanged, context: HandlerContext) -> None:
    """Let a rule that has changed count for the visits to come."""
    if event.part != PART:
        return
    async with context.unit_of_work() as uow:
        standing = Appointments(uow).standing().filter(starts_at__gt=uow.now)
        coming: list[UUID] = [row["id"] for row in await standing.order_by("id").values("id")]
    for id in coming:
        # One at a time: nobody who books waits for all of them.
        async with context.unit_of_work() as uow:
            await _plan(uow, id, news=False)


@serves(Purpose.SCHEDULING)
async def note_sent(event: OutboundDispatched, context: HandlerContext) -> None:
    """A text went out."""
    async with context.settle() as uow:
        row = await Reminders(uow).of_outbound(event.outbound_id)
        if row is not None:
            await sending.sent(uow, row.id)


@serves(Purpose.SCHEDULING)
async def note_refused(event: OutboundRefused, context: HandlerContext) -> None:
    """A text does not go out."""
    async with context.settle() as uow:
        row = await Reminders(uow).of_outbound(event.outbound_id)
        if row is not None:
            await sending.refuse(uow, row, event.refusal)


async def _plan(uow: UnitOfWork, id: UUID, *, news: bool) -> None:
    held = Appointments(uow).all().filter(id=id).select_for_update()
    visit = await Appointments(uow).maybe(held)
    if visit is not None:
        await planning.plan(uow, visit, news=news)


HANDLERS = (
    (AppointmentBooked, plan),
    (AppointmentCancelled, plan),
    (AppointmentRescheduled, plan),
    (AppointmentStatusChanged, plan),
    (BusinessChanged, plan_again),
    (OutboundDispatched, note_sent),
    (OutboundRefused, note_refused),
)
