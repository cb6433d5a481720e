"""What a business publishes is what it does: every number of the text is one of its profile."""

import re
from datetime import date
from pathlib import Path

import pytest

from domain.privacy.periods import Period
from domain.privacy.policy import (
    Contact,
    Deadline,
    Preset,
    PrivacyProfile,
    RecordingChoices,
    StorageMode,
)
from domain.privacy.presets import CALLERS
from domain.privacy.published import KINDS, Publisher, render, written

GOLDEN = Path(__file__).parents[2] / "data/policies"
PUBLISHER = Publisher("Main Street Dental", date(2026, 11, 16), "3")


def published(profile):
    return render(profile, PUBLISHER)


def with_people(preset):
    people = {
        "privacy_contact": Contact(name="Pat Private", email="privacy@dental.example"),
        "data_protection_officer": Contact(name="Olly Officer", email="dpo@dental.example"),
    }
    return CALLERS[preset].model_copy(update=people)


@pytest.mark.promise("P068", "P126")
@pytest.mark.parametrize("preset", Preset)
def test_a_preset_reads_as_it_always_did(preset):
    assert published(with_people(preset)) == (GOLDEN / f"{preset}.md").read_text()


@pytest.mark.promise("P054", "P056", "P059")
@pytest.mark.parametrize("preset", Preset)
def test_every_number_is_one_of_the_profile(preset):
    profile = CALLERS[preset]
    allowed = {"3", "16", "2026", str(profile.minimum_age), *profile.tls_floor.split(".")}
    for rule in profile.retention.values():
        for period in (rule.keep, rule.archived or Period()):
            allowed |= set(re.findall(r"\d+", str(period)))
    allowed |= {str(profile.delete_within.days), str(profile.answer_within.days)}
    assert set(re.findall(r"\d+", published(profile))) <= allowed


@pytest.mark.promise("P055")
@pytest.mark.parametrize("data_class", KINDS)
def test_another_period_is_another_text(data_class):
    profile = CALLERS[Preset.MINIMAL]
    rule = profile.retention[data_class].model_copy(update={"keep": Period(days=77)})
    changed = profile.model_copy(update={"retention": {**profile.retention, data_class: rule}})
    assert "77 days" in published(changed)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"delete_within": Deadline(days=6, working=True)}, "within 6 working days"),
        ({"answer_within": Deadline(days=21)}, "within 21 days"),
        ({"minimum_age": 16}, "people of 16 and older"),
        ({"region": "EU"}, "It stays in EU"),
        ({"tls_floor": "1.2"}, "TLS 1.2 or newer"),
        ({"training": True}, "you can object at any time"),
        ({"recording": RecordingChoices(enabled=False)}, "Calls are not recorded."),
        ({"recording": RecordingChoices(always_ask=True)}, "only after you have said yes"),
        ({"storage": StorageMode.ZERO}, "we keep nothing of it"),
    ],
)
def test_another_choice_is_another_text(changes, told):
    profile = CALLERS[Preset.MINIMAL]
    assert told not in published(profile)
    assert told in published(profile.model_copy(update=changes))


@pytest.mark.promise("P101")
def test_a_practice_never_promises_training():
    profile = CALLERS[Preset.HEALTHCARE].model_copy(update={"training": True})
    assert "Nothing you say is used to train anything." in published(profile)


@pytest.mark.parametrize(
    ("period", "words"), [("P1Y", "1 year"), ("P6M", "6 months"), ("P1Y1D", "1 year and 1 day")]
)
def test_a_period_in_words(period, words):
    assert written(Period.read(period)) == words


def test_what_is_not_kept_is_said_to_be_not_kept():
    profile: PrivacyProfile = CALLERS[Preset.MINIMAL].model_copy(
        update={"storage": StorageMode.METADATA_ONLY}
    )
    [line] = [each for each in published(profile).splitlines() if "Recordings of" in each]
    assert "not kept" in line
