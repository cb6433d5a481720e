"""The five presets say what the published policies say, line by line."""

import json
from pathlib import Path

import pytest

from domain.privacy.bounds import check
from domain.privacy.policy import OF_CALLERS, OF_CUSTOMERS, Preset
from domain.privacy.presets import CALLERS, CUSTOMERS

GOLDEN = json.loads((Path(__file__).parent / "presets.json").read_text())


def said(profile, key):
    """What a profile says of a key of the golden table, in its own words."""
    if key in profile.retention:
        rule = profile.retention[key]
        return [str(rule.keep), rule.since, rule.then]
    value = getattr(profile, key)
    return [value.days, value.working] if key.endswith("within") else [value]


@pytest.mark.promise("P054", "P056", "P059", "P068", "P070", "P098", "P102")
@pytest.mark.parametrize("preset", Preset)
def test_what_is_promised_of_callers_is_what_is_published(preset):
    for key, (*values, source) in GOLDEN["callers"][preset].items():
        assert said(CALLERS[preset], key) == values, (key, source)


@pytest.mark.promise("P058", "P060", "P061", "P062", "P063")
@pytest.mark.parametrize("preset", Preset)
def test_what_is_promised_of_customers_is_what_is_published(preset):
    for key, (*values, source) in GOLDEN["customers"][preset].items():
        assert said(CUSTOMERS[preset], key) == values, (key, source)


@pytest.mark.parametrize("preset", Preset)
def test_presets_contradict_no_law(preset):
    check(CALLERS[preset])
    check(CUSTOMERS[preset])


@pytest.mark.promise("P068")
@pytest.mark.parametrize("preset", Preset)
def test_every_kind_of_data_has_a_period_and_a_reason(preset):
    assert CALLERS[preset].retention.keys() == OF_CALLERS
    assert CUSTOMERS[preset].retention.keys() == OF_CUSTOMERS


@pytest.mark.promise("P065")
def test_backups_hold_nothing_longer_than_thirty_days():
    assert {profile.backups.least_days for profile in CUSTOMERS.values()} == {30}


@pytest.mark.promise("P062", "P063")
def test_archive_and_all_are_over_within_a_year():
    assert {rule.longest for rule in CALLERS[Preset.INACTIVITY].retention.values()} == {365, 1460}
    assert CUSTOMERS[Preset.INACTIVITY].retention["account"].longest == 365


@pytest.mark.law("L07")
@pytest.mark.promise("P099", "P101", "P102")
def test_nobody_trains_until_they_say_so():
    assert not any(profile.training for profile in CALLERS.values())
