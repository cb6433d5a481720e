"""Whose telephone rings, around the world and on closed days."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.business.profile import (
    ClosureInfo,
    HandlingMode,
    LocationInfo,
    Profile,
    Rules,
    TransferTargetInfo,
)
from domain.conversations.acts import Disposition
from domain.handling.rules import came_to, is_open, reachable_targets, seconds_left, staff_first
from domain.hours import OpenHours
from tests.factories.calendars import PLACE, calendars

WEEK = tuple(OpenHours(weekday=day, opens=time(9), closes=time(17)) for day in range(5))
MONDAY = date(2026, 11, 16)
DESK = TransferTargetInfo(id=UUID(int=8), label="Front desk", number="+12125550111")
OWNER = TransferTargetInfo(id=UUID(int=9), label="Owner", number="+12125550112")
BEGUN = datetime(2018, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 9 * 366 * 24 * 60).map(lambda minutes: BEGUN + timedelta(minutes=minutes))


def business(mode: HandlingMode, zone: str = "America/New_York", **more: object) -> Profile:
    place = LocationInfo(id=PLACE, name="Main", timezone=zone, hours=WEEK, is_default=True)
    parts = {"locations": (place,), "transfer_targets": (DESK, OWNER), **more}
    rules = Rules(mode=mode)
    return Profile(name="B", region="US", currency="USD", locale="en-US", rules=rules, **parts)


def at(hour: int, minute: int = 0, *, day: date = MONDAY, zone: str = "America/New_York"):
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def labels(profile: Profile, now: datetime, tried: tuple[str, ...] = ()) -> list[str]:
    return [target.label for target in reachable_targets(profile, now, tried)]


@given(MOMENTS)
def test_by_its_modes_a_business_differs_only_outside_its_hours(now):
    always = staff_first(business(HandlingMode.STAFF_FIRST), now)
    never = staff_first(business(HandlingMode.AI_FIRST), now)
    profile = business(HandlingMode.AFTER_HOURS)
    assert (always, never) == (True, False)
    assert staff_first(profile, now) == is_open(profile, profile.location, now)


@given(st.sampled_from(HandlingMode), MOMENTS)
def test_without_anybody_to_ring_the_receptionist_answers(mode, now):
    assert not staff_first(business(mode, transfer_targets=()), now)
    asleep = DESK.model_copy(update={"hours": ()})
    assert not staff_first(business(mode, transfer_targets=(asleep,)), now)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Pacific/Auckland"])
@pytest.mark.parametrize(
    ("hour", "minute", "rings"),
    [(8, 59, False), (9, 0, True), (16, 59, True), (17, 0, False), (3, 0, False)],
)
def test_the_staff_is_rung_by_the_clock_on_the_wall(zone, hour, minute, rings):
    profile = business(HandlingMode.AFTER_HOURS, zone)
    assert staff_first(profile, at(hour, minute, zone=zone)) is rings


def test_the_weekend_is_the_receptionists():
    saturday = MONDAY + timedelta(days=5)
    assert not staff_first(business(HandlingMode.AFTER_HOURS), at(10, day=saturday))


def test_nobody_is_rung_by_hours_that_no_place_has():
    assert not staff_first(business(HandlingMode.AFTER_HOURS, locations=()), at(10))
    part_time = DESK.model_copy(update={"hours": WEEK})
    profile = business(HandlingMode.STAFF_FIRST, locations=(), transfer_targets=(part_time, OWNER))
    assert labels(profile, at(10)) == ["Owner"]


def test_on_a_closed_day_the_receptionist_answers():
    closed = ClosureInfo(location_id=PLACE, starts_on=MONDAY, ends_on=MONDAY)
    profile = business(HandlingMode.AFTER_HOURS, closures=(closed,))
    assert not staff_first(profile, at(10))
    assert staff_first(profile, at(10, day=MONDAY + timedelta(days=1)))


def test_special_hours_replace_the_weeks():
    late = (OpenHours(weekday=0, opens=time(18), closes=time(20)),)
    special = ClosureInfo(location_id=PLACE, starts_on=MONDAY, ends_on=MONDAY, hours=late)
    profile = business(HandlingMode.AFTER_HOURS, closures=(special,))
    assert [staff_first(profile, at(hour)) for hour in (10, 19)] == [False, True]


def test_targets_keep_their_own_hours():
    mornings = (OpenHours(weekday=0, opens=time(8), closes=time(12)),)
    desk = DESK.model_copy(update={"hours": mornings})
    profile = business(HandlingMode.STAFF_FIRST, transfer_targets=(desk, OWNER))
    assert labels(profile, at(8)) == ["Front desk", "Owner"]
    assert labels(profile, at(12)) == ["Owner"]


def test_a_target_has_the_clock_of_its_own_location():
    far = LocationInfo(id=UUID(int=5), name="West", timezone="America/Los_Angeles", hours=WEEK)
    main = business(HandlingMode.AI_FIRST).location
    desk = DESK.model_copy(update={"hours": WEEK, "location_id": far.id})
    profile = business(HandlingMode.AI_FIRST, locations=(main, far), transfer_targets=(desk,))
    # At ten in New York it is seven in Los Angeles.
    assert labels(profile, at(10)) == []
    assert labels(profile, at(13)) == ["Front desk"]


def test_a_target_with_hours_is_not_rung_on_a_closed_day():
    closed = ClosureInfo(location_id=PLACE, starts_on=MONDAY, ends_on=MONDAY)
    desk = DESK.model_copy(update={"hours": WEEK})
    targets = (desk, OWNER)
    profile = business(HandlingMode.STAFF_FIRST, closures=(closed,), transfer_targets=targets)
    assert labels(profile, at(10)) == ["Owner"]


@given(st.lists(st.sampled_from((DESK.number, OWNER.number))), MOMENTS)
def test_nobody_is_rung_twice(tried, now):
    found = reachable_targets(business(HandlingMode.STAFF_FIRST), now, tried)
    assert [target.number for target in found] == [
        number for number in (DESK.number, OWNER.number) if number not in tried
    ]


@given(calendars(), st.integers(0, 48 * 60))
def test_open_means_within_the_hours_of_that_day(calendar, minutes):
    place, now = calendar.wanted.place, calendar.now + timedelta(minutes=minutes)
    local = now.astimezone(ZoneInfo(place.timezone))
    if not is_open(calendar.profile, place, now):
        return
    hours = {(span.opens, span.closes) for span in place.hours}
    special = [one.hours for one in calendar.profile.closures if one.resource_id is None]
    hours |= {(span.opens, span.closes) for spans in special for span in spans}
    assert any(opens <= local.time() < closes for opens, closes in hours)


@pytest.mark.parametrize(
    ("passed", "left"), [(0, 20), (8.5, 11), (15, 5), (15.5, 0), (20, 0), (600, 0)]
)
def test_staff_is_rung_for_so_long_in_all(passed, left):
    rang_at = at(10)
    profile = business(HandlingMode.STAFF_FIRST)
    assert seconds_left(profile, rang_at, rang_at + timedelta(seconds=passed)) == left


@given(st.booleans(), st.booleans(), st.booleans())
def test_what_a_call_came_to(answered, bridged, voicemail):
    disposition = came_to(answered=answered, bridged=bridged, voicemail=voicemail)
    talked = {Disposition.TRANSFERRED, Disposition.FORWARDED}
    assert (disposition in talked) is bridged
    assert (disposition is None) is not (bridged or voicemail)
    assert (disposition is Disposition.FORWARDED) is (bridged and not answered)
