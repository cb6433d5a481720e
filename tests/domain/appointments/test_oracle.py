"""The search for free times finds what somebody finds who tries every five minutes."""

from dataclasses import astuple
from datetime import UTC, datetime, time, timedelta
from math import ceil, pi

from hypothesis import given

from domain.appointments import rules
from domain.appointments.times import hours_on, local_day, open_intervals
from domain.business.profile import ResourceKind
from tests.factories.calendars import calendars

FIVE = timedelta(minutes=5)
KM_A_DEGREE = 6371.0 * pi / 180


def ticks(start, end):
    """The instants from one up to another; everything in the generated calendars lasts fives."""
    while start < end:
        yield start
        start += FIVE


def spans(calendar, resource, day):
    hours = hours_on(day, calendar.wanted.place, calendar.profile.closures, resource)
    return list(open_intervals(hours, day, calendar.zone))


def providers(calendar):
    """By kind, whoever provides the service; of the kind of whom was asked for, only they."""
    kinds = {}
    asked = [one for one in calendar.profile.resources if one.id == calendar.wanted.resource_id]
    for one in calendar.profile.resources:
        if not asked or one.kind != asked[0].kind or one == asked[0]:
            kinds.setdefault(one.kind, []).append(one)
    return kinds


def is_there(calendar, resource, starts_at):
    visit = list(ticks(starts_at, starts_at + calendar.wanted.length))
    day = local_day(starts_at, calendar.zone)
    return any(
        all(span.start <= tick < span.end for tick in visit)
        for span in spans(calendar, resource, day)
    )


def way(calendar, resource, entry):
    """How long it takes between a visit and another, along a meridian."""
    travel = calendar.profile.rules.booking.travel
    if travel is None or resource.kind is ResourceKind.ROOM:
        return timedelta()
    here, there = calendar.wanted.site, entry.site
    if here is None or there is None or (here != there and not (here.spot and there.spot)):
        return timedelta(minutes=travel.unknown_minutes)
    degrees = abs(here.spot.latitude - there.spot.latitude) if here.spot and there.spot else 0
    hours = degrees * KM_A_DEGREE * travel.detour_percent / 100 / travel.speed_kmh
    return timedelta(minutes=travel.fixed_minutes + ceil(hours * 60))


def is_free(calendar, resource, unit, starts_at):
    """Nobody is at two places, nor anywhere but on the way as long as that takes."""
    needed = list(ticks(*astuple(calendar.wanted.occupies(starts_at))))
    for entry in calendar.book.taken[resource.id]:
        if entry.unit == unit:
            apart = way(calendar, resource, entry)
            before, after = entry.during.start - apart, entry.during.end + apart
            if any(tick + FIVE > before and tick < after for tick in needed):
                return False
    return True


def somebody_can(calendar, team, starts_at):
    return any(
        is_there(calendar, resource, starts_at) and is_free(calendar, resource, unit, starts_at)
        for resource in team
        for unit in range(resource.capacity)
    )


def is_a_step(calendar, starts_at):
    """Steps are counted from when somebody opens, as long as the visit ends with their hours."""
    step = timedelta(minutes=calendar.profile.rules.booking.slot_minutes)
    day = local_day(starts_at, calendar.zone)
    everybody = [one for team in providers(calendar).values() for one in team]
    return any(
        span.start <= starts_at <= span.end - calendar.wanted.length
        and not (starts_at - span.start) % step
        for one in everybody
        for span in spans(calendar, one, day)
    )


def may_begin(calendar, starts_at):
    booking = calendar.profile.rules.booking
    ahead = starts_at - calendar.now
    day = local_day(starts_at, calendar.zone)
    return (
        ahead > timedelta()
        and timedelta(minutes=booking.minimum_notice_minutes) <= ahead
        and ahead <= timedelta(days=booking.horizon_days)
        and calendar.first <= day <= calendar.last
        and day not in calendar.book.full_days
        and is_a_step(calendar, starts_at)
        and all(somebody_can(calendar, team, starts_at) for team in providers(calendar).values())
    )


@given(calendars())
def test_the_search_finds_what_patience_finds(calendar):
    midnight = datetime.combine(calendar.first, time(), UTC)
    every = ticks(midnight - timedelta(days=1), midnight + timedelta(days=4))
    expected = [starts_at for starts_at in every if may_begin(calendar, starts_at)]
    found = rules.slots(
        calendar.profile,
        calendar.wanted,
        calendar.first,
        calendar.last,
        calendar.book,
        calendar.now,
    )
    assert [slot.starts_at for slot in found] == expected
