"""When a visit can take place: pure decisions over a profile and what is occupied."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from domain.appointments.errors import InThePast, NotBookable, OutsideHours, TooFarAhead, TooSoon
from domain.appointments.openings import Book, Day, Opening, Wish
from domain.appointments.sites import Reckoned, Site
from domain.appointments.times import days, local_day
from domain.appointments.travel import with_ways
from domain.business.profile import LocationInfo, Profile, ServiceInfo
from domain.errors import NotFound

P = TypeVar("P", ServiceInfo, LocationInfo)


@dataclass(frozen=True)
class Slot:
    """A time at which a visit could begin (UTC), and those who could provide it."""

    starts_at: datetime
    ends_at: datetime
    location_id: UUID
    resource_ids: tuple[UUID, ...]


def wish(
    profile: Profile,
    service_id: UUID,
    *,
    location_id: UUID | None = None,
    resource_id: UUID | None = None,
    site: Site | None = None,
    moving: UUID | None = None,
) -> Wish:
    """Look up what somebody wants. Raises `NotFound` and `NotBookable`."""
    service = _named(profile.services, service_id, "service")
    place = _named(profile.locations, location_id, "location") if location_id else profile.location
    if not service.bookable:
        raise NotBookable(f"{service.name} cannot be booked by telephone")
    working = {resource.id for resource in profile.resources}
    if resource_id is not None and resource_id not in working.intersection(service.resource_ids):
        raise NotBookable(f"Whom you asked for does not provide {service.name}")
    travel = profile.rules.booking.travel
    ways = Reckoned(travel) if travel else None
    return Wish(service, place, resource_id, site, ways, moving)


def _named(parts: Sequence[P], id: UUID, noun: str) -> P:
    part = next((part for part in parts if part.id == id), None)
    if part is None:
        raise NotFound(f"There is no such {noun}")
    return part


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
    if choose(profile, wanted, starts_at, Book()) is None:
        raise OutsideHours(starts_at)


def check_visitor(service: ServiceInfo, *, returning: bool) -> None:
    """Raise `NotBookable` if the service is for others: new callers, or returning ones."""
    if returning and not service.for_returning_callers:
        raise NotBookable(f"{service.name} is for new callers")
    if not returning and not service.for_new_callers:
        raise NotBookable(f"{service.name} is for those who have been here before")


def choose(profile: Profile, wanted: Wish, starts_at: datetime, book: Book) -> list[Opening] | None:
    """One free unit of each kind a visit needs, or None if a kind is taken."""
    day = local_day(starts_at, wanted.place.timezone)
    return Day.of(profile, wanted, day, with_ways(profile, wanted, book)).choose(starts_at)


def slots(
    profile: Profile, wanted: Wish, first: date, last: date, book: Book, now: datetime
) -> Iterator[Slot]:
    """The free times between two local dates, in order."""
    booking = profile.rules.booking
    earliest = now + timedelta(minutes=booking.minimum_notice_minutes)
    latest = now + timedelta(days=booking.horizon_days)
    step = timedelta(minutes=booking.slot_minutes)
    book = with_ways(profile, wanted, book)
    for date_ in days(first, last):
        if date_ in book.full_days:
            continue
        day = Day.of(profile, wanted, date_, book)
        for starts_at in day.starts(wanted.length, step):
            if starts_at <= now or not earliest <= starts_at <= latest:
                continue
            if chosen := day.choose(starts_at):
                who = tuple(opening.resource.id for opening in chosen)
                yield Slot(starts_at, starts_at + wanted.length, wanted.place.id, who)


def full_days(profile: Profile, wanted: Wish, starts: Iterable[datetime]) -> frozenset[date]:
    """The local days that are full, of visits that begin at these times."""
    visits = Counter(local_day(starts_at, wanted.place.timezone) for starts_at in starts)
    limit = profile.rules.booking.daily_limit
    return frozenset(day for day, number in visits.items() if limit and number >= limit)


def nearby_days(profile: Profile, starts_at: datetime, place: LocationInfo) -> tuple[date, date]:
    """The local dates in which to look for an alternative to a time."""
    day = local_day(starts_at, place.timezone)
    return day, day + timedelta(days=min(7, profile.rules.booking.horizon_days))
