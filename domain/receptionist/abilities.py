"""What the receptionist can do beside its own tools: others bring it, the core decides when.

An ability is known by phrases, asks its questions one by one, is then used once, and answers in
words. Whatever goes wrong, the caller is offered to leave a message.
"""

from domain.business.questions import accept, next_question
from domain.errors import InvalidInput
from domain.receptionist.asking import answer_in
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, Heard, Quote, ToolAnswered, UseTool, Utter
from domain.receptionist.nlu import Understanding
from domain.receptionist.offers import Ability
from domain.receptionist.state import Asked, Goal, State

# The share of what was said that a phrase must explain: more than for an answer, which does
# nothing.
SURE = 0.5


def wanted(heard: Understanding, briefing: Briefing) -> Ability | None:
    """What the caller asks for, by the phrases of what is on offer."""
    match = briefing.wishes.answer(heard.text) if briefing.abilities else None
    return briefing.ability(match.entry.id) if match and match.score >= SURE else None


def begin(state: State, ability: Ability) -> Decision:
    """Ask the first question, or do it at once if there is none."""
    begun = state.pursuing(Goal.ABILITY).framed(ability=ability.name)
    return _go_on(begun, ability, {})


def step(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """Keep the answer and ask on; a question that is not answered twice in a row ends it."""
    ability, told = briefing.ability(state.frame.ability or ""), dict(state.frame.told)
    question = next_question(ability.questions, told) if ability else None
    if ability is None or question is None:
        return _failed(state)
    try:
        told[question.key] = accept(question, answer_in(question, heard), briefing.profile.region)
    except InvalidInput:
        return _failed(state) if state.misunderstood else None
    return _go_on(state.framed(told=tuple(told.items())), ability, told)


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Say what came of it, or find another way."""
    if answer.error:
        return _failed(state)
    said = answer.result.get("refused") or answer.result["said"]
    return Decision.done(state, Quote(said, f"tool:{answer.tool}"))


def _go_on(state: State, ability: Ability, told: dict[str, str]) -> Decision:
    question = next_question(ability.questions, told)
    if question is None:
        return Decision(state.to(waiting_for=ability.name), (UseTool(ability.name, dict(told)),))
    said = Quote(question.ask, f"ability:{ability.name}:{question.key}")
    return Decision(state.to(asked=Asked.ABILITY), (said,))


def _failed(state: State) -> Decision:
    given_up = state.to(goal=None, asked=Asked.OFFER_MESSAGE, waiting_for=None)
    return Decision(given_up, (Utter("tool_failed"),))
