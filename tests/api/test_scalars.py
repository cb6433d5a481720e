"""What the scalars take, and how they are written."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.graphql.scalars import (
    SCALARS,
    EmailAddress,
    PhoneNumber,
    TimeZone,
    Url,
    read_duration,
    read_instant,
    write_duration,
    write_instant,
)


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_survives_the_journey(moment):
    assert read_instant(write_instant(moment)) == moment


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=1000)))
def test_a_duration_survives_the_journey(length):
    assert read_duration(write_duration(length)) == length


def test_an_instant_is_written_in_utc():
    moment = datetime.fromisoformat("2026-11-16T10:00:00-05:00")
    assert write_instant(moment) == "2026-11-16T15:00:00Z"


@pytest.mark.parametrize(
    "text", ["2026-11-16T10:00:00", "tomorrow", "", 5, "0001-01-01T00:00:00+23:59"]
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # graphql-core turns any into an error
        read_instant(text)


@pytest.mark.parametrize("text", ["30", "half an hour", "", 5])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        read_duration(text)


@pytest.mark.parametrize(
    ("scalar", "good"),
    [
        (TimeZone, "America/New_York"),
        (PhoneNumber, "(212) 555-0142"),
        (EmailAddress, "anna@example.com"),
        (Url, "https://example.com/a?b=c"),
    ],
)
def test_good_values_are_taken(scalar, good):
    assert SCALARS[scalar].parse_value(good) == good


@pytest.mark.parametrize(
    ("scalar", "bad"),
    [
        (TimeZone, "Mars/Olympus"),
        (TimeZone, "../etc/passwd"),
        (PhoneNumber, "call me"),
        (PhoneNumber, 2125550142),
        (EmailAddress, "anna"),
        (EmailAddress, "anna@@example.com"),
        (Url, "javascript:alert(1)"),
        (Url, "https://exa mple.com"),
    ],
)
def test_bad_values_are_refused(scalar, bad):
    with pytest.raises(ValueError):  # noqa: PT011
        SCALARS[scalar].parse_value(bad)
