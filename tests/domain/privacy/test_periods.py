"""Periods of the calendar."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.privacy.periods import Period

WRITTEN = ["P90D", "P6M", "P7Y", "P1Y2M3D", "P0D"]


def day(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


MOMENTS = st.integers(0, 60_000).map(lambda days: day("1990-01-01") + timedelta(days=days))
PERIODS = st.builds(
    Period, years=st.integers(0, 9), months=st.integers(0, 30), days=st.integers(0, 400)
)


@pytest.mark.parametrize("written", WRITTEN)
def test_is_written_as_it_was_read(written):
    assert str(Period.read(written)) == written


@pytest.mark.parametrize("written", ["", "P", "90D", "PT5M", "P-3D", "P1W", "p90d", "P1D2M"])
def test_what_is_no_period_is_refused(written):
    with pytest.raises(ValidationError):
        TypeAdapter(Period).validate_python(written)


@pytest.mark.law("L21")
@pytest.mark.parametrize(
    ("start", "written", "end"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2026-11-30", "P3M", "2027-02-28"),
        ("2026-12-15", "P90D", "2027-03-15"),
    ],
)
def test_months_end_with_the_month(start, written, end):
    assert Period.read(written).after(day(start)) == day(end)


@given(MOMENTS, PERIODS)
def test_is_never_over_before_its_fewest_days(moment, period):
    # A month after the 31st may be a few days short of the calendar's, never of the least.
    assert (period.after(moment) - moment).days >= period.least_days


@given(MOMENTS, PERIODS)
def test_what_began_before_is_over(moment, period):
    # The 31st shifts back to a shorter month, so the end may come up to three days early.
    assert 0 <= (moment - period.after(period.before(moment))).days <= 3


@given(MOMENTS, PERIODS)
def test_what_began_a_day_after_is_not_over(moment, period):
    assert period.after(period.before(moment) + timedelta(days=1)) > moment
