"""Which free time suits whom."""

from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest

from domain.appointments.rules import Slot
from domain.waitlist.rules import DayPart, Whenever, first_that_suits, part_of

MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
ZONE = "America/New_York"


def at(hour, minute=0, day=16):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("part", "clock", "held"),
    [
        (DayPart.ANY, time(0), True),
        (DayPart.ANY, time(23, 59), True),
        (DayPart.MORNING, time(11, 59), True),
        (DayPart.MORNING, time(12), False),
        (DayPart.AFTERNOON, time(12), True),
        (DayPart.AFTERNOON, time(17), False),
        (DayPart.EVENING, time(17), True),
        (DayPart.EVENING, time(16, 59), False),
    ],
)
def test_parts_of_a_day_meet_without_overlap(part, clock, held):
    assert part.holds(clock) is held


def test_days_are_those_of_the_place():
    monday = Whenever(MONDAY, MONDAY)
    # Ten in the evening in New York is three in the morning of the next day in UTC.
    assert monday.suits(at(3, day=17), ZONE)
    assert not monday.suits(at(3), ZONE)


def test_nobody_is_told_of_a_time_twice():
    slots = [Slot(at(hour), at(hour, 30), UUID(int=1), ()) for hour in (15, 16)]
    whenever = Whenever(MONDAY, TUESDAY)
    first = first_that_suits(slots, whenever, ZONE, told=frozenset())
    assert first == slots[0]
    assert first_that_suits(slots, whenever, ZONE, told=frozenset({at(15)})) == slots[1]
    assert first_that_suits(slots, whenever, ZONE, told=frozenset({at(15), at(16)})) is None


@pytest.mark.parametrize(
    ("at", "earliest", "latest", "part"),
    [
        (None, None, None, DayPart.ANY),
        (time(9, 30), None, None, DayPart.MORNING),
        (time(14), None, None, DayPart.AFTERNOON),
        (time(18), None, None, DayPart.EVENING),
        (None, time(6), time(12), DayPart.MORNING),
        (None, None, time(10), DayPart.MORNING),
        (None, time(12), time(18), DayPart.AFTERNOON),
        (None, time(17), time(22), DayPart.EVENING),
        (None, time(15), None, DayPart.ANY),
        (None, time(16), time(20), DayPart.ANY),
    ],
)
def test_a_wish_for_a_time_lies_in_a_part_of_the_day(at, earliest, latest, part):
    assert part_of(at, earliest, latest) is part
