"""What only seems a danger to life: whom to call is said first, and then the trade has its way."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.plain import plain
from domain.receptionist import triage
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.conversation import IN_WRITING
from domain.receptionist.core import start
from domain.receptionist.moves import Heard, Quote, Utter
from domain.receptionist.nlu import Context, understand
from domain.receptionist.nlu.emergencies import Danger, Emergency, by_rules
from domain.receptionist.nlu.spans import Span
from domain.texts import catalogue
from plugins.registry import Registry
from tests.domain.receptionist.test_core import PROFILE

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
REGISTRY = Registry()
PERHAPS = Utter("emergency_perhaps", {"number": "911"})
# What a person of each trade looks after.
SAID = {
    "automotive": ("My brakes failed on the way to work", "unsafe"),
    "healthcare": ("My cheek is swollen since last night", "swelling"),
    "home_services": ("The furnace died and we have no heat", "no_heat"),
    "legal": ("My brother was arrested an hour ago", "custody"),
    "real_estate": ("The lockbox is open and nobody is here", "at_the_home"),
    "restaurant": ("We got sick after the dinner at your place", "illness"),
    "salon": ("I have a rash since you did my color", "reaction"),
}


def suspected(said, kind=Danger.MEDICAL):
    """What was said, with a danger that no phrase tells of."""
    ruled = by_rules(plain(said))
    assert ruled is None or not ruled.threatens_life
    heard = understand(said, Context(now=NOW.replace(tzinfo=None)))
    return replace(heard, emergency=Emergency(Span(0, len(said)), kind))


def decided(trade, heard):
    house = REGISTRY.verticals[trade].house(trade, REGISTRY.manifest(trade).settings())
    briefing = Briefing(PROFILE, Caller("+12125550142"), house=house)
    return triage.guard(start(briefing), heard, Heard(heard.text, NOW), briefing)


@pytest.mark.parametrize("trade", SAID)
def test_whom_to_call_is_said_before_a_person_takes_over(trade):
    said, rule = SAID[trade]
    decision = decided(trade, suspected(said))
    caution, words, *_ = decision.moves
    assert caution == PERHAPS
    assert (type(words), words.source) == (Quote, f"triage:{trade}.{rule}")
    assert decision.state.handing.person


@pytest.mark.parametrize("trade", SAID)
def test_without_a_suspicion_nobody_is_alarmed(trade):
    said, _ = SAID[trade]
    calm = replace(suspected(said), emergency=None)
    assert all(move != PERHAPS for move in decided(trade, calm).moves)


def test_who_may_harm_themselves_hears_of_the_line_for_that():
    heard = suspected(SAID["legal"][0], Danger.SELF_HARM)
    first, *_ = decided("legal", heard).moves
    assert first == Utter("emergency_perhaps_self_harm", {"number": "911", "crisis": "988"})


def test_what_plain_words_tell_is_no_suspicion():
    said = "My brakes failed, I crashed and I am bleeding badly"
    heard = understand(said, Context(now=NOW.replace(tzinfo=None)))
    assert by_rules(plain(said)).threatens_life
    assert decided("automotive", heard).moves[0] == Utter("emergency", {"number": "911"})


def test_nobody_who_writes_is_told_to_hang_up():
    texts = catalogue("en-US")
    for key in ("emergency_perhaps", "emergency_perhaps_self_harm"):
        words = texts.say(IN_WRITING[key], number="911", crisis="988")
        assert "911" in words
        assert "hang up" not in words
        assert "hang up" in texts.say(key, number="911", crisis="988")
