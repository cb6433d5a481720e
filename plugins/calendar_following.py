"""What is done here because it was decided where a visit is kept: approved, moved, called off."""

from collections.abc import Sequence
from dataclasses import replace

from domain import appointments
from domain.appointments.models import Appointment, AppointmentStatus
from domain.appointments.repository import STANDING, Appointments, Reservations
from domain.appointments.service import NEXT
from domain.business import versions
from domain.calendars.models import CalendarEntry, CalendarLink
from domain.calendars.ports import Busy, Changes, Seen
from domain.calendars.repository import CalendarEntries
from domain.errors import Conflict
from domain.work import UnitOfWork

CONFIRMED = AppointmentStatus.CONFIRMED
# How a visit gets there; whoever has come was expected, too.
STEPS = {
    "confirmed": (CONFIRMED,),
    "arrived": (CONFIRMED, AppointmentStatus.ARRIVED),
    "completed": (CONFIRMED, AppointmentStatus.COMPLETED),
    "no_show": (CONFIRMED, AppointmentStatus.NO_SHOW),
}


async def follow(uow: UnitOfWork, link: CalendarLink, changes: Changes) -> None:
    """Do what was decided there, in the unit of work that remembers up to where it was read.

    What cannot be done here stays as it is, and is put right there as it is in any calendar.
    """
    told = {each.visit_id: each for each in changes.seen if each.status}
    if not told:
        return
    entries = await CalendarEntries(uow).of_visits(link.id, told)
    for visit in await Appointments(uow).many(sorted(entries)):
        entry, seen = entries[visit.id], told[visit.id]
        if not await _is_as_written(uow, link, visit, entry):
            continue
        try:
            await _obey(uow, visit, entry, seen)
        except Conflict:
            continue


async def counted(uow: UnitOfWork, times: Sequence[Busy] | None) -> Sequence[Busy] | None:
    """Times as they count: a visit that is off here, and stands there all the same, takes time."""
    if times is None:
        return None
    ids = {each.visit_id for each in times if each.visit_id is not None}
    known = await Appointments(uow).many(sorted(ids))
    standing = {each.id for each in known if each.status in STANDING}
    return [each if each.visit_id in standing else replace(each, visit_id=None) for each in times]


async def _is_as_written(
    uow: UnitOfWork, link: CalendarLink, visit: Appointment, entry: CalendarEntry
) -> bool:
    """What was changed here meanwhile is still on its way there, and counts."""
    if visit.status not in STANDING or visit.starts_at != entry.starts_at:
        return False
    return link.resource_id in {each.resource_id for each in await Reservations(uow).of(visit.id)}


async def _obey(uow: UnitOfWork, visit: Appointment, entry: CalendarEntry, seen: Seen) -> None:
    """Do what was decided of one visit. Raises `SlotTaken` and `WrongStatus`."""
    if seen.status == AppointmentStatus.CANCELLED:
        await appointments.cancel(uow, await versions.profile(uow), visit.id)
        await CalendarEntries(uow).remove(entry)
        return
    for status in STEPS.get(seen.status, ()):
        current = await Appointments(uow).get(visit.id)
        if current.status in NEXT[status]:
            await appointments.change_status(uow, visit.id, status)
    if seen.starts_at is not None and seen.starts_at != visit.starts_at:
        moved = await appointments.follow(uow, visit.id, seen.starts_at)
        times = {"starts_at": moved.starts_at, "ends_at": moved.ends_at}
        await CalendarEntries(uow).save(entry, **times)
