"""Nobody can be told apart in what is told, and all who can be counted are."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.analytics.rules import REST, Cell, days_to, folded, last_day, told

CELLS = [Cell(channel, outcome) for channel in ("chat", "voice") for outcome in "abcdef"]
COUNTS = st.dictionaries(st.sampled_from(CELLS), st.integers(1, 20))


def shown(counts, smallest):
    sums = {}
    for cell, where in folded(counts, smallest).items():
        sums[where] = sums.get(where, 0) + counts[cell]
    return sums


@given(COUNTS, st.integers(3, 12))
def test_no_figure_is_of_too_few(counts, smallest):
    assert all(number >= smallest for number in shown(counts, smallest).values())


@given(COUNTS, st.integers(3, 12))
def test_the_sum_is_whole_or_nothing_is_told(counts, smallest):
    assert sum(shown(counts, smallest).values()) in (
        (sum(counts.values()),) if sum(counts.values()) >= smallest else (0,)
    )


@given(COUNTS, st.integers(3, 12))
def test_what_is_left_out_cannot_be_found_by_taking_away(counts, smallest):
    """Every figure that is not told stands in a rest of several conversations."""
    where = folded(counts, smallest)
    hidden = [cell for cell in where if where[cell] == REST]
    assert sum(counts[cell] for cell in hidden) >= smallest or not hidden


def test_enough_of_each_are_told_as_they_are():
    counts = {CELLS[0]: 7, CELLS[1]: 5}
    assert folded(counts, 5) == {CELLS[0]: CELLS[0], CELLS[1]: CELLS[1]}


def test_the_next_smallest_goes_with_a_single_one():
    counts = {CELLS[0]: 1, CELLS[1]: 6, CELLS[2]: 9}
    assert shown(counts, 5) == {REST: 7, CELLS[2]: 9}


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_a_number_of_a_few_is_not_told(number, shown):
    assert told(number, 5) == shown


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 17, 5, 0, tzinfo=UTC), date(2026, 11, 15)),
        (datetime(2026, 11, 17, 7, 59, tzinfo=UTC), date(2026, 11, 15)),
        (datetime(2026, 11, 17, 8, 0, tzinfo=UTC), date(2026, 11, 16)),
    ],
)
def test_a_day_is_over_three_hours_after_its_midnight(now, day):
    assert last_day(now, "America/New_York") == day


def test_days_come_in_order():
    found = days_to(date(2026, 3, 1), 3)
    assert found == [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1)]
