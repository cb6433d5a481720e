"""Waiting for a visit, and passing on what comes free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain import appointments, conversations
from domain.appointments import rules as booking
from domain.appointments.errors import NotBookable
from domain.appointments.openings import Wish
from domain.appointments.rules import Slot
from domain.appointments.times import local_day
from domain.business.profile import Profile
from domain.errors import InvalidInput, NotFound
from domain.waitlist.errors import AlreadyWaiting
from domain.waitlist.events import WaitlistJoined, WaitlistLeft, WaitlistOffered
from domain.waitlist.models import Wait, WaitState
from domain.waitlist.repository import STANDING, Waits
from domain.waitlist.rules import Whenever, first_that_suits
from domain.work import UnitOfWork

READ, WRITE = "appointments:read", "appointments:write"
NEXT = "waitlist.pass_on"
# How long something is theirs to ask for before the next in line is told.
TIME_TO_ANSWER = timedelta(hours=2)
# Of those who wait for a day, how many are looked at when something comes free on it.
MOST_ASKED = 100


@dataclass(frozen=True)
class Waiter:
    """Who would come, for what, and when."""

    contact_id: UUID
    service_id: UUID
    whenever: Whenever
    location_id: UUID | None = None
    resource_id: UUID | None = None
    conversation_id: UUID | None = None


async def join(uow: UnitOfWork, profile: Profile, waiter: Waiter) -> Wait:
    """Let somebody wait; who waits for that service already waits as they now say.

    Raises `InvalidInput`, `NotBookable` and `NotFound`.
    """
    uow.require(WRITE)
    conversations.only_own(uow, waiter.conversation_id)
    await conversations.only_oneself(uow, waiter.contact_id, "contact")
    wanted = booking.wish(
        profile,
        waiter.service_id,
        location_id=waiter.location_id,
        resource_id=waiter.resource_id,
    )
    _check_days(uow, profile, wanted, waiter.whenever)
    waits = Waits(uow)
    values = _values(waiter, wanted)
    if (standing := await waits.of(waiter.contact_id, waiter.service_id)) is not None:
        if waiter.conversation_id is None or standing.conversation_id != waiter.conversation_id:
            await conversations.only_oneself(uow, waiter.contact_id, "wait", proven=True)
        await waits.save(standing, **values)
        return standing
    try:
        async with waits.refusing(
            wait_standing_key=AlreadyWaiting(),
            wait_contact_id_fkey=NotFound("There is no such contact"),
        ):
            wait = await waits.add(
                **values,
                contact_id=waiter.contact_id,
                conversation_id=waiter.conversation_id,
                service_id=waiter.service_id,
                state=WaitState.WAITING,
                joined_at=uow.now,
            )
    except AlreadyWaiting:
        # They joined twice at once, and the other one was first.
        return await join(uow, profile, waiter)
    uow.record(WaitlistJoined(**_about(wait)))
    return wait


async def leave(uow: UnitOfWork, id: UUID) -> Wait:
    """Let somebody wait no more; a wait that is over stays as it ended."""
    uow.require(WRITE)
    wait = await Waits(uow).lock(id)
    await conversations.only_oneself(uow, wait.contact_id, "wait", proven=True)
    if wait.state in STANDING:
        await _end(uow, wait, WaitState.GONE)
    return wait


async def fill(uow: UnitOfWork, profile: Profile, location_id: UUID, freed_at: datetime) -> None:
    """Offer what came free on a day to the first in line whom it suits.

    Nothing is held for them: whoever books first has it, and the next in line is told after a
    while if nobody did.
    """
    uow.require(WRITE)
    place = next((place for place in profile.locations if place.id == location_id), None)
    if place is None or freed_at <= uow.now:
        return
    day = local_day(freed_at, place.timezone)
    for wait in await Waits(uow).for_day(location_id, day, MOST_ASKED):
        slot = await _slot_for(uow, profile, wait, day)
        if slot is not None:
            await _offer(uow, wait, slot)
            return


async def pass_on(uow: UnitOfWork, profile: Profile, id: UUID) -> None:
    """Tell the next in line, if whoever was told has not booked."""
    wait = await Waits(uow).lock(id)
    over = wait.offered_until is not None and wait.offered_until <= uow.now
    if wait.state is not WaitState.OFFERED or not over:
        return
    await Waits(uow).save(wait, state=WaitState.WAITING, offered_until=None)
    await fill(uow, profile, wait.location_id, datetime.fromisoformat(wait.told[-1]))


async def settle(uow: UnitOfWork, contact_id: UUID, service_id: UUID) -> None:
    """Somebody has the visit that they waited for."""
    wait = await Waits(uow).of(contact_id, service_id)
    if wait is not None:
        await _end(uow, wait, WaitState.BOOKED)


async def told_by(uow: UnitOfWork, id: UUID, text_id: UUID) -> None:
    """Note which text tells somebody of what is on offer to them."""
    uow.require(WRITE)
    await Waits(uow).save(await Waits(uow).lock(id), text_id=text_id)


async def _slot_for(uow: UnitOfWork, profile: Profile, wait: Wait, day: date) -> Slot | None:
    """A free time of a day that suits somebody; None too if what they want is there no more."""
    try:
        wanted = booking.wish(
            profile,
            wait.service_id,
            location_id=wait.location_id,
            resource_id=wait.resource_id,
        )
    except (NotBookable, NotFound):
        return None
    free = await appointments.availability(uow, profile, wanted, day, day)
    whenever = Whenever(wait.first_day, wait.last_day, wait.part)
    told = frozenset(datetime.fromisoformat(at) for at in wait.told)
    return first_that_suits(free, whenever, wanted.place.timezone, told=told)


async def _offer(uow: UnitOfWork, wait: Wait, slot: Slot) -> None:
    until = min(uow.now + TIME_TO_ANSWER, slot.starts_at)
    await Waits(uow).save(
        wait,
        state=WaitState.OFFERED,
        told=[*wait.told, slot.starts_at.isoformat()],
        offered_until=until,
    )
    uow.record(WaitlistOffered(**_about(wait), starts_at=slot.starts_at, until=until))
    key = f"{NEXT}:{wait.id}"
    uow.schedule(NEXT, at=until, key=key, payload={"wait_id": str(wait.id)})


async def _end(uow: UnitOfWork, wait: Wait, state: WaitState) -> None:
    await Waits(uow).save(wait, state=state, offered_until=None, settled_at=uow.now)
    uow.cancel(f"{NEXT}:{wait.id}")
    uow.record(WaitlistLeft(**_about(wait), why=state.value))


def _check_days(uow: UnitOfWork, profile: Profile, wanted: Wish, whenever: Whenever) -> None:
    today = local_day(uow.now, wanted.place.timezone)
    horizon = today + timedelta(days=profile.rules.booking.horizon_days)
    if whenever.last < whenever.first:
        raise InvalidInput.at("lastDay", "The last day lies before the first")
    if whenever.last < today:
        raise InvalidInput.at("lastDay", "That day is over")
    if whenever.first > horizon:
        raise InvalidInput.at("firstDay", f"The calendar is open until {horizon}")


def _values(waiter: Waiter, wanted: Wish) -> dict[str, Any]:
    return {
        "location_id": wanted.place.id,
        "resource_id": waiter.resource_id,
        "first_day": waiter.whenever.first,
        "last_day": waiter.whenever.last,
        "part": waiter.whenever.part,
    }


def _about(wait: Wait) -> dict[str, Any]:
    return {
        "wait_id": wait.id,
        "contact_id": wait.contact_id,
        "conversation_id": wait.conversation_id,
        "service_id": wait.service_id,
    }
