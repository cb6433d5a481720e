"""What a trade wants heeded and asked: by the core alone, over values."""

from datetime import UTC, datetime

import pytest

from domain.business.profile import Question, QuestionKind
from domain.messages.models import Priority
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.core import decide, start
from domain.receptionist.house_rules import (
    Hears,
    HouseRules,
    Inquiry,
    Screening,
    Then,
    TriageRule,
)
from domain.receptionist.moves import Heard, Quote, ToolAnswered, UseTool, Utter
from domain.receptionist.state import State
from tests.domain.receptionist.test_core import PROFILE

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
LEAK = TriageRule("leak", Then.MESSAGE, "Close the valve.", (("leak*",), ("roof", "ceiling")))
PARTY = Screening(
    "tea.screening",
    (Inquiry(Question(key="party", ask="How many?", kind=QuestionKind.NUMBER), Hears.PARTY),),
)


def talk(house, *lines, answers=()):
    """Says lines; returns the last state and all moves."""
    briefing = Briefing(PROFILE, Caller("+12125550142"), house=house)
    state, moves = start(briefing), []
    for event in (*(Heard(line, NOW) for line in lines), *answers):
        decision = decide(state, event, briefing)
        assert State.read(decision.state.written()) == decision.state
        state = decision.state
        moves += decision.moves
    return state, moves


def rule(**values):
    return HouseRules(triage=(TriageRule(**({"name": "t.r", "say": "Well."} | values)),))


@pytest.mark.parametrize(
    ("said", "heeded"),
    [
        ("The roof is leaking!", True),
        ("There's a leak in our ceiling", True),
        ("The roof is fine", False),
        ("The ceiling isn't leaking any more", False),
        ("There is no leak in the roof", False),
    ],
)
def test_a_rule_hears_what_is_said_and_not_denied(said, heeded):
    _, moves = talk(HouseRules(triage=(LEAK,)), said)
    assert (moves[0] == Quote("Close the valve.", "triage:leak")) is heeded


def test_what_is_heeded_is_told_to_the_team_at_once():
    state, moves = talk(HouseRules(triage=(LEAK,)), "The roof is leaking!")
    assert moves[1].arguments["body"] == "The roof is leaking!"
    assert moves[1].arguments["priority"] == state.priority == Priority.HIGH


@pytest.mark.parametrize("then", [Then.STOP, Then.PERSON])
def test_danger_to_life_comes_before_a_rule(then):
    house = rule(then=then, said=(("engine",),))
    _, moves = talk(house, "my engine overheats, I have chest pain and cannot breathe")
    assert moves[0] == Utter("emergency", {"number": "911"})
    assert moves[1] == Quote("Well.", "triage:t.r")


def test_a_remark_does_not_stop_what_the_caller_wants():
    house = rule(then=Then.GO_ON, said=(("advice",),))
    _, moves = talk(house, "I need some advice, and I want to book a cleaning")
    assert moves[0] == Quote("Well.", "triage:t.r")
    assert Utter("ask_when") in moves


def test_who_cannot_be_called_back_is_asked_for_a_number():
    briefing = Briefing(PROFILE, house=HouseRules(triage=(LEAK,)))
    decision = decide(start(briefing), Heard("The roof is leaking!", NOW), briefing)
    assert decision.moves[1] == Utter("ask_name")


def test_a_booking_waits_for_what_a_trade_has_to_know():
    state, moves = talk(HouseRules(screenings=(PARTY,)), "I want a cleaning tomorrow", "six of us")
    assert moves[0] == Quote("How many?", "screening:party")
    case = {"answers": {"party": "6"}, "service": "Cleaning", "caller": ""}
    assert moves[1] == UseTool("tea.screening", case)
    assert state.waiting_for == "tea.screening"


def test_what_was_said_before_is_not_asked_again():
    _, moves = talk(HouseRules(screenings=(PARTY,)), "a cleaning for a family of 4 tomorrow")
    assert moves[0].arguments["answers"] == {"party": "4"}


def test_a_verdict_lets_the_booking_go_on_with_a_note():
    verdict = {"then": "go_on", "say": "Good.", "note": "6 people", "to": "", "service": "Exam"}
    answer = ToolAnswered("tea.screening", NOW, {"verdict": verdict | {"priority": "normal"}})
    house = HouseRules(screenings=(PARTY,))
    state, moves = talk(house, "a cleaning tomorrow", "six of us", answers=[answer])
    assert state.frame.note == "6 people"
    assert moves[-2] == Quote("Good.", "screening:tea.screening")
    assert moves[-1].arguments["service_id"] == str(PROFILE.services[1].id)


def test_nothing_is_booked_when_nobody_can_decide():
    answer = ToolAnswered("tea.screening", NOW, error="UNAVAILABLE")
    house = HouseRules(screenings=(PARTY,))
    state, moves = talk(house, "a cleaning tomorrow", "six of us", answers=[answer])
    assert moves[-1] == Utter("tool_failed")
    assert state.goal is None


def test_what_nobody_says_is_no_rule():
    with pytest.raises(TypeError, match="write 'do not'"):
        TriageRule("r", Then.STOP, "No.", (("don't",),)).check()
    with pytest.raises(TypeError, match="something that is heard"):
        TriageRule("r", Then.STOP, "No.").check()
