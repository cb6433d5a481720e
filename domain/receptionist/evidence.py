"""What is kept of each decision, so that it can be decided again bit for bit."""

from dataclasses import asdict
from typing import Any

from domain.adapters import adapter_of
from domain.receptionist.briefing import Briefing
from domain.receptionist.core import decide
from domain.receptionist.moves import (
    Announced,
    Decision,
    Event,
    Finish,
    Heard,
    Keyed,
    Move,
    Opened,
    PutThrough,
    Quote,
    Silent,
    Stalled,
    ToolAnswered,
    UseTool,
    Utter,
)
from domain.receptionist.state import State

EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind for kind in (Opened, Announced, Heard, Keyed, Silent, Stalled, ToolAnswered)
}
MOVES: dict[str, type[Move]] = {
    kind.__name__: kind for kind in (Utter, Quote, UseTool, PutThrough, Finish)
}

Step = dict[str, Any]


def step(event: Event, decision: Decision) -> Step:
    """One event, what was decided about it, and the state after, as JSON."""
    happened = adapter_of(type(event)).dump_python(event, mode="json")
    return {
        "event": {"kind": type(event).__name__, **happened},
        "moves": [{"kind": type(move).__name__, **asdict(move)} for move in decision.moves],
        "state": decision.state.written(),
    }


def event_of(written: dict[str, Any]) -> Event:
    """An event from its JSON."""
    fields = {name: value for name, value in written.items() if name != "kind"}
    event: Event = adapter_of(EVENTS[written["kind"]]).validate_python(fields)
    return event


def replay(start: State, steps: list[Step], briefing: Briefing) -> list[Step]:
    """Decide recorded events again; equal to the record if the engine is the same."""
    state, again = start, []
    for recorded in steps:
        event = event_of(recorded["event"])
        decision = decide(state, event, briefing)
        again.append(step(event, decision))
        state = decision.state
    return again
