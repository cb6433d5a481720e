"""How many come and where they sit; large parties, allergies and illness belong to people."""

from collections.abc import Sequence
from decimal import Decimal

from domain.business.profile import Question, QuestionKind
from domain.receptionist.house_rules import Case, Hears, Inquiry, Then, TriageRule, Verdict
from plugins.restaurant.settings import Settings
from plugins.restaurant.words import ALLERGY, ALLERGY_SAFE, EATEN, ILL
from plugins.tools import ToolContext

SORRY = "I am very sorry to hear that. If anybody feels worse, please see a doctor."
NO_PROMISE = (
    "I cannot promise that a dish is safe with an allergy; only the kitchen can tell you. Somebody"
    " will call you."
)
LARGE = "For a party of that size I put you through to somebody who can arrange it."
NOBODY = "For how many people shall it be? I need at least one."
PARTY = Question(key="party", ask="For how many people?", kind=QuestionKind.NUMBER)


def triage(settings: Settings) -> Sequence[TriageRule]:
    """Illness goes to a person at once; no dish is called safe."""
    return (
        TriageRule("illness", Then.PERSON, SORRY, said=(ILL, EATEN), to=settings.host),
        TriageRule("allergy", Then.MESSAGE, NO_PROMISE, said=(ALLERGY, ALLERGY_SAFE)),
    )


def inquiries(settings: Settings) -> Sequence[Inquiry]:
    """How many come."""
    return (Inquiry(PARTY, Hears.PARTY),)


async def screen(case: Case, context: ToolContext) -> Verdict:
    """The smallest table that fits; above the limit a person arranges it."""
    settings = context.settings
    assert isinstance(settings, Settings)
    party = Decimal(case.answers[PARTY.key])
    if party < 1:
        return Verdict(Then.STOP, NOBODY)
    if party > settings.largest_party:
        return Verdict(Then.PERSON, LARGE, f"A party of {party}", settings.host)
    table = settings.table(int(party))
    return Verdict(note=f"Party of {party}", service=table.service)
