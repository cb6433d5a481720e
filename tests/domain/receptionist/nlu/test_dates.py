from datetime import date

import pytest

from domain.receptionist.nlu.birth_dates import find_birth_date
from domain.receptionist.nlu.dates import find_dates
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.holiday_dates import easter

# A Tuesday.
TODAY = date(2022, 3, 15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow please", "2022-03-16"),
        ("the day after tomorrow", "2022-03-17"),
        ("tomorrow week", "2022-03-23"),
        ("Wednesday", "2022-03-16"),
        ("Tuesday", "2022-03-22"),
        ("this Tuesday", "2022-03-15"),
        ("next Friday", "2022-03-25"),
        ("Monday next week", "2022-03-21"),
        ("Saturday this week", "2022-03-19"),
        ("last Monday", "2022-03-14"),
        ("a week on Thursday", "2022-03-24"),
        ("two weeks from Monday", "2022-04-04"),
        ("Wednesday in a week", "2022-03-23"),
        ("in three days", "2022-03-18"),
        ("in a couple of weeks", "2022-03-29"),
        ("7 days ago", "2022-03-08"),
        ("the 13th", "2022-04-13"),
        ("on the twenty-third", "2022-03-23"),
        ("Friday the 17th", "2022-06-17"),
        ("the 4th of this month", "2022-03-04"),
        ("9th of May 1943", "1943-05-09"),
        ("She was born on twenty five January nineteen eighty six", "1986-01-25"),
        ("Jan the 12th", "2023-01-12"),
        ("23/Sep/2020", "2020-09-23"),
        ("2016-10-16", "2016-10-16"),
        ("Feb 29", "2024-02-29"),
        ("Good Friday", "2022-04-15"),
        ("Black Friday 2010", "2010-11-26"),
        ("the day after Christmas", "2022-12-26"),
        ("the Monday after Easter", "2022-04-18"),
        ("saint patrick 2020", "2020-03-17"),
    ],
)
def test_a_day_is_read(text: str, expected: str) -> None:
    (found,) = find_dates(hear(text), TODAY)

    assert found.first.isoformat() == expected
    assert found.is_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("next week", "2022-03-21", "2022-03-27"),
        ("this week", "2022-03-15", "2022-03-20"),
        ("the week after next", "2022-03-28", "2022-04-03"),
        ("this weekend", "2022-03-19", "2022-03-20"),
        ("the end of the month", "2022-03-25", "2022-03-31"),
        ("early next month", "2022-04-01", "2022-04-07"),
        ("in June", "2022-06-01", "2022-06-30"),
        ("early next week", "2022-03-21", "2022-03-22"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str) -> None:
    (found,) = find_dates(hear(text), TODAY)

    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "that's all for today",
        "I sat down",
        "may I ask something",
        "the sun is out",
        "on the second floor",
        "one second please",
        "a table for 4 people",
    ],
)
def test_no_date_is_imagined(text: str) -> None:
    assert find_dates(hear(text), TODAY) == ()


def test_numbers_follow_the_country() -> None:
    american = find_dates(hear("on 3/4"), TODAY)[0]
    british = find_dates(hear("on 3/4"), TODAY, day_first=True)[0]

    assert (american.first, american.alternative) == (date(2023, 3, 4), date(2022, 4, 3))
    assert british.first == date(2022, 4, 3)


def test_a_range_shares_its_month() -> None:
    first, last = find_dates(hear("from the 16th to the 22nd of April"), TODAY)

    assert (first.first, last.first) == (date(2022, 4, 16), date(2022, 4, 22))
    assert first.alternative == date(2022, 3, 16)


def test_spans_point_into_the_original() -> None:
    text = "Could I come on the Twenty-Third of May?"

    (found,) = find_dates(hear(text), TODAY)

    assert text[found.span.start : found.span.end] == "Twenty-Third of May"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9th June 1943", "1943-06-09"),
        ("9th of May 43", "1943-05-09"),
        ("03-01 1915", "1915-01-03"),
        ("25031 993", "1993-03-25"),
        ("2810 1983", "1983-10-28"),
        ("27001 1988", "1988-01-27"),
        ("09 11 26", "1926-11-09"),
    ],
)
def test_a_birth_date_is_read_from_digits(text: str, expected: str) -> None:
    found = find_birth_date(hear(text), TODAY, day_first=True)

    assert found is not None
    assert found.first.isoformat() == expected


def test_a_birth_date_is_never_in_the_future() -> None:
    assert find_birth_date(hear("tomorrow"), TODAY) is None


@pytest.mark.parametrize(("year", "day"), [(2024, "03-31"), (2025, "04-20"), (2038, "04-25")])
def test_easter_is_computed(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"
