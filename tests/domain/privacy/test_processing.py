"""The record of processing is made from what is done, and leaves nothing out."""

from dataclasses import replace

import pytest
from tortoise import Tortoise

from domain.personal import DataClass, labels
from domain.privacy.policy import Preset
from domain.privacy.presets import CALLERS, CUSTOMERS
from domain.privacy.processing import MEANINGS, plain, record
from domain.privacy.purposes import Basis, Purpose
from domain.privacy.recipients import Recipient, TransferBasis

MAIL = Recipient(
    "Mail Inc.",
    "e-mail",
    frozenset({DataClass.ACCOUNT}),
    Purpose.SERVICE_MESSAGES,
    "US",
    TransferBasis.STANDARD_CLAUSES,
)


def recorded(preset=Preset.NINETY_DAYS, jobs=None, recipients=()):
    activities = record((CALLERS[preset], CUSTOMERS[preset]), jobs or {}, recipients)
    return {each.purpose: each for each in activities}


# P036 to P051 in order, as the purposes name them.
PROMISED = {
    "P036": Purpose.SERVICE,
    "P037": Purpose.CALL_DELIVERY,
    "P038": Purpose.CALL_ROUTING,
    "P039": Purpose.SCHEDULING,
    "P040": Purpose.CUSTOMISATION,
    "P041": Purpose.BILLING,
    "P042": Purpose.SERVICE_MESSAGES,
    "P043": Purpose.SUPPORT,
    "P044": Purpose.ANALYTICS,
    "P045": Purpose.IMPROVEMENT,
    "P046": Purpose.INDUSTRY_INSIGHT,
    "P047": Purpose.SECURITY,
    "P048": Purpose.LEGAL,
    "P049": Purpose.MARKETING,
    "P050": Purpose.SURVEYS,
    "P051": Purpose.MONITORING,
}


@pytest.mark.promise(
    "P036",
    "P037",
    "P038",
    "P039",
    "P040",
    "P041",
    "P042",
    "P043",
    "P044",
    "P045",
    "P046",
    "P047",
    "P048",
    "P049",
    "P050",
    "P051",
    "P053",
)
@pytest.mark.law("L31")
def test_every_promised_purpose_is_recorded_with_its_basis():
    found = recorded()
    assert set(found) == set(Purpose) == set(MEANINGS)
    assert set(PROMISED.values()) <= set(found)
    assert all(each.basis in Basis and each.data and each.meaning for each in found.values())


@pytest.mark.promise("P049", "P045")
def test_what_needs_a_yes_says_so():
    found = recorded()
    for purpose in (Purpose.MARKETING, Purpose.IMPROVEMENT, Purpose.PERSONALISATION):
        assert found[purpose].basis is Basis.CONSENT


@pytest.mark.law("L31")
async def test_every_kind_of_data_that_is_kept_serves_a_purpose(database):
    models = [model for app in Tortoise.apps.values() for model in app.values()]
    held = {label for model in models for label in labels(model).values()}
    served = {kind for each in recorded().values() for kind in each.data}
    assert held - {DataClass.NONE, None} <= served


@pytest.mark.parametrize("preset", Preset)
def test_periods_are_those_of_the_profile(preset):
    kept = recorded(preset)[Purpose.CALL_DELIVERY].kept
    rule = CALLERS[preset].retention[DataClass.RECORDING]
    assert kept[DataClass.RECORDING].startswith(str(rule.keep))


def test_jobs_stand_under_their_purpose():
    found = recorded(jobs={"job:calls.give_up": Purpose.CALL_ROUTING})
    assert found[Purpose.CALL_ROUTING].jobs == ("job:calls.give_up",)
    assert found[Purpose.SECURITY].jobs == ()


@pytest.mark.promise("P123")
def test_whoever_takes_part_is_named_with_their_country():
    found = recorded(recipients=[MAIL])
    assert plain(found[Purpose.SERVICE_MESSAGES])["recipients"] == ["Mail Inc."]
    assert found[Purpose.SERVICE_MESSAGES].abroad == ("US (standard_clauses)",)
    assert found[Purpose.SCHEDULING].recipients == ()


@pytest.mark.promise("P052")
def test_marketing_never_touches_callers():
    assert recorded()[Purpose.MARKETING].subjects == ("customers and their staff",)


@pytest.mark.promise("P052", "P120")
def test_callers_stand_under_marketing_where_a_business_lets_its_letters_be_sent():
    letters = replace(MAIL, purpose=Purpose.MARKETING, data=frozenset({DataClass.CALLER_IDENTITY}))
    found = recorded(recipients=[letters])[Purpose.MARKETING]
    assert found.subjects == ("callers", "customers and their staff")
    assert DataClass.CALLER_IDENTITY in found.data
