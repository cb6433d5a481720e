"""Generated calendars on the days around which clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from domain.appointments.openings import Book, Occupied, Wish
from domain.appointments.sites import Reckoned, Site
from domain.appointments.times import Interval
from domain.business.profile import (
    BookingRules,
    ClosureInfo,
    LocationInfo,
    Profile,
    ResourceInfo,
    ResourceKind,
    Rules,
    ServiceInfo,
    TravelRules,
)
from domain.hours import OpenHours
from domain.spots import Spot

# São Paulo gave up changing its clocks in 2019; its gaps and overlaps lay at midnight.
CHANGES = (
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Sao_Paulo", date(2018, 11, 4)),
    ("America/Sao_Paulo", date(2019, 2, 16)),
)
PLACE = UUID(int=1)
SERVICE = UUID(int=2)
# Clocks change before three in the morning, so those hours are drawn as often as all others.
QUARTERS = (st.integers(0, 12) | st.integers(0, 95)).map(lambda n: time(n // 4, n % 4 * 15))
# On one meridian, so that anybody can reckon how far they are apart; some are not known.
SITES = st.sampled_from(
    (
        None,
        Site("NOWHERE"),
        *(Site(f"N{tenths}", Spot(tenths / 10, 0.0)) for tenths in (0, 1, 5)),
    )
)
MINUTES = st.integers(0, 8).map(lambda n: n * 5)


@dataclass(frozen=True)
class Calendar:
    """A business for a day or two, what somebody wants of it, and what is taken."""

    profile: Profile
    wanted: Wish
    first: date
    last: date
    book: Book
    now: datetime

    @property
    def zone(self) -> str:
        """The time zone of the only location."""
        return self.wanted.place.timezone


@st.composite
def weeks(draw: st.DrawFn, days: list[date]) -> tuple[OpenHours, ...]:
    """Hours of some days of the week, in one or two spans each."""
    hours = []
    for weekday in {day.weekday() for day in days}:
        edges = sorted(draw(st.lists(QUARTERS, min_size=2, max_size=4, unique=True)))
        for opens, closes in list(pairwise(edges))[::2]:
            hours.append(OpenHours(weekday=weekday, opens=opens, closes=closes))
    return tuple(hours)


@st.composite
def closures(draw: st.DrawFn, days: list[date], who: list[UUID]) -> ClosureInfo:
    """Other hours, or none, for the place or for somebody there."""
    day = draw(st.sampled_from(days))
    return ClosureInfo(
        location_id=PLACE,
        resource_id=draw(st.sampled_from([None, *who])),
        starts_on=day,
        ends_on=day,
        hours=draw(st.just(()) | weeks([day])),
    )


@st.composite
def resources(draw: st.DrawFn, id: int, days: list[date]) -> ResourceInfo:
    """Somebody, or a room, with their own hours or those of the place."""
    return ResourceInfo(
        id=UUID(int=id),
        kind=draw(st.sampled_from((ResourceKind.STAFF, ResourceKind.ROOM))),
        name=f"Resource {id}",
        location_id=PLACE,
        capacity=draw(st.integers(1, 3)),
        hours=draw(st.none() | weeks(days)),
    )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Anything a business could be set up to be, near a change of clocks."""
    zone, change = draw(st.sampled_from(CHANGES))
    first = change + timedelta(days=draw(st.integers(-1, 0)))
    days = [first, first + timedelta(days=1)]
    staff = [draw(resources(id, days)) for id in range(10, 10 + draw(st.integers(1, 3)))]
    ids = [resource.id for resource in staff]
    place = LocationInfo(id=PLACE, name="Main", timezone=zone, hours=draw(weeks(days)))
    profile = Profile(
        name="Practice",
        region="US",
        currency="USD",
        locale="en-US",
        locations=(place,),
        services=(draw(services(tuple(ids))),),
        resources=tuple(staff),
        closures=tuple(draw(st.lists(closures(days, ids), max_size=2))),
        rules=Rules(booking=draw(booking_rules())),
    )
    midnight = datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC)
    occupied = draw(st.lists(occupations(midnight, staff), max_size=6))
    now = midnight - timedelta(minutes=draw(st.integers(-600, 600)))
    book = Book.of(occupied)
    book.full_days = frozenset(draw(st.sets(st.sampled_from(days), max_size=1)))
    travel = profile.rules.booking.travel
    wanted = Wish(
        profile.services[0],
        place,
        draw(st.sampled_from([None, *ids])),
        draw(SITES),
        Reckoned(travel) if travel else None,
    )
    return Calendar(profile, wanted, days[0], days[1], book, now)


@st.composite
def services(draw: st.DrawFn, providers: tuple[UUID, ...]) -> ServiceInfo:
    """A visit of some length, with buffers."""
    return ServiceInfo(
        id=SERVICE,
        name="Cleaning",
        duration_minutes=draw(st.integers(1, 18)) * 5,
        buffer_before_minutes=draw(MINUTES),
        buffer_after_minutes=draw(MINUTES),
        resource_ids=providers,
    )


@st.composite
def booking_rules(draw: st.DrawFn) -> BookingRules:
    """Notice, horizon and step."""
    return BookingRules(
        minimum_notice_minutes=draw(st.sampled_from((0, 30, 600))),
        horizon_days=draw(st.integers(1, 3)),
        slot_minutes=draw(st.sampled_from((10, 15, 60))),
        travel=draw(st.none() | travel_rules()),
    )


@st.composite
def travel_rules(draw: st.DrawFn) -> TravelRules:
    """How fast they are who come to their customers."""
    return TravelRules(
        speed_kmh=draw(st.sampled_from((30, 50))),
        detour_percent=draw(st.sampled_from((100, 130))),
        fixed_minutes=draw(st.sampled_from((0, 10))),
        unknown_minutes=draw(st.sampled_from((0, 25))),
    )


@st.composite
def occupations(draw: st.DrawFn, midnight: datetime, staff: list[ResourceInfo]) -> Occupied:
    """One unit of a resource that somebody has already."""
    resource = draw(st.sampled_from(staff))
    starts_at = midnight + timedelta(minutes=15 * draw(st.integers(0, 190)))
    length = timedelta(minutes=15 * draw(st.integers(1, 24)))
    unit = draw(st.integers(0, resource.capacity - 1))
    return Occupied(resource.id, unit, Interval(starts_at, starts_at + length), draw(SITES))
