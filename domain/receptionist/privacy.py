"""Callers who make use of a right in their data: taken down at once, and never argued with."""

from datetime import date

from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, Heard, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu.privacy_wishes import find_privacy_wish
from domain.receptionist.questions import ask
from domain.receptionist.state import Asked, State
from domain.rights.kinds import RequestKind
from domain.rights.words import KINDS

TOOL = "ask_privacy"
# While these are asked for, whatever is said is the answer.
LISTENING = frozenset({Asked.INTAKE, Asked.MESSAGE})


def wish(state: State, said: Heard, briefing: Briefing) -> Decision | None:
    """Have it taken down; None if nothing of the kind was said."""
    kind = find_privacy_wish(said.text) if state.asked not in LISTENING else None
    if kind is None:
        return None
    told = {"kind": kind.value, "words": said.text, "name": state.name, "phone": state.phone}
    return Decision(state.to(waiting_for=TOOL), (UseTool(TOOL, told),))


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Say that it is taken down and by when it is answered, then go on where one was."""
    if answer.error:
        return Decision(state.to(asked=Asked.OFFER_MESSAGE, goal=None), (Utter("tool_failed"),))
    say = briefing.texts.say
    due = date.fromisoformat(answer.result["due_on"])
    proof = "privacy_code_sent" if answer.result["code_sent"] else "privacy_team_verifies"
    if not answer.result["proof_needed"]:
        proof = ""
    taken = Utter(
        "privacy_request_taken",
        {
            "what": say(KINDS[RequestKind(answer.result["kind"])]),
            "due": f"{due:%B} {due.day}",
            "code": say(proof) if proof else "",
        },
    )
    if state.goal is None:
        return Decision.done(state, taken)
    return Decision(state, (taken, ask(state, briefing, answer.at)))
