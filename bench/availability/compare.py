"""The availability bench: the search of a week beside asking about one time after the other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from statistics import median
from time import process_time
from uuid import UUID

from bench.house import House, Step
from bench.machine import Cores
from bench.tables import Column, Report, Table
from domain.appointments import rules
from domain.appointments.openings import Book, Occupied, Wish
from domain.appointments.sites import Reckoned, Site
from domain.appointments.times import Interval
from domain.business.profile import (
    LocationInfo,
    Profile,
    ResourceInfo,
    ResourceKind,
    ServiceInfo,
    TravelRules,
)
from domain.hours import OpenHours
from domain.spots import Spot

_ROUNDS, _QUICK_ROUNDS = 50, 5
_PLACE = UUID(int=1)
_MONDAY = date(2026, 11, 16)
_NOW = datetime(2026, 11, 15, 12, tzinfo=UTC)
# Morning and afternoon of every day but Sunday, in New York.
_WEEK = tuple(
    OpenHours(weekday=day, opens=opens, closes=closes)
    for day in range(6)
    for opens, closes in ((time(8), time(12)), (time(13), time(18)))
)
_VISIT = timedelta(minutes=55)


async def compare(house: House, cores: Cores, step: Step, quick: bool) -> Report:
    """Look for the free times of a week in a practice that is nearly full."""
    step("A week of twenty people and five rooms")
    profile, wanted, book = _practice()
    rounds = _QUICK_ROUNDS if quick else _ROUNDS
    last = _MONDAY + timedelta(days=6)

    travelling = replace(wanted, site=_site(0), ways=Reckoned(TravelRules()))

    def search(wish: Wish) -> list[datetime]:
        found = rules.slots(profile, wish, _MONDAY, last, book, _NOW)
        return [slot.starts_at for slot in found]

    def one_by_one(wish: Wish) -> list[datetime]:
        times = (slot.starts_at for slot in rules.slots(profile, wish, _MONDAY, last, Book(), _NOW))
        return [at for at in times if rules.choose(profile, wish, at, book)]

    if any(search(wish) != one_by_one(wish) for wish in (wanted, travelling)):
        raise RuntimeError("The two do not find the same times")
    rows = [
        _row("one time after the other", partial(one_by_one, wanted), max(2, rounds // 10)),
        _row("search", partial(search, wanted), rounds),
        _row("search, with the ways between", partial(search, travelling), rounds),
    ]
    columns = [Column("ms", "CPU ms a week", "less"), Column("slots", "free times")]
    table = Table("week", "20 people, 5 rooms, 7 days, 80 % full", columns, rows, rows[0]["server"])
    return Report("Availability", [table])


def _row(name: str, find: Callable[[], list[datetime]], rounds: int) -> dict[str, object]:
    took = []
    for _ in range(rounds):
        began = process_time()
        found = find()
        took.append((process_time() - began) * 1000)
    return {"server": name, "ms": round(median(took), 2), "slots": len(found)}


def _practice() -> tuple[Profile, Wish, Book]:
    place = LocationInfo(id=_PLACE, name="Main", timezone="America/New_York", hours=_WEEK)
    people = [_resource(number, ResourceKind.STAFF) for number in range(10, 30)]
    rooms = [_resource(number, ResourceKind.ROOM) for number in range(50, 55)]
    everybody = (*people, *rooms)
    service = ServiceInfo(
        id=UUID(int=2),
        name="Cleaning",
        duration_minutes=45,
        buffer_after_minutes=10,
        resource_ids=tuple(one.id for one in everybody),
    )
    profile = Profile(
        name="Practice",
        region="US",
        currency="USD",
        locale="en-US",
        locations=(place,),
        services=(service,),
        resources=everybody,
    )
    return profile, Wish(service, place), Book.of(_visits(everybody))


def _resource(number: int, kind: ResourceKind) -> ResourceInfo:
    # Every second one has hours of their own.
    hours = _WEEK if number % 2 else None
    return ResourceInfo(
        id=UUID(int=number), kind=kind, name=f"Number {number}", location_id=_PLACE, hours=hours
    )


def _site(number: int) -> Site:
    """One of some postcodes, a mile and a half after the other."""
    return Site(f"{10001 + number}", Spot(40.7 + number / 50, -74.0))


def _visits(everybody: tuple[ResourceInfo, ...]) -> list[Occupied]:
    chance, where = Random(1), Random(2)
    opens = datetime.combine(_MONDAY, time(13), UTC)
    starts = [opens + timedelta(days=day, hours=hour) for day in range(6) for hour in range(10)]
    return [
        Occupied(one.id, 0, Interval(at, at + _VISIT), _site(where.randrange(50)))
        for one in everybody
        for at in starts
        if chance.random() < 0.8
    ]
