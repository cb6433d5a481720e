"""The receptionist's mind: a pure function from a state and an event to a new state and moves.

No clock, no database, no model: the same state, event and briefing always decide the same, so any
call can be decided again exactly. What has to be done or looked up is asked for as a tool.
"""

from collections.abc import Callable

from domain.business.profile import QuestionKind
from domain.handling.rules import reachable_targets
from domain.receptionist import (
    abilities,
    answering,
    asking,
    booking,
    changing,
    consenting,
    handing_over,
    messages,
    minors,
    paying,
    privacy,
    triage,
    waiting,
)
from domain.receptionist.briefing import Briefing
from domain.receptionist.listening import listen
from domain.receptionist.moves import (
    Announced,
    Decision,
    Event,
    Finish,
    Heard,
    Keyed,
    Opened,
    PutThrough,
    Silent,
    Stalled,
    ToolAnswered,
    UseTool,
    Utter,
)
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.children import Role
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.matching import find_named
from domain.receptionist.nlu.nature import asks_what_we_are
from domain.receptionist.questions import ask, screening_question
from domain.receptionist.state import Asked, Goal, State
from domain.receptionist.wanting import wants_to_come

ENGINE_VERSION = "receptionist-1"

# Below this a guess at the intent is no better than asking again.
SURE = 0.45
MISUNDERSTOOD = Utter("not_understood")
# Misunderstandings in a row before the receptionist stops trying and takes a message.
PATIENCE = 3
GOALS = {
    "book": Goal.BOOK,
    "cancel": Goal.CANCEL,
    "check_booking": Goal.CHECK,
    "message": Goal.MESSAGE,
    "reschedule": Goal.MOVE,
}
STEPS = {
    Goal.ABILITY: abilities.step,
    Goal.BOOK: booking.step,
    Goal.CANCEL: changing.step,
    Goal.CHECK: changing.step,
    Goal.INTAKE: asking.step,
    Goal.MESSAGE: messages.step,
    Goal.MOVE: changing.step,
}
# Where words are kept as they are said.
TELLING = {Goal.ABILITY, Goal.INTAKE, Goal.MESSAGE}
# Goals that are never taken for a booking.
OTHERS = {Goal.CANCEL, Goal.CHECK, Goal.MESSAGE, Goal.MOVE}
# The business's own questions come after what the caller wanted, never before.
INTAKE_AFTER = {"book", "take_message"}
ANSWERS: dict[str, Callable[[State, ToolAnswered, Briefing], Decision]] = {
    "ask_privacy": privacy.answered,
    "book": booking.answered,
    "cancel": changing.answered,
    "find_appointments": changing.answered,
    "find_slots": booking.answered,
    "join_waitlist": waiting.answered,
    "keep_answer": asking.answered,
    "leave_waitlist": waiting.answered,
    "move": booking.answered,
    "payment_link": paying.answered,
    "take_message": messages.answered,
}


def start(briefing: Briefing) -> State:
    """The state before the first word."""
    return State(name=briefing.caller.name, phone=briefing.caller.phone)


def decide(state: State, event: Event, briefing: Briefing) -> Decision:
    """Decide what to do about an event."""
    match event:
        case Opened() | Announced():
            return consenting.begin(state, event, briefing)
        case Heard():
            return _hear(state.to(silences=0), event, briefing)
        case Keyed():
            return _keyed(state.to(silences=0), event, briefing)
        case Silent():
            return _silent(state, event, briefing)
        case Stalled():
            return _stalled(state, event)
        case ToolAnswered():
            return _tool_answered(state, event, briefing)


def _tool_answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    new = tuple(event for event in answer.events if event not in state.effects)
    state = state.to(waiting_for=None, effects=state.effects + new)
    if answer.tool == "request_transfer":
        return _put_through(state, answer, briefing)
    if answer.tool == "take_message" and state.handing is not None:
        return handing_over.told(state, state.handing, answer, briefing)
    if briefing.house.screening(answer.tool) is not None:
        return booking.screened(state, answer, briefing)
    decision = ANSWERS.get(answer.tool, abilities.answered)(state, answer, briefing)
    is_done = not answer.error and decision.state.goal is None and state.priority == "normal"
    if answer.tool not in INTAKE_AFTER or not is_done:
        return decision
    return asking.begin(decision, briefing, answer.at) or decision


def _hear(state: State, said: Heard, briefing: Briefing) -> Decision:
    settled = consenting.hear(state, said.text, briefing)
    state = settled.state
    heard = listen(said.text, state, briefing, said.at)
    danger = triage.guard(state, heard, said, briefing)
    if danger is not None:
        return danger
    if settled.is_all:
        return Decision(state, settled.moves)
    remark = triage.remark(heard, briefing)
    first = (*settled.moves, remark) if remark else settled.moves
    decision = _answer(state, heard, said, briefing)
    if first and decision.moves[:1] == (MISUNDERSTOOD,):
        # What was said was about the recording, or for the trade to remark on: it was understood.
        return Decision(state, (*first, ask(state, briefing, said.at)))
    return Decision(decision.state, (*first, *decision.moves))


def _answer(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision:
    child = minors.child_in(heard, briefing)
    if minors.needs_adult(state, heard, child):
        return _for_child(state, heard, said, briefing)
    if child is not None and child.role is Role.SPEAKS:
        return minors.ask_for_adult(state, briefing)
    if state.asked is Asked.ADULT:
        state = state.to(asked=Asked.HELP)
    state = minors.with_ward(state, child, briefing)
    wish = privacy.wish(state, said, briefing)
    if wish is not None:
        return Decision(wish.state.to(misunderstood=0), wish.moves)
    for turn in TURNS:
        decision = turn(state, heard, said, briefing)
        if decision is not None:
            return Decision(decision.state.to(misunderstood=0), decision.moves)
    return _not_understood(state, said, briefing)


def _for_child(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision:
    """No adult comes: a person of the business speaks with the child, or calls back."""
    if briefing.written or not reachable_targets(briefing.profile, said.at):
        return minors.leave_word(state, briefing)
    return _person(state.to(asked=Asked.HELP), heard, said, briefing)


def _aside(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """What may be said at any moment and does not change what is being done."""
    sure = heard.intent.probability >= SURE
    intent = heard.intent.label if sure else None
    if intent == "are_you_a_bot" or asks_what_we_are(said.text):
        return Decision(state, (Utter("i_am_an_assistant"), ask(state, briefing, said.at)))
    answering_us = heard.confirmation is not None and state.asked is not Asked.HELP
    if heard.confirmation and heard.confirmation.answer is Answer.REPEAT:
        return Decision(state, (ask(state, briefing, said.at),))
    if intent == "human" and not answering_us:
        return _person(state, heard, said, briefing)
    if intent == "goodbye" and state.asked is Asked.HELP:
        return _farewell(state, briefing)
    return None


def _waiting_list(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    """What was asked of the waiting list, unless it is passed on or answered by the business."""
    wish = waiting.wish(heard)
    telling = state.goal in TELLING or _answers_in_own_words(state, briefing)
    if wish is None or telling:
        return None
    if wish is waiting.Wish.LEAVE:
        return waiting.leave(state, heard, briefing)
    if not briefing.profile.rules.booking.waitlist or waiting.is_answered(heard, briefing):
        return None
    return booking.wait(state, heard, said, briefing)


def _answer_to_question(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    """The answer to what was asked, with whatever else came along."""
    if state.goal is None:
        return _answer_to_help(state, heard, said, briefing)
    in_own_words = _answers_in_own_words(state, briefing)
    if _gives_up(state, heard, in_own_words=in_own_words):
        return Decision.done(state, Utter("kept"))
    if _switches(state, heard) and not in_own_words:
        return None
    return STEPS[state.goal](state, heard, said, briefing)


def _switches(state: State, heard: Understanding) -> bool:
    """Whether something else is wanted; a booking that is changed is not yet one to be moved."""
    wanted = _goal_of(heard)
    if wanted is None or wanted is state.goal or heard.intent.probability < 0.8:
        return False
    return not (state.goal is Goal.BOOK and wanted is Goal.MOVE)


def _answers_in_own_words(state: State, briefing: Briefing) -> bool:
    """Whether anything may be said now without meaning that something else is wanted."""
    if state.asked is not Asked.SCREENING:
        return state.asked is Asked.MESSAGE
    waiting = screening_question(state, briefing)
    return waiting is not None and waiting.question.kind is QuestionKind.TEXT


def _answer_to_help(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    answer = heard.confirmation.answer if heard.confirmation else None
    if state.asked is Asked.OFFER_MESSAGE:
        if answer is Answer.YES:
            return messages.begin(state)
        if answer is Answer.NO:
            return Decision(state.to(asked=Asked.HELP), (Utter("anything_else"),))
    refuses = answer is Answer.NO or heard.intent.label == "deny"
    if refuses and state.helped and not _goal_of(heard):
        return _farewell(state, briefing)
    return None


def _ability(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    """What only a plugin can do; a wish that the core is sure of comes first."""
    sure_of_own = _goal_of(heard) is not None and heard.intent.probability >= 0.8
    ability = None if sure_of_own else abilities.wanted(heard, briefing)
    if ability is None:
        return None
    if state.goal is Goal.ABILITY and ability.name == state.frame.ability:
        return None
    return abilities.begin(state, ability, briefing, said.at)


def _new_wish(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    goal = _goal_of(heard)
    if state.goal is None and goal not in OTHERS:
        question = answering.answer(heard, said, briefing)
        if wants_to_come(heard, briefing, question, briefing.local(said.at).date()):
            goal = Goal.BOOK
    if goal is None or goal is state.goal:
        return None
    return STEPS[goal](state.pursuing(goal).to(asked=Asked.HELP), heard, said, briefing)


def _question_of_theirs(
    state: State, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision | None:
    known = answering.answer(heard, said, briefing)
    intent = heard.intent.label
    if known is not None:
        after = Utter("anything_else") if state.goal is None else ask(state, briefing, said.at)
        answered = state if state.goal else state.to(asked=Asked.HELP, helped=True)
        return Decision(answered, (known, after))
    if intent == "thanks" and state.goal is None:
        return Decision.done(state, Utter("you_are_welcome"))
    if intent == "greet" and state.goal is None:
        return Decision(state, (Utter("how_can_i_help"),))
    if intent in ("faq", "hours", "price") and heard.intent.probability >= SURE:
        if state.goal is not None:
            # What was begun is not lost by a question that nobody here can answer.
            return Decision(state, (Utter("not_known"), ask(state, briefing, said.at)))
        return Decision(state.to(asked=Asked.OFFER_MESSAGE, goal=None), (Utter("offer_message"),))
    return None


def _goal_of(heard: Understanding) -> Goal | None:
    return GOALS.get(heard.intent.label) if heard.intent.probability >= SURE else None


def _gives_up(state: State, heard: Understanding, *, in_own_words: bool) -> bool:
    """ "Never mind", or "cancel that" in the middle of something that is not a cancellation."""
    words = heard.text.lower()
    if "never mind" in words or "forget it" in words:
        return True
    cancels = heard.intent.label == "cancel" and not heard.moments
    return state.goal is Goal.BOOK and cancels and not in_own_words


def _person(
    state: State, heard: Understanding, said: Heard | Keyed, briefing: Briefing
) -> Decision:
    targets = reachable_targets(briefing.profile, said.at)
    if not targets or briefing.written:
        return _nobody(state)
    named = find_named(heard.text, [target.label for target in targets], briefing.aliases)
    wanted = named.only if named else None
    target = next((t for t in targets if t.label == wanted), targets[0])
    arguments = {"target_id": str(target.id), "reason": heard.text}
    asking = state.to(waiting_for="request_transfer")
    return Decision(asking, (UseTool("request_transfer", arguments),))


def _put_through(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    targets = briefing.profile.transfer_targets
    wanted = answer.result.get("target_id")
    target = next((t for t in targets if str(t.id) == wanted), None)
    if answer.error or target is None:
        return _nobody(state)
    transfer_id = answer.result["transfer_id"]
    return Decision(state, (PutThrough(transfer_id, target.number, target.label),))


def _nobody(state: State) -> Decision:
    begun = state.pursuing(Goal.MESSAGE).to(asked=Asked.MESSAGE)
    return Decision(begun, (Utter("nobody_to_transfer"),))


TURNS = (
    _waiting_list,
    _aside,
    _answer_to_question,
    _ability,
    _new_wish,
    _question_of_theirs,
)


def _farewell(state: State, briefing: Briefing) -> Decision:
    goodbye = Utter("goodbye", {"business": briefing.profile.name})
    # What is heard is disclaimed at the start and at the end, what is read all the time (L11).
    notice = (Utter("clinical_notice"),) if briefing.consent.clinical else ()
    return Decision(state, (*notice, goodbye, Finish()))


def _keyed(state: State, pressed: Keyed, briefing: Briefing) -> Decision:
    if pressed.digits == "0":
        heard = listen("I want to speak to a person", state, briefing, pressed.at)
        return _person(state, heard, pressed, briefing)
    return _hear(state, Heard(pressed.digits, pressed.at), briefing)


def _silent(state: State, silence: Silent, briefing: Briefing) -> Decision:
    state = state.to(silences=silence.times)
    unanswered = consenting.silent(state, briefing)
    if unanswered is not None:
        return unanswered
    if silence.times == 1:
        return Decision(state, (Utter("still_there"),))
    if silence.times == 2:
        return Decision(state, (Utter("still_here"),))
    return Decision(state, (Utter("goodbye_silent"), Finish()))


def _stalled(state: State, stall: Stalled) -> Decision:
    """Nobody waits in silence: take a message, which needs no calendar and no model, or part."""
    if stall.attempt > 1:
        return Decision(state, (Utter("trouble_goodbye"), Finish()))
    listening = state.pursuing(Goal.MESSAGE).to(asked=Asked.MESSAGE, waiting_for=None)
    return Decision(listening, (Utter("trouble"),))


def _not_understood(state: State, said: Heard, briefing: Briefing) -> Decision:
    state = state.to(misunderstood=state.misunderstood + 1)
    if state.misunderstood >= PATIENCE:
        begun = state.pursuing(Goal.MESSAGE).to(asked=Asked.MESSAGE, misunderstood=0)
        return Decision(begun, (Utter("let_me_take_a_message"),))
    return Decision(state, (MISUNDERSTOOD, ask(state, briefing, said.at)))
