"""Nobody can be made out in a figure, nor by taking one figure from another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.insights.rounds import last_month, span
from tenants.insights.rules import (
    ELSEWHERE,
    GREATEST_SHARE,
    SMALLEST_GROUP,
    Measure,
    Part,
    figures,
    hides_each,
)

MAY = date(2026, 5, 1)
SECONDS = Measure.CALL_SECONDS


def parts(**regions):
    return [Part(region, SECONDS, value) for region, values in regions.items() for value in values]


def kept(**regions):
    return [(each.region, each.businesses, each.total) for each in figures(MAY, parts(**regions))]


@pytest.mark.promise("P033", "P046")
def test_a_small_group_is_no_figure():
    assert kept(US=[100] * (SMALLEST_GROUP - 1)) == []
    assert kept(US=[100] * SMALLEST_GROUP) == [("US", 10, 1000)]


@pytest.mark.promise("P033")
def test_whoever_has_nothing_of_it_makes_no_group_larger():
    assert kept(US=[100] * 9 + [0] * 50) == []


@pytest.mark.promise("P033")
def test_a_sum_that_is_mostly_one_business_is_no_figure():
    assert kept(US=[1] * 30 + [1000]) == []


@pytest.mark.promise("P033")
def test_small_countries_are_put_together():
    assert kept(US=[100] * 12, FR=[50] * 6, DE=[50] * 6) == [("US", 10, 1200), (ELSEWHERE, 10, 600)]


@pytest.mark.promise("P033", "P046")
def test_what_is_left_over_is_gone_if_it_is_small():
    assert kept(US=[100] * 12, FR=[50] * 3) == [("US", 10, 1200)]


def test_sums_and_numbers_are_blurred():
    [figure] = figures(MAY, parts(US=[101] * 13))
    assert (figure.businesses, figure.total) == (10, 1310)


def test_a_month_is_the_one_before_whole_and_in_utc():
    assert last_month(date(2026, 1, 31)) == date(2025, 12, 1)
    assert (span(MAY).end - span(MAY).start).days == 31


VALUES = st.lists(st.integers(0, 10_000), max_size=40)
REGIONS = st.dictionaries(st.sampled_from(["CA", "DE", "FR", "GB", "US"]), VALUES)


@pytest.mark.promise("P033")
@given(REGIONS)
def test_no_combination_of_figures_leaves_a_small_group(regions):
    # Every figure is a sum over businesses that no other figure counts, and there is no total: to
    # take one from another leaves no group but those that were kept.
    found = figures(MAY, parts(**regions))
    counted = {each.region for each in found} - {ELSEWHERE}
    rest = [value for name in regions.keys() - counted for value in regions[name] if value]
    for region in counted:
        assert hides_each([value for value in regions[region] if value])
    assert (ELSEWHERE in {each.region for each in found}) == hides_each(rest)
    assert all(each.businesses >= SMALLEST_GROUP for each in found)


@given(VALUES)
def test_whoever_knows_two_of_them_learns_no_third(values):
    if hides_each(values):
        first, second = sorted(values)[-2:]
        assert sum(values) - first - second >= first * (GREATEST_SHARE - 2)
