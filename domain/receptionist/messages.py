"""Taking a message: the last resort that always works."""

from domain.receptionist import booking
from domain.receptionist.booking import take_name_and_phone
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, Heard, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.questions import ask
from domain.receptionist.state import Asked, Goal, State

# "Can I leave a message?" is not yet the message; more words than this are.
REQUEST_WORDS = 9


def begin(state: State) -> Decision:
    """Ask for the message."""
    return Decision(state.pursuing(Goal.MESSAGE).to(asked=Asked.MESSAGE), (Utter("ask_message"),))


def step(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """Collect the words, then a name and a number to call back."""
    if state.asked is Asked.MESSAGE:
        state = take_name_and_phone(state, heard).framed(message=heard.text)
    elif state.frame.message is None:
        if len(heard.text.split()) <= REQUEST_WORDS:
            return Decision(state.to(asked=Asked.MESSAGE), (Utter("ask_message"),))
        state = take_name_and_phone(state, heard).framed(message=heard.text)
    else:
        answered_us = _answer(state, heard)
        if answered_us == state and not state.misunderstood:
            return None
        # A caller who will not or cannot give it is not asked a third time.
        state = answered_us if answered_us != state else _without(state)
    return _go_on(state, said, briefing)


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Say that the message is passed on, if it is; then go on with what was being done."""
    if answer.error:
        return Decision(state.to(goal=None, asked=Asked.HELP), (Utter("trouble_goodbye"),))
    if state.goal is Goal.MESSAGE:
        return Decision.done(state, Utter("message_taken"))
    question = booking.go_on if state.goal is Goal.BOOK else _same_question
    following = question(state, answer, briefing)
    return Decision(following.state, (Utter("team_knows"), *following.moves))


def _same_question(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    return Decision(state, (ask(state, briefing, answer.at),))


def _answer(state: State, heard: Understanding) -> State:
    if state.asked is Asked.NAME and heard.name is not None:
        return state.to(name=heard.name.name)
    if state.asked is Asked.PHONE and heard.phone is not None and heard.phone.e164:
        return state.to(phone=heard.phone.e164)
    return take_name_and_phone(state, heard)


def _without(state: State) -> State:
    return state.to(name=state.name or "") if state.asked is Asked.NAME else state.to(phone="")


def _go_on(state: State, said: Heard, briefing: Briefing) -> Decision:
    for question, known in ((Asked.NAME, state.name), (Asked.PHONE, state.phone)):
        if known is None:
            asking = state.to(asked=question)
            return Decision(asking, (ask(asking, briefing, said.at),))
    arguments = {
        "body": state.frame.message,
        "name": state.name or None,
        "phone": state.phone or None,
        "priority": state.priority,
    }
    return Decision(state.to(waiting_for="take_message"), (UseTool("take_message", arguments),))
