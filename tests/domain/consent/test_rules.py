"""What a business may choose, what a date changes, and that nobody who joins makes it looser."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import law
from domain.consent.choices import choices_of
from domain.consent.rules import decide, leg_of_business
from domain.consent.terms import (
    Choices,
    Leg,
    Manner,
    Method,
    Outcome,
    Requirement,
    Situation,
)
from domain.privacy.policy import Preset, RecordingChoices
from domain.privacy.presets import CALLERS
from domain.texts import catalogue

TODAY = date(2026, 9, 1)
TEXAS, CALIFORNIA, GERMANY = Leg(place="US-TX"), Leg(place="US-CA"), Leg(place="DE")
PLACES = sorted({row.jurisdiction for row in law.every_rule()} - {"*", "EU", "EEA"})
NUMBERS = [None, "anonymous", "+12145550142", "+14155550142", "+4930123456", "+18005550142"]
legs = st.builds(Leg, number=st.sampled_from(NUMBERS), place=st.sampled_from([None, *PLACES]))
some_legs = st.lists(legs, min_size=1, max_size=4).map(tuple)
choices = st.builds(Choices, *[st.booleans()] * 6)
days = st.dates(date(2018, 1, 1), date(2030, 1, 1))


def of(*legs, choices=Choices(), as_of=TODAY, written=False):
    return decide(Situation(legs, written=written), choices, as_of)


@given(some_legs, legs, choices, st.booleans(), days)
@pytest.mark.law("L02")
def test_one_more_on_the_line_never_loosens(on_the_line, joining, chosen, written, day):
    before = Situation(on_the_line, written=written)
    few, more = (decide(each, chosen, day) for each in (before, before.joined_by([joining])))
    assert more.requirement >= few.requirement
    for now, then in ((more.before, few.before), (more.granted, few.granted)):
        assert vars(now).items() <= {k: v and vars(then)[k] for k, v in vars(now).items()}.items()
    assert more.declined == few.declined
    assert more.discloses_ai_by_law or not few.discloses_ai_by_law
    assert set(few.rules) <= set(more.rules)


@given(some_legs, choices, days)
def test_a_choice_is_never_laxer_than_the_law(on_the_line, chosen, day):
    decision = of(*on_the_line, choices=chosen, as_of=day)
    if decision.requirement is Requirement.EXPRESS:
        assert decision.method is Method.VERBAL
    if decision.requirement is Requirement.NOTICE:
        assert decision.method is not Method.NONE
    assert not decision.declined.record
    assert not decision.declined.train


@given(some_legs, choices, days, st.booleans())
@pytest.mark.law("L09")
@pytest.mark.law("L12")
def test_every_beginning_says_that_it_is_no_person(on_the_line, chosen, day, written):
    decision = of(*on_the_line, choices=chosen, as_of=day, written=written)
    line = catalogue("en")[decision.announcement]
    assert "A.I. assistant" in line.text
    assert not line.interruptible


@pytest.mark.law("L09")
@pytest.mark.parametrize("leg", [GERMANY, Leg("+33140205050")])
def test_europe_asks_for_disclosure_from_its_day_on(leg):
    before, after = (of(TEXAS, leg, as_of=date(2026, 8, day)) for day in (1, 3))
    without_texas = [each for each in after.rules if each not in before.rules]
    assert [each.partition("@")[0] for each in without_texas] == ["ai.disclosure/EU"]
    assert not of(leg, as_of=date(2026, 8, 1)).discloses_ai_by_law
    assert of(leg, as_of=date(2026, 8, 3)).discloses_ai_by_law
    # Said all the same on both days.
    assert before.announcement == after.announcement


@pytest.mark.law("L07")
def test_the_announcement_names_transcription_by_ai():
    for chosen in (Choices(), Choices(recording=False), Choices(always_ask=True)):
        decision = of(CALIFORNIA, TEXAS, choices=chosen)
        said = [decision.announcement, *([decision.question] if decision.question else [])]
        words = " ".join(catalogue("en")[key].text for key in said)
        assert "transcribed by A.I." in words


def test_no_sound_is_promised_where_none_is_kept():
    decision = of(CALIFORNIA, choices=Choices(recording=False))
    assert not decision.granted.record
    assert "not recorded" in catalogue("en")[decision.announcement].text


def test_a_business_may_always_ask():
    decision = of(TEXAS, TEXAS, choices=Choices(always_ask=True))
    assert (decision.requirement, decision.method) == (Requirement.NOTHING, Method.VERBAL)


def test_callers_are_told_unless_a_business_minds():
    assert of(TEXAS, TEXAS).method is Method.STAY_ON_LINE
    silent = of(TEXAS, TEXAS, choices=Choices(always_tell=False))
    assert (silent.method, silent.manner) == (Method.NONE, Manner.NOT_REQUIRED)
    assert silent.before.record


@pytest.mark.law("L04")
@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.UNCLEAR, Outcome.WITHDRAWN])
def test_a_refusal_leaves_what_the_business_chose(outcome, kept):
    decision = of(CALIFORNIA, choices=Choices(transcript_on_decline=kept))
    allowed = decision.after(outcome)
    assert (allowed.record, allowed.transcribe, allowed.train) == (False, kept, False)


@pytest.mark.law("L07")
@pytest.mark.parametrize(
    ("chosen", "legs", "trains"),
    [
        (False, (TEXAS, TEXAS), False),
        (True, (TEXAS, TEXAS), True),
        (True, (TEXAS, GERMANY), False),
        (True, (TEXAS, Leg("+15145550142")), False),
    ],
)
def test_training_needs_the_business_and_the_law(chosen, legs, trains):
    decision = of(*legs, choices=Choices(training=chosen))
    assert decision.granted.train is trains
    assert any(rule.startswith("training.consent/") for rule in decision.rules) is chosen


def test_what_is_written_is_told_and_has_no_sound():
    decision = of(Leg(), GERMANY, written=True)
    assert decision.method is Method.STAY_ON_LINE
    assert decision.announcement == "disclosure_written"
    assert not decision.granted.record


@pytest.mark.law("L11")
def test_patients_bring_the_clinical_rule():
    decision = of(CALIFORNIA, choices=Choices(clinical=True))
    assert decision.clinical
    assert any(rule.startswith("ai.clinical_disclaimer/US-CA@") for rule in decision.rules)


def test_the_line_tells_the_state_of_a_business():
    assert leg_of_business("US", "+14155550142") == CALIFORNIA
    assert leg_of_business("US", "+18005550142") == Leg(place="US")
    assert leg_of_business("US", "+4930123456") == Leg(place="US")
    assert leg_of_business("GB", None) == Leg(place="GB")


def test_choices_come_from_the_privacy_profile():
    asks = RecordingChoices(enabled=False, always_ask=True, transcript_on_decline=True)
    profile = CALLERS[Preset.NINETY_DAYS]
    assert choices_of(profile) == Choices()
    changed = profile.model_copy(update={"recording": asks, "training": True})
    assert choices_of(changed) == replace(
        Choices(), recording=False, always_ask=True, transcript_on_decline=True, training=True
    )
    assert choices_of(CALLERS[Preset.HEALTHCARE]).clinical
