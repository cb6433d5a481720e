"""Children: one that speaks is asked for an adult; one that is spoken of has a guardian (L51)."""

from dataclasses import replace

from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.children import Child, Role, find_child
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.state import Asked, Frame, State


def child_in(heard: Understanding, briefing: Briefing) -> Child | None:
    """The child that speaks, or is spoken of."""
    return find_child(heard.text, briefing.minimum_age)


def needs_adult(state: State, heard: Understanding, child: Child | None) -> bool:
    """Whether a child goes on speaking after an adult was asked for."""
    if state.asked is not Asked.ADULT:
        return False
    refuses = heard.confirmation is not None and heard.confirmation.answer is Answer.NO
    return refuses or (child is not None and child.role is Role.SPEAKS)


def ask_for_adult(state: State, briefing: Briefing) -> Decision:
    """Take nothing more from a child, forget what it told, and ask for an adult."""
    told = {"name": briefing.caller.name, "phone": briefing.caller.phone, "answers": ()}
    forgotten = state.to(goal=None, frame=Frame(), asked=Asked.ADULT, **told)
    return Decision(forgotten, (Utter("for_adults"),))


def leave_word(state: State, briefing: Briefing) -> Decision:
    """No adult and nobody to put through to: the team calls back."""
    note = {
        "body": briefing.texts.say("note_child_alone"),
        "name": None,
        "phone": briefing.caller.phone,
        "priority": state.priority,
    }
    waiting = state.to(asked=Asked.HELP, waiting_for="take_message")
    return Decision(waiting, (Utter("for_adults_message"), UseTool("take_message", note)))


def with_ward(state: State, child: Child | None, briefing: Briefing) -> State:
    """The state, with for whom a guardian calls; what was known of the child stays known."""
    if child is None or child.role is not Role.SPOKEN_OF:
        return state
    relation = child.relation or "child"
    if child.age is None:
        if state.ward is not None:
            return state
        return replace(state, ward=briefing.texts.say("note_guardian", relation=relation))
    said = briefing.texts.say("note_guardian_of", relation=relation, age=child.age)
    return replace(state, ward=said)
