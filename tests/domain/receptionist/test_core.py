"""The core alone, without a database: whatever is said, there is an answer, and it is the same."""

import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.business.profile import (
    KnowledgeInfo,
    LocationInfo,
    Profile,
    ResourceInfo,
    ResourceKind,
    ServiceInfo,
)
from domain.hours import OpenHours
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.core import decide, start
from domain.receptionist.evidence import event_of, step
from domain.receptionist.moves import (
    Finish,
    Heard,
    Keyed,
    Opened,
    Silent,
    ToolAnswered,
    UseTool,
    Utter,
)
from domain.receptionist.state import State

NOW = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
SAID = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "data/nlu/intents.jsonl").read_text().splitlines()
]
EFFECTS = {
    "book": "appointment.booked",
    "cancel": "appointment.cancelled",
    "move": "appointment.rescheduled",
    "take_message": "message.left",
}


def id(number: int) -> UUID:
    return UUID(int=number)


PLACE = LocationInfo(
    id=id(1),
    name="Main Street",
    timezone="America/New_York",
    is_default=True,
    hours=tuple(OpenHours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)),
)
DENTIST = ResourceInfo(id=id(2), kind=ResourceKind.STAFF, name="Dr. Maya Lee", location_id=id(1))
PROFILE = Profile(
    name="Bright Smile",
    region="US",
    currency="USD",
    locale="en-US",
    locations=(PLACE,),
    resources=(DENTIST,),
    services=tuple(
        ServiceInfo(id=id(3 + n), name=name, duration_minutes=30, resource_ids=(id(2),))
        for n, name in enumerate(("Cleaning", "Exam"))
    ),
    knowledge=(KnowledgeInfo(id=id(9), version=1, question="Is there parking?", answer="Yes."),),
)


def tool_answer(request: UseTool, refuses: bool) -> ToolAnswered:
    """What the tools of a business with one free slot and one visit would say."""
    if refuses:
        return ToolAnswered(request.tool, NOW, error="SLOT_TAKEN")
    starts_at = (NOW + timedelta(days=1)).isoformat()
    visit = {"appointment_id": str(id(7)), "service_id": str(id(3)), "starts_at": starts_at}
    results = {
        "find_slots": {
            "exact": False,
            "slots": [{"offer_id": str(id(8)), "starts_at": starts_at}],
        },
        "find_appointments": {"appointments": [visit]},
    }
    result = results.get(request.tool, visit | {"status": "confirmed"})
    effects = (EFFECTS[request.tool],) if request.tool in EFFECTS else ()
    return ToolAnswered(request.tool, NOW, result=result, events=effects)


def live(briefing: Briefing, lines: list[str], refusals: set[int]) -> tuple[State, list[str]]:
    """Hold a conversation; returns the last state and the keys of everything said."""
    state, said = start(briefing), []
    for number, line in enumerate(["", *lines]):
        event = Heard(line, NOW) if number else Opened(NOW)
        spoken = len(said)
        for _ in range(6):
            decision = decide(state, event, briefing)
            assert event_of(step(event, decision)["event"]) == event
            assert State.read(decision.state.written()) == decision.state
            state = decision.state
            said += [move.key for move in decision.moves if isinstance(move, Utter)]
            said += ["quote" for move in decision.moves if type(move).__name__ == "Quote"]
            request = next((m for m in decision.moves if isinstance(m, UseTool)), None)
            if Finish() in decision.moves:
                return state, said
            if request is None:
                break
            event = tool_answer(request, number in refusals)
        else:
            raise AssertionError("the tools go round in circles")
        assert len(said) > spoken, f"nothing was answered to {line!r}"
    return state, said


@given(
    st.lists(st.sampled_from(SAID), max_size=12),
    st.sets(st.integers(1, 12), max_size=3),
    st.sampled_from([None, "+12125550142"]),
)
def test_whatever_is_said_is_answered(lines, refusals, phone):
    live(Briefing(PROFILE, Caller(phone)), lines, refusals)


def test_a_search_that_is_refused_is_not_tried_for_ever():
    lines = ["I want to move my appointment", "Wednesday 26th October", "any other Wednesday?"]
    live(Briefing(PROFILE, Caller("+12125550142")), lines, {2, 3})


@given(st.lists(st.text(max_size=200), max_size=6))
def test_any_text_at_all_is_answered(lines):
    live(Briefing(PROFILE), lines, set())


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SAID), max_size=10))
def test_nothing_is_claimed_that_no_tool_has_done(lines):
    state, said = live(Briefing(PROFILE, Caller("+12125550142")), lines, set())
    texts = Briefing(PROFILE).texts
    claimed = {texts[key].claims for key in said if key != "quote" and texts[key].claims}
    assert claimed <= set(state.effects)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SAID), max_size=10))
def test_the_same_conversation_is_decided_the_same(lines):
    briefing = Briefing(PROFILE, Caller("+12125550142"))
    assert live(briefing, lines, set()) == live(briefing, lines, set())


def test_keys_are_answers_too():
    briefing = Briefing(PROFILE)
    decision = decide(start(briefing), Keyed("0", NOW), briefing)
    assert decision.moves == (Utter("nobody_to_transfer"),)


def test_the_third_silence_is_the_goodbye():
    briefing = Briefing(PROFILE)
    decision = decide(start(briefing), Silent(3, NOW), briefing)
    assert decision.moves == (Utter("goodbye_silent"), Finish())
