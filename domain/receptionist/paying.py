"""Callers who tell a card: it is refused, and another way to pay is offered (L47)."""

from datetime import datetime

from domain.handling.rules import reachable_targets
from domain.receptionist.briefing import Briefing
from domain.receptionist.moves import Decision, Move, ToolAnswered, UseTool, Utter
from domain.receptionist.state import State

TOOL = "payment_link"
EMERGENCIES = frozenset({"emergency", "emergency_self_harm"})
MISUNDERSTOOD = Utter("not_understood")


def refuse_card(moves: tuple[Move, ...], briefing: Briefing, at: datetime) -> tuple[Move, ...]:
    """Say first that no cards are taken, and how else to pay; only an emergency is graver."""
    if any(isinstance(move, Utter) and move.key in EMERGENCIES for move in moves):
        return moves
    # The receptionist has understood very well.
    rest = tuple(move for move in moves if move != MISUNDERSTOOD)
    refusal = Utter("no_card_numbers")
    if briefing.pays_by_link:
        return (refusal, *rest, UseTool(TOOL, {}))
    reachable = not briefing.written and reachable_targets(briefing.profile, at)
    return (refusal, Utter("pay_with_person") if reachable else Utter("pay_later"), *rest)


def answered(state: State, answer: ToolAnswered, briefing: Briefing) -> Decision:
    """Give them the address, or say that they pay another time."""
    if answer.error:
        return Decision(state, (Utter("pay_later"),))
    return Decision(state, (Utter("payment_link", {"url": answer.result["url"]}),))
