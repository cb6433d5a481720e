"""What is taken: by visits of ours, and by what stands in calendars elsewhere."""

from domain.appointments.openings import Book, Occupied, Wish
from domain.appointments.repository import Reservations
from domain.appointments.times import Interval
from domain.appointments.travel import reach
from domain.business.profile import Profile
from domain.calendars.repository import BusyTimes
from domain.work import UnitOfWork


async def book_of(uow: UnitOfWork, profile: Profile, wanted: Wish, during: Interval) -> Book:
    """What is taken of everybody whom a visit could need; elsewhere means wholly."""
    wanting, during = wanted.service.resource_ids, reach(wanted, during)
    sites = wanted.ways is not None
    book = await Reservations(uow).book_of(wanting, during, sites=sites, without=wanted.moving)
    capacity = {resource.id: resource.capacity for resource in profile.resources}
    for each in await BusyTimes(uow).between(wanting, during.start, during.end):
        span = Interval(each.starts_at, each.ends_at)
        units = range(capacity.get(each.resource_id, 0))
        book.taken[each.resource_id] += [Occupied(each.resource_id, unit, span) for unit in units]
    return book
