"""When a visit can take place, whatever the business is set up to be."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments import rules
from domain.appointments.errors import (
    InThePast,
    NotBookable,
    OutsideHours,
    TooFarAhead,
    TooSoon,
)
from domain.appointments.openings import Occupied, teams
from domain.appointments.times import Interval, hours_on, local_day
from domain.errors import Conflict, NotFound
from tests.factories.calendars import SERVICE, calendars

CALENDARS = calendars()


def offered(calendar):
    return list(
        rules.slots(
            calendar.profile,
            calendar.wanted,
            calendar.first,
            calendar.last,
            calendar.book,
            calendar.now,
        )
    )


def named(calendar, id):
    return next(resource for resource in calendar.profile.resources if resource.id == id)


@given(CALENDARS)
def test_slots_lie_within_everybodys_hours(calendar):
    for slot in offered(calendar):
        for id in slot.resource_ids:
            assert_inside(calendar, slot, named(calendar, id))


def assert_inside(calendar, slot, resource):
    moment = slot.starts_at
    while moment < slot.ends_at:
        local = moment.astimezone(ZoneInfo(calendar.zone))
        hours = hours_on(local.date(), calendar.wanted.place, calendar.profile.closures, resource)
        assert any(
            span.weekday == local.weekday() and span.opens <= local.time() < span.closes
            for span in hours
        )
        moment += timedelta(minutes=5)


@given(CALENDARS)
def test_slots_leave_everybody_a_free_unit_with_buffers(calendar):
    service = calendar.wanted.service
    before = timedelta(minutes=service.buffer_before_minutes)
    after = timedelta(minutes=service.buffer_after_minutes)
    for slot in offered(calendar):
        during = Interval(slot.starts_at - before, slot.ends_at + after)
        for id in slot.resource_ids:
            busy = [entry for entry in calendar.book.taken[id] if entry.during.overlaps(during)]
            assert len({entry.unit for entry in busy}) < named(calendar, id).capacity


@given(CALENDARS)
def test_slots_take_one_of_every_kind_that_is_needed(calendar):
    kinds = [team[0].kind for team in teams(calendar.profile, calendar.wanted)]
    for slot in offered(calendar):
        assert [named(calendar, id).kind for id in slot.resource_ids] == kinds


@given(CALENDARS)
def test_a_closed_place_offers_nothing(calendar):
    shut = {
        closure.starts_on
        for closure in calendar.profile.closures
        if closure.resource_id is None and not closure.hours
    }
    # The first closure of a day is the one that applies.
    shut -= {
        closure.starts_on
        for closure in calendar.profile.closures
        if closure.resource_id is None and closure.hours
    }
    assert not shut & {local_day(slot.starts_at, calendar.zone) for slot in offered(calendar)}


@given(CALENDARS)
def test_whoever_is_asked_for_is_in_every_slot(calendar):
    asked = calendar.wanted.resource_id
    assert all(asked in slot.resource_ids for slot in offered(calendar) if asked)


@given(CALENDARS)
def test_every_slot_can_be_booked(calendar):
    for slot in offered(calendar):
        rules.check_window(calendar.profile, slot.starts_at, calendar.now)
        rules.check_hours(calendar.profile, calendar.wanted, slot.starts_at)
        chosen = rules.choose(calendar.profile, calendar.wanted, slot.starts_at, calendar.book)
        assert tuple(one.resource.id for one in chosen) == slot.resource_ids


@given(CALENDARS, st.data())
def test_booking_a_slot_uses_it_up(calendar, data):
    slots = offered(calendar)
    if not slots:
        return
    slot = data.draw(st.sampled_from(slots))
    during = calendar.wanted.occupies(slot.starts_at)
    seats = 0
    while chosen := rules.choose(calendar.profile, calendar.wanted, slot.starts_at, calendar.book):
        seats += 1
        for one in chosen:
            taken = Occupied(one.resource.id, one.unit, during)
            calendar.book.taken[taken.resource_id].append(taken)
    assert 1 <= seats <= sum(resource.capacity for resource in calendar.profile.resources)
    assert slot.starts_at not in [left.starts_at for left in offered(calendar)]


@given(CALENDARS, st.integers(-5000, 5000))
def test_the_window_is_open_or_says_why_not(calendar, minutes):
    booking = calendar.profile.rules.booking
    refused = refusal(calendar, calendar.now + timedelta(minutes=minutes))
    if minutes <= 0:
        assert refused is InThePast
    elif minutes < booking.minimum_notice_minutes:
        assert refused is TooSoon
    elif minutes > booking.horizon_days * 24 * 60:
        assert refused is TooFarAhead
    else:
        assert refused is None


def refusal(calendar, starts_at):
    try:
        rules.check_window(calendar.profile, starts_at, calendar.now)
    except Conflict as refused:
        return type(refused)


@given(CALENDARS, st.integers(0, 47))
def test_nobody_visits_when_the_place_is_shut_all_day(calendar, hour):
    shut = calendar.profile.model_copy(
        update={
            "closures": (),
            "resources": tuple(
                resource.model_copy(update={"hours": ()}) for resource in calendar.profile.resources
            ),
        }
    )
    starts_at = datetime.combine(calendar.first, time(), UTC) + timedelta(hours=hour)
    with pytest.raises(OutsideHours):
        rules.check_hours(shut, calendar.wanted, starts_at)


@given(CALENDARS, st.integers(1, 3), st.lists(st.integers(0, 47), max_size=8))
def test_a_day_is_full_at_its_limit(calendar, limit, hours):
    booking = calendar.profile.rules.booking.model_copy(update={"daily_limit": limit})
    limited = calendar.profile.model_copy(
        update={"rules": calendar.profile.rules.model_copy(update={"booking": booking})}
    )
    starts = [calendar.now + timedelta(hours=hour) for hour in hours]
    visits = [local_day(at, calendar.zone) for at in starts]
    full = rules.full_days(limited, calendar.wanted, starts)
    assert full == {day for day in visits if visits.count(day) >= limit}
    assert not rules.full_days(calendar.profile, calendar.wanted, starts)


@given(CALENDARS)
def test_what_is_not_on_offer_cannot_be_wished_for(calendar):
    with pytest.raises(NotFound):
        rules.wish(calendar.profile, UUID(int=99))
    with pytest.raises(NotFound):
        rules.wish(calendar.profile, SERVICE, location_id=UUID(int=99))
    with pytest.raises(NotBookable):
        rules.wish(calendar.profile, SERVICE, resource_id=UUID(int=99))


@given(CALENDARS)
def test_who_has_left_cannot_be_asked_for(calendar):
    gone = calendar.profile.resources[0].id
    left = calendar.profile.model_copy(update={"resources": calendar.profile.resources[1:]})
    with pytest.raises(NotBookable):
        rules.wish(left, SERVICE, resource_id=gone)


@pytest.mark.parametrize("returning", [True, False])
@given(calendar=CALENDARS)
def test_a_service_may_be_for_some_visitors_only(returning, calendar):
    service = calendar.wanted.service.model_copy(
        update={"for_new_callers": returning, "for_returning_callers": not returning}
    )
    with pytest.raises(NotBookable):
        rules.check_visitor(service, returning=returning)
    rules.check_visitor(service, returning=not returning)
