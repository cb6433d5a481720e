"""What comes before everything else: dangers, and what a trade wants to be heeded at once."""

from dataclasses import replace

from domain.plain import plain
from domain.receptionist import safety
from domain.receptionist.briefing import Briefing
from domain.receptionist.handing_over import graver, hand_over
from domain.receptionist.house_rules import Then, TriageRule
from domain.receptionist.moves import Decision, Heard, Quote
from domain.receptionist.nlu import Understanding
from domain.receptionist.nlu.emergencies import by_rules
from domain.receptionist.state import Handing, State


def guard(state: State, heard: Understanding, said: Heard, briefing: Briefing) -> Decision | None:
    """Life first, then the rules of the trade, then what is merely urgent; None if all is calm."""
    rule = _rule(heard, briefing, Then.PERSON, Then.MESSAGE, Then.STOP)
    if _is_in_danger(heard, rule):
        danger = safety.guard(state, heard, briefing)
        return _besides(danger, rule, heard) if danger and rule else danger
    if rule is not None:
        decision = _follow(state, rule, heard, said, briefing)
        return _cautioned(decision, heard, briefing)
    urgent = heard.emergency is not None and not heard.emergency.threatens_life
    return safety.guard(state, heard, briefing) if urgent else None


def _is_in_danger(heard: Understanding, rule: TriageRule | None) -> bool:
    """Whether a life is in danger.

    What plain phrases say of it is never explained away. Where it only seems so, what the trade
    knows and leaves to a person is done, and whom to call is said before.
    """
    if heard.emergency is None or not heard.emergency.threatens_life:
        return False
    ruled = by_rules(plain(heard.text))
    if ruled is not None and ruled.threatens_life:
        return True
    return rule is None or rule.then is not Then.PERSON


def remark(heard: Understanding, briefing: Briefing) -> Quote | None:
    """What is to be said first, although it goes on as the caller wants."""
    rule = _rule(heard, briefing, Then.GO_ON)
    return _quoted(rule) if rule else None


def _rule(heard: Understanding, briefing: Briefing, *then: Then) -> TriageRule | None:
    rules = briefing.house.triage
    return next((rule for rule in rules if rule.then in then and rule.hears(heard)), None)


def _besides(danger: Decision, rule: TriageRule, heard: Understanding) -> Decision:
    """The script stands; the words of the trade and somebody on the line come after it."""
    script, *rest = danger.moves
    state = danger.state
    if rule.then is Then.PERSON:
        state = state.framed(message=heard.text).to(handing=Handing(True, rule.to))
    return Decision(state, (script, _quoted(rule), *rest))


def _follow(
    state: State, rule: TriageRule, heard: Understanding, said: Heard, briefing: Briefing
) -> Decision:
    if rule.then is Then.STOP:
        return Decision.done(state, _quoted(rule))
    state = state.to(priority=graver(state.priority, rule.priority))
    handing = Handing(rule.then is Then.PERSON, rule.to)
    decision = hand_over(state, heard.text, handing, said, briefing)
    return replace(decision, moves=(_quoted(rule), *decision.moves))


def _cautioned(decision: Decision, heard: Understanding, briefing: Briefing) -> Decision:
    """Say first whom to call, where a life may be in danger."""
    if heard.emergency is None or not heard.emergency.threatens_life:
        return decision
    caution = safety.caution(heard.emergency, briefing)
    return replace(decision, moves=(caution, *decision.moves))


def _quoted(rule: TriageRule) -> Quote:
    return Quote(rule.say, f"triage:{rule.name}")
