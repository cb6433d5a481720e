"""Opening hours as they are given, checked and stored."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.hours import OpenHours, hours_of, known_zone, open_hours, stored_hours

TIMES = st.times().map(lambda at: at.replace(microsecond=0))


@st.composite
def spans(draw):
    opens, closes = sorted(draw(st.lists(TIMES, min_size=2, max_size=2, unique=True)))
    return OpenHours(weekday=draw(st.integers(0, 6)), opens=opens, closes=closes)


def overlap(one, other):
    same_day = one.weekday == other.weekday
    return same_day and one.opens < other.closes and other.opens < one.closes


@given(st.lists(spans(), max_size=6))
def test_hours_are_stored_unless_they_overlap(hours):
    pairs = [(one, other) for n, one in enumerate(hours) for other in hours[n + 1 :]]
    if any(overlap(one, other) for one, other in pairs):
        with pytest.raises(InvalidInput):
            stored_hours(hours)
    else:
        assert set(hours_of(stored_hours(hours))) == set(hours)


def test_a_lunch_break_touches_nothing():
    morning = open_hours(0, time(9), time(12))
    afternoon = open_hours(0, time(12), time(17))
    stored = stored_hours([afternoon, morning])
    assert [span["opens"] for span in stored] == ["09:00:00", "12:00:00"]


@pytest.mark.parametrize(("weekday", "opens", "closes"), [(7, 9, 17), (0, 17, 9), (0, 9, 9)])
def test_senseless_hours_are_refused(weekday, opens, closes):
    with pytest.raises(InvalidInput) as refused:
        open_hours(weekday, time(opens), time(closes))
    assert refused.value.problems[0].path == "hours"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "America"])
def test_an_unknown_zone_is_refused(name):
    with pytest.raises(InvalidInput):
        known_zone(name)


def test_a_zone_is_known_by_its_name():
    assert known_zone("Australia/Lord_Howe") == "Australia/Lord_Howe"
