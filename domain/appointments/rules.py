"""When a visit can take place: pure decisions over a profile and what is occupied."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from domain.appointments.errors import InThePast, NotBookable, OutsideHours, TooFarAhead, TooSoon
from domain.appointments.times import Interval, days, hours_on, local_day, open_intervals
from domain.business.profile import LocationInfo, Profile, ResourceInfo, ServiceInfo
from domain.errors import NotFound

P = TypeVar("P", ServiceInfo, LocationInfo)


@dataclass(frozen=True)
class Occupied:
    """That one unit of a resource is taken for a while."""

    resource_id: UUID
    unit: int
    during: Interval


@dataclass(frozen=True)
class Slot:
    """A time at which a visit could begin (UTC), and those who could provide it."""

    starts_at: datetime
    ends_at: datetime
    location_id: UUID
    resource_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book; `resource_id` is whom they asked for."""

    service: ServiceInfo
    place: LocationInfo
    resource_id: UUID | None = None

    @property
    def length(self) -> timedelta:
        """How long the visit takes."""
        return timedelta(minutes=self.service.duration_minutes)

    def occupies(self, starts_at: datetime) -> Interval:
        """The visit with its buffers."""
        before = timedelta(minutes=self.service.buffer_before_minutes)
        after = timedelta(minutes=self.service.buffer_after_minutes)
        return Interval(starts_at - before, starts_at + self.length + after)


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

    def free_unit(self, resource: ResourceInfo, during: Interval) -> int | None:
        """The first unit of a resource that nobody has then."""
        busy = {entry.unit for entry in self.taken[resource.id] if entry.during.overlaps(during)}
        return next((unit for unit in range(resource.capacity) if unit not in busy), None)


def wish(
    profile: Profile,
    service_id: UUID,
    *,
    location_id: UUID | None = None,
    resource_id: UUID | None = None,
) -> Wish:
    """Look up what somebody wants. Raises `NotFound` and `NotBookable`."""
    service = _named(profile.services, service_id, "service")
    place = _named(profile.locations, location_id, "location") if location_id else profile.location
    if not service.bookable:
        raise NotBookable(f"{service.name} cannot be booked by telephone")
    working = {resource.id for resource in profile.resources}
    if resource_id is not None and resource_id not in working.intersection(service.resource_ids):
        raise NotBookable(f"Whom you asked for does not provide {service.name}")
    return Wish(service, place, resource_id)


def _named(parts: Sequence[P], id: UUID, noun: str) -> P:
    part = next((part for part in parts if part.id == id), None)
    if part is None:
        raise NotFound(f"There is no such {noun}")
    return part


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


def check_window(profile: Profile, starts_at: datetime, now: datetime) -> None:
    """Raise `InThePast`, `TooSoon` or `TooFarAhead` if the calendar is not open then."""
    booking = profile.rules.booking
    if starts_at <= now:
        raise InThePast(starts_at)
    earliest = now + timedelta(minutes=booking.minimum_notice_minutes)
    if starts_at < earliest:
        raise TooSoon(earliest)
    latest = now + timedelta(days=booking.horizon_days)
    if starts_at > latest:
        raise TooFarAhead(latest)


def check_hours(profile: Profile, wanted: Wish, starts_at: datetime) -> None:
    """Raise `OutsideHours` unless somebody of each needed kind is there for the whole visit."""
    during = Interval(starts_at, starts_at + wanted.length)
    needed = teams(profile, wanted)
    if not needed or not all(_present(profile, wanted, team, during) for team in needed):
        raise OutsideHours(starts_at)


def check_visitor(service: ServiceInfo, *, returning: bool) -> None:
    """Raise `NotBookable` if the service is for others: new callers, or returning ones."""
    if returning and not service.for_returning_callers:
        raise NotBookable(f"{service.name} is for new callers")
    if not returning and not service.for_new_callers:
        raise NotBookable(f"{service.name} is for those who have been here before")


def choose(
    profile: Profile, wanted: Wish, starts_at: datetime, book: Book
) -> list[tuple[ResourceInfo, int]] | None:
    """One free unit of each kind a visit needs, or None if a kind is taken."""
    during = Interval(starts_at, starts_at + wanted.length)
    chosen = []
    for team in teams(profile, wanted):
        here = _present(profile, wanted, team, during)
        free = (
            (resource, unit)
            for resource in here
            if (unit := book.free_unit(resource, wanted.occupies(starts_at))) is not None
        )
        if (pick := next(free, None)) is None:
            return None
        chosen.append(pick)
    return chosen or None


def slots(
    profile: Profile, wanted: Wish, first: date, last: date, book: Book, now: datetime
) -> Iterator[Slot]:
    """The free times between two local dates, in order."""
    booking = profile.rules.booking
    earliest = now + timedelta(minutes=booking.minimum_notice_minutes)
    latest = now + timedelta(days=booking.horizon_days)
    for day in days(first, last):
        if day in book.full_days:
            continue
        for starts_at in _starts(profile, wanted, day):
            if starts_at <= now or not earliest <= starts_at <= latest:
                continue
            chosen = choose(profile, wanted, starts_at, book)
            if chosen is not None:
                yield Slot(
                    starts_at,
                    starts_at + wanted.length,
                    wanted.place.id,
                    tuple(resource.id for resource, _ in chosen),
                )


def full_days(profile: Profile, wanted: Wish, starts: Iterable[datetime]) -> frozenset[date]:
    """The local days that are full, of visits that begin at these times."""
    visits = Counter(local_day(starts_at, wanted.place.timezone) for starts_at in starts)
    limit = profile.rules.booking.daily_limit
    return frozenset(day for day, number in visits.items() if limit and number >= limit)


def nearby_days(profile: Profile, starts_at: datetime, place: LocationInfo) -> tuple[date, date]:
    """The local dates in which to look for an alternative to a time."""
    day = local_day(starts_at, place.timezone)
    return day, day + timedelta(days=min(7, profile.rules.booking.horizon_days))


def _starts(profile: Profile, wanted: Wish, day: date) -> list[datetime]:
    # Steps are counted in real time from opening, so a day of 23 or 25 hours needs no care.
    step = timedelta(minutes=profile.rules.booking.slot_minutes)
    found: set[datetime] = set()
    for team in teams(profile, wanted):
        for resource in team:
            for interval in _intervals(profile, wanted, resource, day):
                starts_at = interval.start
                while starts_at + wanted.length <= interval.end:
                    found.add(starts_at)
                    starts_at += step
    return sorted(found)


def _intervals(
    profile: Profile, wanted: Wish, resource: ResourceInfo, day: date
) -> Iterator[Interval]:
    hours = hours_on(day, wanted.place, profile.closures, resource)
    return open_intervals(hours, day, wanted.place.timezone)


def _present(
    profile: Profile, wanted: Wish, team: list[ResourceInfo], during: Interval
) -> list[ResourceInfo]:
    day = local_day(during.start, wanted.place.timezone)
    return [
        resource
        for resource in team
        if any(open_.holds(during) for open_ in _intervals(profile, wanted, resource, day))
    ]
