from datetime import date, datetime, time

import pytest

from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.when import Moment, chosen, find_moments

# A Saturday.
NOW = datetime.fromisoformat("2026-11-21T10:00")


def moments(text: str) -> tuple[Moment, ...]:
    return find_moments(hear(text), NOW)


def test_day_and_time_are_one_moment() -> None:
    (moment,) = moments("on the 3rd of December at quarter past two")

    assert moment.day is not None
    assert moment.day.first == date(2026, 12, 3)
    assert moment.at is not None
    assert moment.at.at == time(2, 15)


def test_a_range_belongs_to_its_day() -> None:
    (moment,) = moments("next Tuesday between 2 and 4 pm")

    assert moment.earliest is not None
    assert moment.latest is not None
    assert (moment.earliest.at, moment.latest.at) == (time(14), time(16))


def test_alternatives_are_kept_apart() -> None:
    first, second = moments("Monday at 3 or Wednesday after 4")

    assert first.at is not None
    assert second.earliest is not None
    assert second.day is not None
    assert second.day.first == date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    ["not Monday, Tuesday", "Monday doesn't work, how about Tuesday", "I can't do Monday, Tuesday"],
)
def test_what_was_ruled_out_is_not_chosen(text: str) -> None:
    moment = chosen(moments(text))

    assert moment is not None
    assert moment.day is not None
    assert moment.day.first == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    ["as soon as possible", "what's the earliest you can do", "the next available slot", "asap"],
)
def test_haste_is_a_wish(text: str) -> None:
    (moment,) = moments(text)

    assert moment.soonest


def test_haste_joins_a_limit() -> None:
    (moment,) = moments("as soon as possible after 5 pm")

    assert moment.soonest
    assert moment.earliest is not None


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("first thing tomorrow", "first thing"),
        ("tomorrow morning", "morning"),
        ("Thursday after work", "after work"),
        ("tonight", "evening"),
    ],
)
def test_parts_of_the_day_have_names(text: str, part: str) -> None:
    (moment,) = moments(text)

    assert moment.part is not None
    assert moment.part.name == part


@pytest.mark.parametrize(
    "text", ["good morning", "a room for two nights", "I've coughed for two days now"]
)
def test_greetings_and_complaints_are_no_moments(text: str) -> None:
    assert moments(text) == ()
