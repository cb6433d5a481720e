"""Which listing is seen, whether it can be, and what is not said of who lives where."""

from collections.abc import Sequence

from domain.business.profile import Question, QuestionKind
from domain.receptionist.house_rules import Case, Hears, Inquiry, Then, TriageRule, Verdict
from domain.receptionist.nlu.emergencies import Danger
from plugins.real_estate.settings import Settings
from plugins.real_estate.words import LOCKED, PEOPLE, PLACE
from plugins.tools import ToolContext

OTHER = "none of these"
NOT_SAID = (
    "I cannot describe who lives somewhere, or how safe it is: fair housing law asks that of us."
    " Public sources can tell you more."
)
AT_ONCE = "Thank you for telling us, somebody takes care of that at once."
GONE = "I am sorry, that one is under contract and cannot be seen any more."
NOT_LISTED = "I do not find that one. Somebody of the team will call you about it."
BUYING = Question(
    key="approved",
    ask="Do you have a pre-approval from a bank already?",
    kind=QuestionKind.YES_NO,
)


def triage(settings: Settings) -> Sequence[TriageRule]:
    """A home that stands open or floods goes to an agent; nobody is steered."""
    return (
        TriageRule(
            "at_the_home",
            Then.PERSON,
            AT_ONCE,
            said=(LOCKED,),
            dangers=frozenset({Danger.HOME}),
            to=settings.agent,
        ),
        TriageRule("steering", Then.STOP, NOT_SAID, said=(PEOPLE, PLACE)),
    )


def inquiries(settings: Settings) -> Sequence[Inquiry]:
    """Which listing, and whether somebody can buy it."""
    names = tuple(each.name for each in settings.listings)
    if not names:
        return (Inquiry(Question(key="listing", ask="Which address would you like to see?")),)
    named = Question(
        key="listing",
        ask="Which of our listings is it about? Please tell me the address.",
        kind=QuestionKind.CHOICE,
        choices=(*names, OTHER),
    )
    return (Inquiry(named, Hears.CHOICE), Inquiry(BUYING))


async def screen(case: Case, context: ToolContext) -> Verdict:
    """Only what can be seen is shown."""
    settings = context.settings
    assert isinstance(settings, Settings)
    wanted = case.answers["listing"]
    listing = settings.listing(wanted)
    if settings.listings and listing is None:
        return Verdict(Then.MESSAGE, NOT_LISTED, "Asked for a home that is not listed")
    if listing is not None and not listing.available:
        return Verdict(Then.STOP, GONE)
    approved = case.answers.get(BUYING.key)
    return Verdict(note=f"{wanted}{f'; pre-approved: {approved}' if approved else ''}")
