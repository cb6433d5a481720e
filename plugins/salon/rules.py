"""Whom a guest sees, what goes with a service, and what is not done without a test."""

from collections.abc import Sequence

from domain.business.profile import Question, QuestionKind
from domain.receptionist.house_rules import Case, Hears, Inquiry, Then, TriageRule, Verdict
from plugins.salon.settings import Settings
from plugins.salon.words import AFTER, BODY, CALM, MEDICAL, REACTION
from plugins.tools import ToolContext

NOBODY = "no preference"
NOTHING = "nothing else"
WASH = "Please wash it off with plenty of cool water now. If it gets worse, see a doctor at once."
NO_OPINION = (
    "I cannot say what is safe for your body; please ask your doctor. Somebody of the team will"
    " call you back about it."
)
NO_COLOR = (
    "For your safety we color only after a patch test, at least two days before. Somebody of the"
    " team will call you to arrange the test."
)


def triage(settings: Settings) -> Sequence[TriageRule]:
    """Reactions go to a person; nobody is told what is safe for them."""
    return (
        TriageRule(
            "reaction",
            Then.PERSON,
            WASH,
            said=(REACTION, AFTER),
            unless=CALM,
            to=settings.front_desk,
        ),
        TriageRule("medical", Then.MESSAGE, NO_OPINION, said=(MEDICAL, BODY)),
    )


def inquiries(settings: Settings) -> Sequence[Inquiry]:
    """Whom, with what, and after which test; a question with nothing to choose is left out."""
    return (*_whom(settings), *_with_what(settings), *_after_test(settings))


def _whom(settings: Settings) -> Sequence[Inquiry]:
    if not settings.stylists:
        return ()
    names = ", ".join(settings.stylists)
    ask = f"Would you like to see anybody in particular: {names}, or whoever is free?"
    return (Inquiry(Question(key="stylist", ask=ask, required=False), Hears.STAFF),)


def _with_what(settings: Settings) -> Sequence[Inquiry]:
    names = tuple(dict.fromkeys(each.name for each in settings.add_ons))
    if not names:
        return ()
    ask = f"Would you like anything with it: {', '.join(names)}, or nothing else?"
    choices = (*names, NOTHING)
    kind = QuestionKind.CHOICE
    question = Question(key="add_on", ask=ask, kind=kind, choices=choices, required=False)
    return (Inquiry(question),)


def _after_test(settings: Settings) -> Sequence[Inquiry]:
    if not settings.patch_test:
        return ()
    ask = "If it is about color: have you had a patch test with us in the last six months?"
    return (Inquiry(Question(key="patch_test", ask=ask, kind=QuestionKind.YES_NO)),)


async def screen(case: Case, context: ToolContext) -> Verdict:
    """No color without a test; with what goes with it, both are booked as one."""
    settings = context.settings
    assert isinstance(settings, Settings)
    tested = case.answers.get("patch_test")
    if case.service in settings.patch_test and tested != "yes":
        return Verdict(Then.MESSAGE, NO_COLOR, f"Patch test wanted before: {case.service}")
    add_on = case.answers.get("add_on", "")
    both = [
        each.together
        for each in settings.add_ons
        if (each.service, each.name) == (case.service, add_on)
    ]
    stylist = case.answers.get("stylist") or NOBODY
    notes = [f"Stylist: {stylist}", *([f"With: {add_on}"] if both else [])]
    if tested == "yes" and case.service in settings.patch_test:
        notes.append("Patch test done")
    return Verdict(note="; ".join(notes), service=both[0] if both else "")
