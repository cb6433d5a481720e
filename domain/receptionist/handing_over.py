"""Leaving it to people: the team is told first, and then somebody is put on the line."""

from datetime import datetime

from domain.business.profile import TransferTargetInfo
from domain.handling.rules import reachable_targets
from domain.messages.models import Priority
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, Heard, ToolAnswered, UseTool, Utter
from domain.receptionist.questions import ask
from domain.receptionist.state import Asked, Goal, Handing, State

URGENCY = (Priority.NORMAL, Priority.HIGH, Priority.EMERGENCY)


def graver(one: str, other: str) -> str:
    """The graver of two priorities."""
    return max(one, other, key=lambda each: URGENCY.index(Priority(each)))


def hand_over(
    state: State, words: str, handing: Handing, said: Heard | ToolAnswered, briefing: Briefing
) -> Decision:
    """Tell the team `words`; who is not put through, and cannot be called back, gives a number."""
    telling = state.pursuing(Goal.MESSAGE).framed(message=words).to(handing=handing)
    if telling.phone is None and _target(handing, briefing, said.at) is None:
        missing = Asked.PHONE if telling.name is not None else Asked.NAME
        asking = telling.to(asked=missing)
        return Decision(asking, (ask(asking, briefing, said.at),))
    message = {
        "body": words,
        "name": telling.name or None,
        "phone": telling.phone or None,
        "priority": telling.priority,
    }
    return Decision(telling.to(waiting_for="take_message"), (UseTool("take_message", message),))


def told(state: State, handing: Handing, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """The team knows, or could not be told: put somebody on the line, if that was wanted."""
    reason = state.frame.message or ""
    state = state.to(handing=None).free()
    said = () if answer.error else (Utter("team_knows"),)
    target = _target(handing, briefing, answer.at)
    if target is not None:
        arguments = {"target_id": str(target.id), "reason": reason}
        calling = UseTool("request_transfer", arguments)
        return Decision(state.to(waiting_for="request_transfer"), (*said, calling))
    if answer.error:
        return Decision(state, (Utter("trouble_goodbye"),))
    return Decision(state, (*said, Utter("anything_else")))


def _target(handing: Handing, briefing: Briefing, at: datetime) -> TransferTargetInfo | None:
    """Whoever is named, or else whoever can be reached first; nobody joins a written talk."""
    if not handing.person or briefing.written:
        return None
    reachable = reachable_targets(briefing.profile, at)
    wanted = handing.to.casefold()
    named = (t for t in reachable if wanted in {n.casefold() for n in (t.label, *t.aliases)})
    return next(named, next(iter(reachable), None))
