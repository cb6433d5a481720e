"""The days of an account in which nothing happens, from the operator's policy."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.personal import DataClass
from domain.privacy.periods import Period
from domain.privacy.presets import CUSTOMERS, Preset
from tenants.life_cycle.models import Stage
from tenants.life_cycle.rules import MOST_INACTIVE, calendar, grace_ends, kept

ALIVE = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.promise("P062")
@pytest.mark.parametrize("preset", Preset)
def test_nothing_is_left_a_year_after_inactivity(preset):
    days = calendar(CUSTOMERS[preset], ALIVE)
    assert days.inactive <= days.archived < days.erased
    assert days.erased <= MOST_INACTIVE.after(days.inactive)


@pytest.mark.promise("P062", "P063")
def test_the_archive_lies_inside_the_year():
    days = calendar(CUSTOMERS[Preset.INACTIVITY], ALIVE)
    assert (days.archived - ALIVE).days == 275
    assert (days.erased - days.archived).days == 90
    assert (days.erased - ALIVE).days == 365


@pytest.mark.promise("P057", "P058")
@pytest.mark.parametrize("preset", Preset)
def test_a_closed_account_has_ninety_days(preset):
    assert grace_ends(CUSTOMERS[preset], ALIVE) == ALIVE + 90 * DAY


def test_grace_never_outlasts_what_is_promised_after_closure():
    generous = CUSTOMERS[Preset.MINIMAL].model_copy(update={"reactivation": Period(days=200)})
    assert grace_ends(generous, ALIVE) == ALIVE + 90 * DAY


@pytest.mark.parametrize(
    ("before", "stage", "warning"),
    [
        (31 * DAY, Stage.ACTIVE, None),
        (30 * DAY, Stage.ACTIVE, 30),
        (8 * DAY, Stage.ACTIVE, 30),
        (7 * DAY, Stage.ACTIVE, 7),
        (1 * DAY, Stage.ACTIVE, 1),
        (0 * DAY, Stage.INACTIVE, None),
        (-274 * DAY, Stage.INACTIVE, None),
        (-275 * DAY, Stage.ARCHIVED, None),
    ],
)
def test_each_day_has_its_stage(before, stage, warning):
    days = calendar(CUSTOMERS[Preset.NINETY_DAYS], ALIVE)
    now = days.inactive - before
    assert (days.stage(now), days.warning(now)) == (stage, warning)


def test_the_next_day_is_always_ahead():
    days = calendar(CUSTOMERS[Preset.NINETY_DAYS], ALIVE)
    now, seen = ALIVE, []
    while moment := days.next(now):
        assert moment > now
        seen.append((moment - days.inactive).days)
        now = moment
    assert seen == [-30, -7, -1, 0, 275, 365]


def test_what_is_kept_says_why_and_until_when():
    found = kept(CUSTOMERS[Preset.NINETY_DAYS], Period(years=4), ALIVE)
    assert {each["data_class"]: each["until"][:4] for each in found} == {
        DataClass.AUDIT: "2032",
        DataClass.BILLING: "2033",
        DataClass.CONSENT: "2030",
    }
    assert all(each["reason"] for each in found)
