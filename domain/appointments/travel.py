"""What is taken, with the way from one visit to the next, where people come to their customers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from domain.appointments.openings import Book, Occupied, Wish
from domain.appointments.sites import LONGEST
from domain.appointments.times import Interval
from domain.business.profile import Profile, ResourceKind

# Rooms and tables stay where they are.
TRAVELLERS = frozenset({ResourceKind.EQUIPMENT, ResourceKind.STAFF})


def with_ways(profile: Profile, wanted: Wish, book: Book) -> Book:
    """What is taken, longer by the way there and back for whoever has to travel.

    Nobody is at two places with less time between them than the way takes, whatever lies between.
    """
    if wanted.ways is None:
        return book
    taken = defaultdict(list, book.taken)
    for id in _travellers(profile, wanted):
        taken[id] = list(_longer(wanted, book.taken.get(id, ())))
    return Book(taken, book.full_days)


def reach(wanted: Wish, during: Interval) -> Interval:
    """A stretch of time, and as much around it as ways can take."""
    if wanted.ways is None:
        return during
    return Interval(during.start - LONGEST, during.end + LONGEST)


def _travellers(profile: Profile, wanted: Wish) -> set[UUID]:
    going = {resource.id for resource in profile.resources if resource.kind in TRAVELLERS}
    return going.intersection(wanted.service.resource_ids)


def _longer(wanted: Wish, entries: Iterable[Occupied]) -> Iterator[Occupied]:
    assert wanted.ways is not None
    for each in entries:
        way = wanted.ways.between(wanted.site, each.site)
        during = Interval(each.during.start - way, each.during.end + way)
        yield Occupied(each.resource_id, each.unit, during, each.site)
