"""Booking, moving and calling off visits."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain import conversations
from domain.appointments import occupied, particulars, rules
from domain.appointments.errors import (
    DayFull,
    OfferExpired,
    OutsideHours,
    SlotTaken,
    TooLateToChange,
    WrongStatus,
)
from domain.appointments.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentRescheduled,
    AppointmentStatusChanged,
)
from domain.appointments.models import Appointment, AppointmentStatus, Offer
from domain.appointments.openings import Wish
from domain.appointments.particulars import NOTHING_MORE, Booking, Particulars
from domain.appointments.repository import (
    STANDING,
    Appointments,
    Offers,
    Reservations,
    site_of,
)
from domain.appointments.rules import Slot
from domain.appointments.sites import Site
from domain.appointments.times import Interval, day_span, local_day
from domain.business.profile import Profile
from domain.errors import NotFound
from domain.scope import ActorKind
from domain.work import UnitOfWork

MOST_ALTERNATIVES = 3
# What a caller hears is not there, if it is not theirs.
VISIT = "appointment"
ONE_DAY = timedelta(days=1)

# From which status a visit may go where.
NEXT = {
    AppointmentStatus.CONFIRMED: {AppointmentStatus.REQUESTED},
    AppointmentStatus.ARRIVED: {AppointmentStatus.CONFIRMED},
    AppointmentStatus.COMPLETED: {AppointmentStatus.CONFIRMED, AppointmentStatus.ARRIVED},
    AppointmentStatus.NO_SHOW: {AppointmentStatus.CONFIRMED},
}


async def availability(
    uow: UnitOfWork, profile: Profile, wanted: Wish, first: date, last: date
) -> list[Slot]:
    """The free times between two local dates, in order."""
    uow.require("appointments:read")
    zone = wanted.place.timezone
    around = Interval(day_span(first - ONE_DAY, zone).start, day_span(last + ONE_DAY, zone).end)
    book = await occupied.book_of(uow, profile, wanted, around)
    book.full_days = await _full_days(uow, profile, wanted, around)
    return list(rules.slots(profile, wanted, first, last, book, uow.now))


async def offer(
    uow: UnitOfWork, profile: Profile, wanted: Wish, slot: Slot, conversation_id: UUID | None
) -> Offer:
    """Remember that somebody was told of a slot. It reserves nothing."""
    uow.require("appointments:read")
    expires_at = uow.now + timedelta(minutes=profile.rules.booking.offer_minutes)
    return await Offers(uow).add(
        conversation_id=conversation_id,
        service_id=wanted.service.id,
        location_id=slot.location_id,
        resource_id=wanted.resource_id,
        starts_at=slot.starts_at,
        expires_at=expires_at,
    )


async def take(
    uow: UnitOfWork,
    profile: Profile,
    offer_id: UUID,
    contact_id: UUID,
    known: Particulars = NOTHING_MORE,
) -> Appointment:
    """Book an offered slot; everything is checked again. Raises `OfferExpired` and as `book`."""
    offered = await _standing_offer(uow, offer_id)
    wanted = Booking(
        contact_id=contact_id,
        service_id=offered.service_id,
        starts_at=offered.starts_at,
        location_id=offered.location_id,
        resource_id=offered.resource_id,
        conversation_id=offered.conversation_id,
        intent_key=f"offer:{offered.id}",
        notes=known.notes,
        visitor=known.visitor,
        site=known.site,
    )
    return await book(uow, profile, wanted)


async def book(uow: UnitOfWork, profile: Profile, booking: Booking) -> Appointment:
    """Book a visit.

    Raises `SlotTaken`, `OutsideHours`, `InThePast`, `TooSoon`, `TooFarAhead`, `DayFull`,
    `NotBookable` and `NotFound`.
    """
    uow.require("appointments:write")
    await conversations.only_oneself(uow, booking.contact_id, VISIT)
    if booking.conversation_id:
        conversations.only_own(uow, booking.conversation_id)
    appointments = Appointments(uow)
    await appointments.take_turns()
    if earlier := await appointments.by_intent(booking.conversation_id, booking.intent_key):
        return earlier
    wanted = rules.wish(
        profile,
        booking.service_id,
        location_id=booking.location_id,
        resource_id=booking.resource_id,
        site=booking.site,
    )
    returning = await appointments.has_visited(booking.contact_id)
    rules.check_visitor(wanted.service, returning=returning)
    await _check_time(uow, profile, wanted, booking.starts_at)
    # Whoever goes on after a refusal leaves no visit without a place behind.
    async with uow.savepoint():
        appointment = await _add(uow, profile, wanted, booking)
        await _reserve(uow, profile, wanted, appointment)
    uow.record(AppointmentBooked(**about(appointment), status=appointment.status.value))
    return appointment


async def _add(uow: UnitOfWork, profile: Profile, wanted: Wish, booking: Booking) -> Appointment:
    return await Appointments(uow).add(
        contact_id=booking.contact_id,
        conversation_id=booking.conversation_id,
        location_id=wanted.place.id,
        service_id=wanted.service.id,
        status=_first_status(profile),
        starts_at=booking.starts_at,
        ends_at=booking.starts_at + wanted.length,
        timezone=wanted.place.timezone,
        **particulars.kept(uow, booking),
        intent_key=booking.intent_key,
        booked_by=str(uow.scope.actor),
        created_at=uow.now,
    )


async def reschedule(
    uow: UnitOfWork, profile: Profile, id: UUID, starts_at: datetime
) -> Appointment:
    """Move a visit. Raises as `book`, and `TooLateToChange`, `WrongStatus`."""
    uow.require("appointments:write")
    await Appointments(uow).take_turns()
    appointment = await _changeable(uow, profile, id)
    moved_from = appointment.starts_at
    if moved_from == starts_at:
        return appointment
    wanted = rules.wish(
        profile,
        appointment.service_id,
        location_id=appointment.location_id,
        site=site_of(appointment),
        moving=id,
    )
    # Its own place is free to itself, but stays its own if the new one cannot be had.
    async with uow.savepoint():
        await Reservations(uow).release(id)
        await _check_time(uow, profile, wanted, starts_at)
        await Appointments(uow).save(
            appointment,
            starts_at=starts_at,
            ends_at=starts_at + wanted.length,
        )
        await _reserve(uow, profile, wanted, appointment)
    uow.record(AppointmentRescheduled(**about(appointment), moved_from=moved_from))
    return appointment


async def move_to_offer(uow: UnitOfWork, profile: Profile, id: UUID, offer_id: UUID) -> Appointment:
    """Move a visit to an offered slot. Raises `OfferExpired` and as `reschedule`."""
    offered = await _standing_offer(uow, offer_id)
    return await reschedule(uow, profile, id, offered.starts_at)


async def cancel(uow: UnitOfWork, profile: Profile, id: UUID) -> Appointment:
    """Call a visit off; a second time changes nothing. Raises `TooLateToChange`."""
    uow.require("appointments:write")
    appointment = await Appointments(uow).lock(id)
    await conversations.only_oneself(uow, appointment.contact_id, VISIT, proven=True)
    if appointment.status is AppointmentStatus.CANCELLED:
        return appointment
    _check_changeable(uow, profile, appointment)
    await Reservations(uow).release(id)
    await Appointments(uow).save(
        appointment,
        status=AppointmentStatus.CANCELLED,
        cancelled_at=uow.now,
    )
    uow.record(AppointmentCancelled(**about(appointment)))
    return appointment


async def change_status(uow: UnitOfWork, id: UUID, status: AppointmentStatus) -> Appointment:
    """Approve a visit, or say that it began, ended, or that nobody came. Raises `WrongStatus`."""
    uow.require("appointments:write")
    if uow.scope.actor.kind is ActorKind.CALLER:
        raise NotFound("There is no such appointment")
    appointment = await Appointments(uow).lock(id)
    if appointment.status not in NEXT.get(status, set()):
        raise WrongStatus(appointment.status, status)
    await Appointments(uow).save(appointment, status=status)
    uow.record(AppointmentStatusChanged(**about(appointment), status=status.value))
    return appointment


async def upcoming(uow: UnitOfWork, contact_id: UUID) -> list[Appointment]:
    """A person's visits to come, soonest first."""
    uow.require("appointments:read")
    await conversations.only_oneself(uow, contact_id, VISIT, proven=True)
    return await Appointments(uow).upcoming_of(contact_id)


async def site(uow: UnitOfWork, id: UUID) -> Site | None:
    """Where a visit takes place that is to be moved. Raises `NotFound`."""
    uow.require("appointments:read")
    appointment = await Appointments(uow).get(id)
    await conversations.only_oneself(uow, appointment.contact_id, VISIT, proven=True)
    return site_of(appointment)


async def _standing_offer(uow: UnitOfWork, id: UUID) -> Offer:
    offered = await Offers(uow).get(id)
    if offered.expires_at <= uow.now:
        raise OfferExpired
    return offered


async def _changeable(uow: UnitOfWork, profile: Profile, id: UUID) -> Appointment:
    appointment = await Appointments(uow).lock(id)
    await conversations.only_oneself(uow, appointment.contact_id, VISIT, proven=True)
    _check_changeable(uow, profile, appointment)
    return appointment


def _check_changeable(uow: UnitOfWork, profile: Profile, appointment: Appointment) -> None:
    if appointment.status not in STANDING:
        raise WrongStatus(appointment.status, "changed")
    window = timedelta(minutes=profile.rules.booking.cancellation_window_minutes)
    by_caller = uow.scope.actor.kind is ActorKind.CALLER
    if by_caller and appointment.starts_at - uow.now < window:
        raise TooLateToChange(window)


async def _check_time(
    uow: UnitOfWork,
    profile: Profile,
    wanted: Wish,
    starts_at: datetime,
) -> None:
    rules.check_window(profile, starts_at, uow.now)
    try:
        rules.check_hours(profile, wanted, starts_at)
    except OutsideHours as refused:
        others = await _alternatives(uow, profile, wanted, starts_at)
        raise OutsideHours(starts_at, others) from refused
    zone = wanted.place.timezone
    day = local_day(starts_at, zone)
    if day in await _full_days(uow, profile, wanted, day_span(day, zone)):
        raise DayFull(profile.rules.booking.daily_limit or 0)


async def _full_days(
    uow: UnitOfWork,
    profile: Profile,
    wanted: Wish,
    during: Interval,
) -> frozenset[date]:
    """The local days with as many visits as the business takes; the one being moved is not one."""
    if profile.rules.booking.daily_limit is None:
        return frozenset()
    starts = await Appointments(uow).starts_between(during)
    return rules.full_days(
        profile, wanted, (at for id, at in starts.items() if id != wanted.moving)
    )


async def _reserve(
    uow: UnitOfWork, profile: Profile, wanted: Wish, appointment: Appointment
) -> None:
    """Occupy one of everything a visit needs; the database refuses a second taker."""
    reservations = Reservations(uow)
    during = wanted.occupies(appointment.starts_at)
    book = await occupied.book_of(uow, profile, wanted, during)
    chosen = rules.choose(profile, wanted, appointment.starts_at, book)
    if chosen is None:
        others = await _alternatives(uow, profile, wanted, appointment.starts_at)
        raise SlotTaken(appointment.starts_at, others)
    async with reservations.refusing(no_double_booking=SlotTaken(appointment.starts_at)):
        for opening in chosen:
            await reservations.add(
                appointment_id=appointment.id,
                resource_id=opening.resource.id,
                unit=opening.unit,
                occupied_from=during.start,
                occupied_until=during.end,
            )


async def _alternatives(
    uow: UnitOfWork, profile: Profile, wanted: Wish, starts_at: datetime
) -> list[datetime]:
    first, last = rules.nearby_days(profile, starts_at, wanted.place)
    free = await availability(uow, profile, wanted, first, last)
    nearest = sorted(free, key=lambda slot: abs(slot.starts_at - starts_at))
    return [slot.starts_at for slot in nearest[:MOST_ALTERNATIVES]]


def _first_status(profile: Profile) -> AppointmentStatus:
    instant_booking = profile.rules.booking.instant
    return AppointmentStatus.CONFIRMED if instant_booking else AppointmentStatus.REQUESTED


def about(appointment: Appointment) -> dict[str, Any]:
    """What every event of a visit tells."""
    return {
        "appointment_id": appointment.id,
        "contact_id": appointment.contact_id,
        "conversation_id": appointment.conversation_id,
        "starts_at": appointment.starts_at,
    }
