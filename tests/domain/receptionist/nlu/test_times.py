from datetime import datetime, time

import pytest

from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.spans import Span
from domain.receptionist.nlu.times import Bound, TimeMention, find_times, resolve

NOW = datetime.fromisoformat("2022-03-15T09:00")


@pytest.mark.parametrize(
    ("text", "expected", "explicit"),
    [
        ("at 3 pm", "15:00", True),
        ("half past three", "03:30", False),
        ("half past 12 in the afternoon", "12:30", True),
        ("quarter to one", "12:45", False),
        ("a quarter to 12 in the morning", "11:45", True),
        ("25 to 7 p.m.", "18:35", True),
        ("ten past four", "04:10", False),
        ("eleven o six p m", "23:06", True),
        ("9 05 in the morning", "09:05", True),
        ("afternoon 3", "15:00", True),
        ("10 o'clock", "10:00", False),
        ("noon", "12:00", True),
        ("at 18:30", "18:30", True),
        ("2:10 night", "02:10", True),
        ("1140 a.m.", "11:40", True),
        ("elevenish", "11:00", False),
        ("in 30 minutes", "09:30", True),
        ("in an hour and a half", "10:30", True),
        ("right now", "09:00", True),
    ],
)
def test_a_time_is_read(text: str, expected: str, explicit: bool) -> None:
    (found,) = find_times(hear(text.replace("elevenish", "11ish")), NOW)

    assert found.at.strftime("%H:%M") == expected
    assert found.explicit is explicit


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("after three", [(Bound.AFTER, "03:00")]),
        ("before noon", [(Bound.BEFORE, "12:00")]),
        ("8 or later", [(Bound.AFTER, "08:00")]),
        ("between 2 and 4 pm", [(Bound.FROM, "14:00"), (Bound.TO, "16:00")]),
        ("from nine to five", [(Bound.FROM, "09:00"), (Bound.TO, "17:00")]),
        ("from 10 to 2 pm", [(Bound.FROM, "10:00"), (Bound.TO, "14:00")]),
    ],
)
def test_limits_and_ranges_are_kept(text: str, bounds: list[tuple[Bound, str]]) -> None:
    found = find_times(hear(text), NOW)

    assert [(mention.bound, mention.at.strftime("%H:%M")) for mention in found] == bounds


@pytest.mark.parametrize(("text", "expected"), [("nine", "09:00"), ("930 please", "09:30")])
def test_a_bare_number_answers_what_time(text: str, expected: str) -> None:
    (found,) = find_times(hear(text), NOW, asked=True)

    assert found.at.strftime("%H:%M") == expected
    assert find_times(hear(text), NOW) == ()


@pytest.mark.parametrize("text", ["a table for 4 people", "I am 30 years old", "call 555 1234"])
def test_other_numbers_are_no_times(text: str) -> None:
    assert find_times(hear(text), NOW) == ()


@pytest.mark.parametrize(
    ("at", "opens", "closes", "expected"),
    [
        (time(3), time(9), time(17), time(15)),
        (time(10), time(9), time(17), time(10)),
        (time(8), time(8), time(20), time(8)),
        (time(7), time(11), time(23), time(19)),
        (time(6), time(9), time(17), time(18)),
        (time(2), None, None, time(14)),
    ],
)
def test_opening_hours_settle_the_half_of_day(
    at: time, opens: time | None, closes: time | None, expected: time
) -> None:
    assert resolve(TimeMention(Span(0, 1), at, False), opens, closes) == expected


def test_an_explicit_time_is_not_moved() -> None:
    assert resolve(TimeMention(Span(0, 1), time(3), True), time(9), time(17)) == time(3)
