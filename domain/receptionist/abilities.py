"""What the receptionist can do beside its own tools: others bring it, the core decides when.

An ability is known by phrases, asks its questions one by one, is then used once, and answers in
words. Whatever goes wrong, the caller is offered to leave a message.
"""

from datetime import datetime

from domain.business.questions import accept, next_question
from domain.errors import InvalidInput
from domain.handling.rules import is_open
from domain.receptionist.asking import answer_in
from domain.receptionist.briefing import Briefing
from domain.receptionist.consenting import may_keep
from domain.receptionist.moves import Decision, Heard, Quote, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.offers import Ability, Condition
from domain.receptionist.state import Asked, Goal, State

# The share of what was said that a phrase must explain: more than for an answer, which does
# nothing.
SURE = 0.5


def wanted(heard: Understanding, briefing: Briefing) -> Ability | None:
    """What the caller asks for, by the phrases of what is on offer."""
    match = briefing.wishes.answer(heard.text) if briefing.abilities else None
    return briefing.ability(match.entry.id) if match and match.score >= SURE else None


def begin(state: State, ability: Ability, briefing: Briefing, at: datetime) -> Decision:
    """Ask the first question, or do it at once if there is none."""
    begun = state.pursuing(Goal.ABILITY).framed(ability=ability.name)
    return _go_on(begun, ability, briefing, at)


def step(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """Keep the answer and ask on; a question that is not answered twice in a row ends it."""
    ability, told = briefing.ability(state.frame.ability or ""), dict(state.frame.told)
    question = next_question(ability.questions, told) if ability else None
    if ability is None or question is None:
        return _failed(state, ability)
    try:
        told[question.key] = accept(question, answer_in(question, heard), briefing.profile.region)
    except InvalidInput:
        return _failed(state, ability) if state.misunderstood else None
    return _go_on(state.framed(told=tuple(told.items())), ability, briefing, said.at)


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Say what came of it, ask again for what did not fit, or find another way."""
    ability = briefing.ability(answer.tool)
    if answer.error or ability is None:
        return _failed(state, ability)
    if "again" in answer.result:
        return _ask_again(state, ability, answer.result["again"])
    said = answer.result.get("refused") or answer.result["said"]
    return Decision.done(state, Quote(said, f"tool:{answer.tool}"))


def holds(condition: Condition, state: State, briefing: Briefing, at: datetime) -> bool:
    """Whether a condition holds, as far as the core can tell; who calls is proven elsewhere."""
    match condition:
        case Condition.CALLER_PROVEN:
            return True
        case Condition.CONSENT_GIVEN:
            return may_keep(state, briefing) is True
        case Condition.IN_WRITING:
            return briefing.written
        case Condition.ON_THE_PHONE:
            return not briefing.written
        case Condition.WITHIN_HOURS:
            return is_open(briefing.profile, briefing.profile.location, at)


def _go_on(state: State, ability: Ability, briefing: Briefing, at: datetime) -> Decision:
    # Asked at every turn: shops close, and consent is withdrawn, while somebody talks.
    if not all(holds(each, state, briefing, at) for each in ability.conditions):
        refusal = ability.otherwise or briefing.texts.say("not_possible_here")
        return Decision.done(state, Quote(refusal, f"ability:{ability.name}"))
    told = dict(state.frame.told)
    question = next_question(ability.questions, told)
    if question is None:
        using = UseTool(ability.name, dict(told))
        waiting = state.to(waiting_for=ability.name)
        return Decision(waiting, (*_own_words(ability, ability.holding), using))
    said = Quote(question.ask, f"ability:{ability.name}:{question.key}")
    return Decision(state.to(asked=Asked.ABILITY), (said,))


def _ask_again(state: State, ability: Ability, key: str) -> Decision:
    """Ask once more for what did not fit; whoever cannot be understood leaves a message."""
    question = next((each for each in ability.questions if each.key == key), None)
    if question is None or key in state.frame.asked_again:
        return _failed(state, ability)
    told = tuple((name, given) for name, given in state.frame.told if name != key)
    again = state.framed(told=told, asked_again=(*state.frame.asked_again, key))
    said = Quote(question.ask, f"ability:{ability.name}:{key}")
    return Decision(again.to(asked=Asked.ABILITY), (Utter("does_not_fit"), said))


def _failed(state: State, ability: Ability | None) -> Decision:
    given_up = state.to(goal=None, asked=Asked.OFFER_MESSAGE, waiting_for=None)
    if ability is None or not ability.failing:
        return Decision(given_up, (Utter("tool_failed"),))
    return Decision(given_up, (*_own_words(ability, ability.failing), Utter("message_instead")))


def _own_words(ability: Ability, words: str) -> tuple[Quote, ...]:
    return (Quote(words, f"ability:{ability.name}"),) if words else ()
