"""Local times and instants where clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.appointments.times import (
    Interval,
    day_span,
    days,
    instant,
    local_day,
    open_intervals,
)
from domain.errors import InvalidInput
from domain.hours import OpenHours
from tests.factories.calendars import CHANGES, weeks

NEAR = st.tuples(st.sampled_from(CHANGES), st.integers(-2, 2)).map(
    lambda drawn: (drawn[0][0], drawn[0][1] + timedelta(days=drawn[1]))
)
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))


@given(NEAR, MINUTES)
def test_an_instant_reads_as_the_local_time_or_never_came(near, at):
    zone, day = near
    if (day, at) in walls(zone, day):
        local = instant(day, at, zone).astimezone(ZoneInfo(zone))
        assert (local.date(), local.time()) == (day, at)
    else:
        with pytest.raises(InvalidInput) as refused:
            instant(day, at, zone)
        assert refused.value.problems[0].code == "DST_GAP"


@cache
def walls(zone, day):
    """Every minute that a clock on the wall shows around a day."""
    start = datetime.combine(day, time(), UTC) - timedelta(hours=15)
    shown = (start + timedelta(minutes=n) for n in range(54 * 60))
    return {(at.date(), at.time()) for at in (m.astimezone(ZoneInfo(zone)) for m in shown)}


@given(NEAR)
def test_days_follow_each_other_without_gap_or_overlap(near):
    zone, day = near
    today, tomorrow = day_span(day, zone), day_span(day + timedelta(days=1), zone)
    assert today.end == tomorrow.start
    assert local_day(today.start, zone) == day
    assert local_day(today.end - timedelta(seconds=1), zone) == day


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Europe/London", date(2026, 3, 29), 23),
        ("Europe/London", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("America/Sao_Paulo", date(2018, 11, 4), 23),
        ("America/Sao_Paulo", date(2019, 2, 16), 25),
        ("America/Sao_Paulo", date(2026, 11, 1), 24),
    ],
)
def test_a_day_is_as_long_as_its_clocks_say(zone, day, hours):
    span = day_span(day, zone)
    assert span.end - span.start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("zone", "day", "at"),
    [
        ("America/New_York", date(2026, 3, 8), time(2, 30)),
        ("Europe/London", date(2026, 3, 29), time(1, 0)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15)),
        ("America/Sao_Paulo", date(2018, 11, 4), time(0, 0)),
    ],
)
def test_a_time_that_never_came_is_refused(zone, day, at):
    with pytest.raises(InvalidInput, match="clocks go forward"):
        instant(day, at, zone)


def test_of_a_time_that_comes_twice_the_first_is_meant():
    first = instant(date(2026, 11, 1), time(1, 30), "America/New_York")
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@given(NEAR.flatmap(lambda near: st.tuples(st.just(near), weeks([near[1]]))))
def test_nobody_is_let_in_while_the_clock_says_closed(drawn):
    (zone, day), hours = drawn
    for interval in open_intervals(hours, day, zone):
        assert interval.start < interval.end
        moment = interval.start
        while moment < interval.end:
            local = moment.astimezone(ZoneInfo(zone))
            assert local.date() == day
            assert any(span.opens <= local.time() < span.closes for span in hours)
            moment += timedelta(minutes=15)


def test_hours_that_the_clocks_skip_leave_nothing():
    skipped = OpenHours(weekday=6, opens=time(2, 0), closes=time(3, 0))
    assert list(open_intervals((skipped,), date(2026, 3, 8), "America/New_York")) == []


def test_a_working_night_is_an_hour_shorter_in_spring():
    night = OpenHours(weekday=6, opens=time(0, 0), closes=time(8, 0))
    [open_] = open_intervals((night,), date(2026, 3, 8), "America/New_York")
    assert open_.end - open_.start == timedelta(hours=7)


@given(st.lists(st.integers(0, 50), min_size=4, max_size=4))
def test_intervals_overlap_exactly_when_they_share_a_minute(edges):
    one, other = (sorted(pair) for pair in (edges[:2], edges[2:]))
    minutes = [set(range(*pair)) for pair in (one, other)]
    start = datetime(2026, 1, 1, tzinfo=UTC)
    intervals = [
        Interval(*(start + timedelta(minutes=edge) for edge in pair)) for pair in (one, other)
    ]
    if all(minutes):
        assert intervals[0].overlaps(intervals[1]) == bool(minutes[0] & minutes[1])
        assert intervals[0].holds(intervals[1]) == (minutes[1] <= minutes[0])


def test_days_run_from_the_first_to_the_last():
    first = date(2026, 2, 27)
    assert [day.day for day in days(first, first + timedelta(days=2))] == [27, 28, 1]
