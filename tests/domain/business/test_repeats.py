"""Days with other hours that come again."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.business.profile import ClosureInfo, Repeat

PLACE = UUID(int=1)
FRIDAY = date(2026, 1, 2)
LEAP_DAY = date(2024, 2, 29)


def days_of(closure, first, number):
    every = (first + timedelta(days=ahead) for ahead in range(number))
    return [day for day in every if closure.covers(day)]


def closure(first, last, repeat=None, until=None):
    return ClosureInfo(
        location_id=PLACE, starts_on=first, ends_on=last, repeat=repeat, repeats_until=until
    )


def test_days_come_once_by_themselves():
    once = closure(FRIDAY, FRIDAY + timedelta(days=1))
    assert days_of(once, date(2025, 12, 1), 700) == [FRIDAY, FRIDAY + timedelta(days=1)]


@pytest.mark.parametrize(("repeat", "apart"), [(Repeat.WEEKLY, 7), (Repeat.FORTNIGHTLY, 14)])
def test_days_come_again_every_so_many_weeks(repeat, apart):
    again = closure(FRIDAY, FRIDAY + timedelta(days=1), repeat)
    found = days_of(again, date(2025, 12, 1), 32 + 3 * apart)
    firsts = [FRIDAY + timedelta(days=apart * number) for number in range(3)]
    assert found == [day + timedelta(days=more) for day in firsts for more in (0, 1)]


def test_a_yearly_closure_reaches_over_new_year():
    holidays = closure(date(2024, 12, 30), date(2025, 1, 2), Repeat.YEARLY)
    found = days_of(holidays, date(2026, 12, 1), 60)
    assert found == [date(2026, 12, 30) + timedelta(days=more) for more in range(4)]


def test_a_leap_day_comes_in_leap_years_only():
    assert days_of(closure(LEAP_DAY, LEAP_DAY, Repeat.YEARLY), LEAP_DAY, 366 * 9) == [
        LEAP_DAY,
        date(2028, 2, 29),
        date(2032, 2, 29),
    ]


def test_days_stop_coming_again():
    until = closure(FRIDAY, FRIDAY, Repeat.WEEKLY, FRIDAY + timedelta(days=20))
    assert len(days_of(until, FRIDAY, 100)) == 3
