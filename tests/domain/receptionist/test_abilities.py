"""What others bring: asked for, held up, refused, asked again and given up; by the core alone."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from deskbell.testing.rehearsal import Unkept
from deskbell.testing.tenants import tenant_facts
from domain.business.profile import Question, QuestionKind
from domain.clock import FixedClock
from domain.consent.terms import Outcome
from domain.conversations.acts import Say
from domain.receptionist.briefing import Briefing, Caller
from domain.receptionist.conversation import Conversation
from domain.receptionist.core import decide, start
from domain.receptionist.moves import Heard, Quote, ToolAnswered, UseTool, Utter
from domain.receptionist.offers import Ability, Condition
from domain.receptionist.state import Asked, Goal, State
from domain.receptionist.tools import Toolbox
from domain.scope import Actor, ActorKind, Scope
from tests.domain.receptionist.test_core import NOW, PROFILE

PARCEL = Ability(
    "mine.parcel",
    ("where is my parcel", "track my parcel"),
    (Question(key="number", ask="What is its number?", kind=QuestionKind.NUMBER),),
    holding="Let me look.",
    failing="The carrier does not answer.",
    otherwise="Only while we are open.",
)
ASKED = Quote("What is its number?", "ability:mine.parcel:number")
WANTED, TOLD = "Where is my parcel?", "It is 42"
USE = UseTool("mine.parcel", {"number": "42"})
SUNDAY = NOW + timedelta(days=6)


def briefing(ability=PARCEL, **more):
    return Briefing(PROFILE, Caller("+12125550142"), abilities=(ability,), **more)


def talk(*events, known=None):
    """Says lines and answers; returns the last state and all moves."""
    known = known or briefing()
    state, moves = start(known), []
    for each in events:
        event = Heard(each, NOW) if isinstance(each, str) else each
        decision = decide(state, event, known)
        assert State.read(decision.state.written()) == decision.state
        state = decision.state
        moves.append(decision.moves)
    return state, moves


def answered(at=NOW, **result):
    error = result.pop("error", None)
    return ToolAnswered("mine.parcel", at, result, error)


def test_words_are_said_before_it_is_used():
    _, moves = talk(WANTED, TOLD)
    assert moves == [(ASKED,), (Quote("Let me look.", "ability:mine.parcel"), USE)]


def test_what_is_quick_needs_no_words():
    _, moves = talk(WANTED, TOLD, known=briefing(replace(PARCEL, holding="")))
    assert moves[1] == (USE,)


def test_the_answer_is_said_and_the_caller_asked_what_else():
    state, moves = talk(WANTED, TOLD, answered(said="Tomorrow."))
    assert moves[2] == (Quote("Tomorrow.", "tool:mine.parcel"), Utter("anything_else"))
    assert state.goal is None


def test_the_same_can_be_asked_twice():
    _, moves = talk(WANTED, TOLD, answered(said="Tomorrow."), WANTED)
    assert moves[3] == (ASKED,)


def test_what_does_not_fit_is_asked_for_once_more():
    state, moves = talk(WANTED, TOLD, answered(again="number"))
    assert moves[2] == (Utter("does_not_fit"), ASKED)
    assert (state.goal, state.frame.told) == (Goal.ABILITY, ())
    _, moves = talk(WANTED, TOLD, answered(again="number"), "43")
    assert moves[3][-1] == UseTool("mine.parcel", {"number": "43"})


def test_there_is_no_third_time():
    state, moves = talk(WANTED, TOLD, answered(again="number"), "43", answered(again="number"))
    assert state.asked is Asked.OFFER_MESSAGE
    assert moves[4][-1] == Utter("message_instead")


def test_a_failure_has_words_of_its_own_and_a_way_out():
    state, moves = talk(WANTED, TOLD, answered(error="UNAVAILABLE"))
    spoken = Quote("The carrier does not answer.", "ability:mine.parcel")
    assert moves[2] == (spoken, Utter("message_instead"))
    assert talk(WANTED, TOLD, answered(error="UNAVAILABLE"), "Yes please")[0].goal is Goal.MESSAGE
    assert state.goal is None


def test_a_failure_without_words_is_told_all_the_same():
    known = briefing(replace(PARCEL, failing=""))
    _, moves = talk(WANTED, TOLD, answered(error="TIMED_OUT"), known=known)
    assert moves[2] == (Utter("tool_failed"),)


@pytest.mark.parametrize(
    ("condition", "written", "consent", "at", "asked"),
    [
        (Condition.WITHIN_HOURS, False, None, NOW, True),
        (Condition.WITHIN_HOURS, False, None, SUNDAY, False),
        (Condition.IN_WRITING, True, None, NOW, True),
        (Condition.IN_WRITING, False, None, NOW, False),
        (Condition.ON_THE_PHONE, False, None, NOW, True),
        (Condition.ON_THE_PHONE, True, None, NOW, False),
        (Condition.CONSENT_GIVEN, False, Outcome.GRANTED, NOW, True),
        (Condition.CONSENT_GIVEN, False, Outcome.DECLINED, NOW, False),
        (Condition.CONSENT_GIVEN, False, None, NOW, False),
        # Who calls is proven where the contacts are: the core asks first.
        (Condition.CALLER_PROVEN, False, None, NOW, True),
    ],
)
def test_a_condition_stands_before_the_first_question(condition, written, consent, at, asked):
    known = briefing(replace(PARCEL, conditions=frozenset({condition})), written=written)
    state = start(known).to(consent=consent)
    moves = decide(state, Heard(WANTED, at), known).moves
    refused = (Quote("Only while we are open.", "ability:mine.parcel"), Utter("anything_else"))
    assert moves == ((ASKED,) if asked else refused)


def test_a_condition_is_asked_again_before_it_is_used():
    known = briefing(replace(PARCEL, conditions=frozenset({Condition.WITHIN_HOURS})))
    state = decide(start(known), Heard(WANTED, NOW), known).state
    moves = decide(state, Heard(TOLD, SUNDAY), known).moves
    assert moves[0] == Quote("Only while we are open.", "ability:mine.parcel")


class Slow:
    """Abilities that answer when they are told to."""

    def __init__(self) -> None:
        self.done = asyncio.Event()
        self.kept = None

    async def use(self, name, answers, situation):
        await self.done.wait()
        return "Tomorrow."


class Waiting(Toolbox):
    """A toolbox without a database."""

    async def _lend_hand(self, request, *, kept):
        return {"said": await self.abilities.use(request.tool, request.arguments, kept)}, ()


async def hear_slowly(known):
    """What is said while a slow tool is used; it answers after the third thing said."""
    slow, units = Slow(), SimpleNamespace(clock=FixedClock(NOW))
    scope = Scope(UUID(int=1), Actor(ActorKind.CALLER, str(UUID(int=2))), tenant_facts())
    box = Waiting(units, scope, UUID(int=2), known, abilities=slow)
    conversation = Conversation(UUID(int=2), box, Unkept().real)
    conversation.company = 0
    conversation.state = decide(conversation.state, Heard(WANTED, NOW), known).state
    said = []
    async with asyncio.timeout(5):
        async for act in conversation._react(Heard(TOLD, NOW)):
            assert isinstance(act, Say)
            said.append(act.text)
            if len(said) == (3 if not known.written else 1):
                slow.done.set()
    return said


async def test_nobody_on_the_telephone_waits_in_silence():
    said = await hear_slowly(briefing())
    still = "I am still on it. One more moment, please."
    assert said[:3] == ["Let me look.", still, still]
    assert "Tomorrow." in said


async def test_whoever_reads_is_told_once():
    said = await hear_slowly(briefing(written=True))
    assert said[:2] == ["Let me look.", "Tomorrow."]
