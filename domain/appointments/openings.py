"""When a visit could begin on one local day, and with whom: computed once, asked for many times."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.appointments.sites import Site, TravelTimes
from domain.appointments.times import Interval, hours_on, open_intervals
from domain.business.profile import LocationInfo, Profile, ResourceInfo, ServiceInfo


@dataclass(frozen=True)
class Occupied:
    """That one unit of a resource is taken for a while."""

    resource_id: UUID
    unit: int
    during: Interval
    site: Site | None = None
    """Where, if that is known."""


@dataclass
class Book:
    """What is occupied, by resource, and the local days on which nobody else is seen."""

    taken: dict[UUID, list[Occupied]] = field(default_factory=lambda: defaultdict(list))
    full_days: frozenset[date] = frozenset()

    @classmethod
    def of(cls, occupied: Iterable[Occupied]) -> "Book":
        """Sort what is occupied by resource."""
        book = cls()
        for entry in occupied:
            book.taken[entry.resource_id].append(entry)
        return book


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book; `resource_id` is whom they asked for."""

    service: ServiceInfo
    place: LocationInfo
    resource_id: UUID | None = None
    site: Site | None = None
    """Where to, for those who come to their customers; None if that is not known."""
    ways: TravelTimes | None = None
    """How long it takes them to get there; None if nobody travels."""
    moving: UUID | None = None
    """The visit that is to be moved: its own time is free to itself."""

    @property
    def length(self) -> timedelta:
        """How long the visit takes."""
        return timedelta(minutes=self.service.duration_minutes)

    @property
    def before(self) -> timedelta:
        """How long it takes to make ready for it."""
        return timedelta(minutes=self.service.buffer_before_minutes)

    @property
    def after(self) -> timedelta:
        """How long it takes to clear up."""
        return timedelta(minutes=self.service.buffer_after_minutes)

    def occupies(self, starts_at: datetime) -> Interval:
        """The visit with its buffers."""
        return Interval(starts_at - self.before, starts_at + self.length + self.after)


@dataclass(frozen=True)
class Opening:
    """From one instant to another, both included, a visit may begin with a unit of a resource."""

    resource: ResourceInfo
    unit: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Day:
    """The openings of a day: of each kind of resource a visit needs, those who could provide it."""

    teams: tuple[tuple[Opening, ...], ...]
    open: frozenset[Interval]
    """When anybody of them is there."""

    @classmethod
    def of(cls, profile: Profile, wanted: Wish, day: date, book: Book) -> "Day":
        """Look at everybody once."""
        found: list[tuple[Opening, ...]] = []
        open_: set[Interval] = set()
        for team in teams(profile, wanted):
            openings: list[Opening] = []
            for resource in team:
                hours = hours_on(day, wanted.place, profile.closures, resource)
                there = list(open_intervals(hours, day, wanted.place.timezone))
                open_.update(there)
                openings += _openings(wanted, resource, there, book.taken.get(resource.id, ()))
            found.append(tuple(openings))
        return cls(tuple(found), frozenset(open_))

    def starts(self, length: timedelta, step: timedelta) -> list[datetime]:
        """Every time at which a visit may begin by the business's rules, taken or not."""
        # Steps are counted in real time from opening, so a day of 23 or 25 hours needs no care.
        found: set[datetime] = set()
        for interval in self.open:
            starts_at = interval.start
            while starts_at + length <= interval.end:
                found.add(starts_at)
                starts_at += step
        return sorted(found)

    def choose(self, starts_at: datetime) -> list[Opening] | None:
        """One of each kind that a visit needs, or None if a kind is taken."""
        chosen = []
        for team in self.teams:
            for opening in team:
                if opening.first <= starts_at <= opening.last:
                    chosen.append(opening)
                    break
            else:
                return None
        return chosen or None


def teams(profile: Profile, wanted: Wish) -> list[list[ResourceInfo]]:
    """Who and what a visit needs: one of each kind of resource that provides the service."""
    kinds: dict[str, list[ResourceInfo]] = defaultdict(list)
    asked = next((r for r in profile.resources if r.id == wanted.resource_id), None)
    for resource in profile.resources:
        provides = resource.id in wanted.service.resource_ids
        here = resource.location_id == wanted.place.id
        passed_over = asked and resource.kind == asked.kind and resource.id != asked.id
        if provides and here and not passed_over:
            kinds[resource.kind].append(resource)
    return list(kinds.values())


def _openings(
    wanted: Wish, resource: ResourceInfo, there: list[Interval], taken: Sequence[Occupied]
) -> Iterator[Opening]:
    """The times at which each unit of a resource is there and free."""
    length, before, after = wanted.length, wanted.before, wanted.after
    hours = [(span.start, span.end - length) for span in there if span.start + length <= span.end]
    if not hours:
        return
    earliest, latest = min(first for first, _ in hours), max(last for _, last in hours)
    # Between two such instants, without them, a visit would run into what is there.
    blocked: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for entry in taken:
        first, last = entry.during.start - length - after, entry.during.end + before
        if first < latest and earliest < last:
            blocked[entry.unit].append((first, last))
    for unit in range(resource.capacity):
        for first, last in _without(hours, blocked[unit]):
            yield Opening(resource, unit, first, last)


def _without(
    spans: list[tuple[datetime, datetime]], blocked: list[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    """Spans of time, both ends included, without what lies between pairs of instants."""
    for after, before in blocked:
        left = []
        for first, last in spans:
            if before <= first or last <= after:
                left.append((first, last))
                continue
            if first <= after:
                left.append((first, after))
            if before <= last:
                left.append((before, last))
        spans = left
    return spans
