"""Profiles refuse what makes no sense, and say what they keep."""

import pytest
from pydantic import ValidationError

from domain.errors import InvalidInput
from domain.personal import DataClass
from domain.privacy.bounds import Authority, Bound, Side, check
from domain.privacy.periods import Period
from domain.privacy.policy import Preset, PrivacyProfile, StorageMode
from domain.privacy.presets import CALLERS

NINETY = CALLERS[Preset.NINETY_DAYS]


def altered(**changes):
    return PrivacyProfile.model_validate(NINETY.model_dump(mode="json") | changes)


def keeping(data_class, keep):
    retention = NINETY.model_dump(mode="json")["retention"]
    return altered(retention=retention | {data_class: retention[data_class] | {"keep": keep}})


@pytest.mark.promise("P091")
def test_what_the_operator_holds_is_not_a_businesss_to_decide():
    rules = NINETY.model_dump(mode="json")["retention"]
    with pytest.raises(ValidationError, match="Not yours to decide: billing"):
        altered(retention=rules | {"billing": rules["recording"]})


def test_every_kind_of_data_must_be_named():
    rules = NINETY.model_dump(mode="json")["retention"]
    with pytest.raises(ValidationError, match="Say how long to keep: recording"):
        altered(retention={kind: rule for kind, rule in rules.items() if kind != "recording"})


@pytest.mark.parametrize("age", [12, 19])
def test_the_age_of_children_lies_within_the_laws(age):
    with pytest.raises(ValidationError):
        altered(minimum_age=age)


def test_an_archive_without_an_end_is_refused():
    rules = NINETY.model_dump(mode="json")["retention"]
    with pytest.raises(ValidationError, match="archived"):
        altered(retention=rules | {"lead": rules["lead"] | {"then": "archive"}})


@pytest.mark.law("L06")
def test_consent_is_proved_for_as_long_as_there_is_a_recording():
    with pytest.raises(InvalidInput) as refusal:
        check(keeping("recording", "P5Y"))
    [problem] = refusal.value.problems
    assert (problem.path, problem.code) == ("retention.consent", "TOO_SHORT")


@pytest.mark.law("L39")
def test_proof_is_kept_for_six_years_where_health_is_concerned():
    with pytest.raises(InvalidInput) as refusal:
        check(keeping("consent", "P5Y").model_copy(update={"hipaa": True}))
    assert "L39" in refusal.value.problems[0].message


@pytest.mark.promise("P056")
def test_a_plan_bounds_what_is_kept():
    plan = Bound(DataClass.RECORDING, Side.AT_MOST, Period(months=12), Authority.PLAN, "Basic")
    check(keeping("recording", "P12M"), [plan])
    with pytest.raises(InvalidInput) as refusal:
        check(keeping("recording", "P2Y"), [plan])
    assert refusal.value.problems[0].code == "TOO_LONG"


@pytest.mark.parametrize(
    ("mode", "kept"),
    [
        (StorageMode.EVERYTHING, {"transcript", "caller_identity", "call_metadata", "appointment"}),
        (StorageMode.NO_IDENTIFIERS, {"transcript", "call_metadata", "appointment"}),
        (StorageMode.METADATA_ONLY, {"call_metadata", "appointment"}),
        (StorageMode.ZERO, {"appointment"}),
    ],
)
def test_a_storage_mode_says_what_a_conversation_leaves_behind(mode, kept):
    profile = altered(storage=mode)
    asked = {"transcript", "caller_identity", "call_metadata", "appointment"}
    assert {kind for kind in asked if profile.keeps(DataClass(kind))} == kept
