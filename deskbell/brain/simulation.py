"""Our own receptionist asks, and a simulated caller answers with what was said in the recording.

The receptionist is the real one (`domain.receptionist.core`), with a calendar in memory. The caller
knows what the dialogue is labelled with: it says the recorded utterance that carries what it is
asked for, agrees only to what is right, and puts it right otherwise.
"""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from deskbell.brain.judging import Known
from deskbell.brain.noise import heard_badly
from deskbell.brain.premises import SCREENING, briefing_of, taken_in
from deskbell.brain.pretending import Pretender
from deskbell.brain.reading import Line
from deskbell.brain.setting import has_business, names_of, now_of
from deskbell.testing.rehearsal import InMemory
from deskbell.testing.tenants import TENANT, tenant_facts
from deskbell.testing.units import Units
from domain.clock import FixedClock
from domain.consent.terms import Outcome
from domain.receptionist.briefing import Briefing
from domain.receptionist.core import decide, start
from domain.receptionist.house_rules import Case, HouseRules, Verdict
from domain.receptionist.moves import Event, Finish, Heard, PutThrough, UseTool
from domain.receptionist.offers import Ability, Situation
from domain.receptionist.state import State
from domain.scope import Actor, ActorKind, Scope

# Nobody goes on for longer than this.
PATIENCE = 12


@dataclass(frozen=True)
class Simulated:
    """What came of it; `turns` is what both sides said until the yes that booked."""

    known: Known
    booked: bool
    turns: int
    said: tuple[str, ...] = ()
    """What the caller said."""


class Trade:
    """The one thing that this trade wants to know: whom the caller wants to see."""

    def __init__(self, house: HouseRules) -> None:
        self.house = house
        self.abilities: Sequence[Ability] = ()

    async def screen(self, name: str, case: Case, situation: Situation) -> Verdict:
        """Nothing stands in the way of a booking."""
        return Verdict()

    async def use(self, name: str, answers: Mapping[str, str], situation: Situation) -> str:
        """There is nothing else it can do."""
        return ""


def can_be_simulated(line: Line) -> bool:
    """Whether the dialogue is about a visit to somebody, at a time, as we would book it."""
    wanted = {"provider", "property"} & set(line["gold"])
    timed = {"date", "day"} & set(line["gold"]) and "time" in line["gold"]
    return has_business(line) and bool(wanted and timed and names_of(line, "providers"))


def simulate(line: Line, noise: float = 0) -> Simulated:
    """Let our receptionist take the call; `noise` is the share of words that are heard badly."""
    return asyncio.run(_simulated(line, noise))


async def _simulated(line: Line, noise: float) -> Simulated:
    now = now_of(line).replace(tzinfo=UTC)
    briefing = briefing_of(line)
    actor = Actor(ActorKind.PLUGIN, SCREENING)
    box = InMemory(
        Units(FixedClock(now)).real,
        Scope(TENANT, actor, tenant_facts()),
        UUID(int=9),
        briefing,
        abilities=Trade(briefing.house),
        taken=taken_in(line, briefing),
    )
    caller = Pretender.of(line)
    state = start(briefing).to(consent=Outcome.GRANTED)
    said: list[str] = []
    while len(said) < PATIENCE and not box.happened.visits:
        words = caller.answer(state, briefing)
        if words is None:
            break
        words = heard_badly(words, noise, str(line["id"])) if noise else words
        said.append(words)
        state, is_over = await _react(state, Heard(words, now), briefing, box)
        if is_over:
            break
    return _outcome(box, state, tuple(said))


async def _react(
    state: State, event: Event, briefing: Briefing, box: InMemory
) -> tuple[State, bool]:
    """Decide, and do what was decided, until the caller is spoken to again."""
    decision = decide(state, event, briefing)
    state, moves = decision.state, deque(decision.moves)
    while moves:
        move = moves.popleft()
        if isinstance(move, Finish | PutThrough):
            return state, True
        if isinstance(move, UseTool):
            decision = decide(state, await box.use(move), briefing)
            state = decision.state
            moves.extend(decision.moves)
    return state, False


def _outcome(box: InMemory, state: State, said: tuple[str, ...]) -> Simulated:
    if not box.happened.visits:
        return Simulated({}, False, 0, said)
    visit = box.happened.visits[-1]
    at: datetime = visit.starts_at
    known = {
        "provider": visit.staff,
        "property": visit.staff,
        "date": at.date(),
        "time": at.time(),
        "name": state.name,
    }
    return Simulated(known, True, 2 * len(said) - 1, said)
