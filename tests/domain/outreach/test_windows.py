"""At which hours people may be reached where they are: a matrix of places and clocks."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain import law
from domain.outreach.windows import RULE, closed, is_holiday, windows, zones_of

TODAY = date(2026, 6, 1)
# A Wednesday, a Saturday and a Sunday in June, and the fourth of July.
WEDNESDAY, SATURDAY, SUNDAY = date(2026, 6, 3), date(2026, 6, 6), date(2026, 6, 7)
INDEPENDENCE = date(2026, 7, 3)


def is_open(place, zone, day, hour, minute=0):
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    return closed(place, [zone], local.astimezone(UTC)) is None


MATRIX = [
    ("US-NY", "America/New_York", WEDNESDAY, (7, 59), False),
    ("US-NY", "America/New_York", WEDNESDAY, (8, 0), True),
    ("US-NY", "America/New_York", WEDNESDAY, (20, 59), True),
    ("US-NY", "America/New_York", WEDNESDAY, (21, 0), False),
    ("US-FL", "America/New_York", WEDNESDAY, (19, 59), True),
    ("US-FL", "America/New_York", WEDNESDAY, (20, 0), False),
    ("US-KY", "America/New_York", WEDNESDAY, (9, 59), False),
    ("US-KY", "America/New_York", WEDNESDAY, (10, 0), True),
    ("US-TX", "America/Chicago", WEDNESDAY, (8, 30), False),
    ("US-TX", "America/Chicago", WEDNESDAY, (9, 0), True),
    ("US-TX", "America/Chicago", SUNDAY, (11, 59), False),
    ("US-TX", "America/Chicago", SUNDAY, (12, 0), True),
    ("US-LA", "America/Chicago", SUNDAY, (12, 0), False),
    ("US-UT", "America/Denver", SUNDAY, (12, 0), False),
    ("US-UT", "America/Denver", SATURDAY, (12, 0), True),
    ("US-RI", "America/New_York", SATURDAY, (9, 30), False),
    ("US-RI", "America/New_York", SATURDAY, (10, 0), True),
    ("US-RI", "America/New_York", WEDNESDAY, (18, 0), False),
    ("US-AL", "America/Chicago", INDEPENDENCE, (12, 0), False),
    ("US-NY", "America/New_York", INDEPENDENCE, (12, 0), True),
    ("US-WA", "America/Los_Angeles", WEDNESDAY, (20, 0), False),
    ("FR", "Europe/Paris", WEDNESDAY, (13, 30), False),
    ("FR", "Europe/Paris", WEDNESDAY, (14, 0), True),
    ("FR", "Europe/Paris", SATURDAY, (14, 0), False),
    ("GB", "Europe/London", WEDNESDAY, (21, 30), False),
    ("BR", "America/Sao_Paulo", WEDNESDAY, (12, 0), True),
]


@pytest.mark.law("L14")
@pytest.mark.parametrize(("place", "zone", "day", "at", "opens"), MATRIX)
def test_a_place_at_an_hour(place, zone, day, at, opens):
    assert is_open(place, zone, day, *at) is opens


@pytest.mark.law("L14")
def test_no_state_is_wider_than_its_country():
    [federal] = windows("US", TODAY)
    places = sorted({row.jurisdiction for row in law.every_rule() if row.rule_id == RULE})
    states = [place for place in places if place.startswith("US-")]
    assert len(states) >= 18
    for place in states:
        assert windows(place, TODAY)[-1] == federal


@pytest.mark.law("L14")
def test_every_zone_of_a_number_has_to_be_open():
    # Eight in the evening in New York, five in the afternoon in Los Angeles.
    late = datetime(2026, 6, 4, 1, 0, tzinfo=UTC)
    assert closed("US", ["America/Los_Angeles"], late) is None
    assert closed("US", ["America/Los_Angeles", "America/New_York"], late) is not None


def test_a_law_that_is_not_yet_in_force_does_not_count():
    assert len(windows("US-FL", date(2021, 6, 30))) == 1
    assert len(windows("US-FL", date(2021, 7, 1))) == 2


@pytest.mark.parametrize(
    ("number", "zones"),
    [("+12125550142", ("America/New_York",)), ("+883510000000", ()), ("nonsense", ())],
)
def test_a_number_tells_its_zones_or_none(number, zones):
    assert zones_of(number) == zones


def test_summer_time_is_the_persons_own():
    before, after = (
        datetime(2026, 3, 7, 13, 30, tzinfo=UTC),
        datetime(2026, 3, 9, 12, 30, tzinfo=UTC),
    )
    # Half past eight in New York on both sides of the change.
    assert closed("US-NY", ["America/New_York"], before) is None
    assert closed("US-NY", ["America/New_York"], after) is None


def test_holidays_are_of_a_place():
    assert is_holiday(date(2026, 12, 25), "US-AL")
    assert not is_holiday(date(2026, 12, 25), "XX")
