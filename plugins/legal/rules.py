"""No advice, no consultation before conflicts are checked, and custody to an attorney at once."""

from collections.abc import Sequence

from domain.business.profile import Question, QuestionKind
from domain.messages.models import Priority
from domain.receptionist.house_rules import Case, Hears, Inquiry, Then, TriageRule, Verdict
from plugins.legal.conflicts import conflict
from plugins.legal.settings import Settings
from plugins.legal.words import ABOUT_LAW, ADVICE, CUSTODY, DEADLINE, NOW, PLANNED
from plugins.tools import ToolContext

OTHER = "something else"
SILENCE = "Please do not answer any questions or sign anything before an attorney is with you."
NO_ADVICE = "I cannot give legal advice, and nothing I say is any. An attorney can tell you."
RUNS_OUT = "I let an attorney know that time runs out."
NOT_OURS = "I am sorry, our attorneys do not take on matters of that kind."
# The same words, whatever was found: nobody learns by telephone whom the office acts for.
SOMEBODY_CALLS = "Somebody of the office has to look at this first, and will call you back."


def triage(settings: Settings) -> Sequence[TriageRule]:
    """Custody and what ends today go to an attorney; advice is refused in the same breath."""
    custody = TriageRule("custody", Then.PERSON, SILENCE, said=(CUSTODY,), to=settings.urgent)
    ends = TriageRule(
        "runs_out",
        Then.PERSON,
        RUNS_OUT,
        said=(DEADLINE, NOW),
        unless=PLANNED,
        to=settings.urgent,
    )
    return (custody, ends, TriageRule("advice", Then.GO_ON, NO_ADVICE, said=(ADVICE, ABOUT_LAW)))


def inquiries(settings: Settings) -> Sequence[Inquiry]:
    """Who calls, about what, and who is on the other side."""
    choices = (*settings.matters, OTHER)
    matter = f"What kind of matter is it: {', '.join(settings.matters)}, or {OTHER}?"
    return (
        Inquiry(Question(key="client", ask="What is your full name?"), Hears.NAME),
        Inquiry(
            Question(key="matter", ask=matter, kind=QuestionKind.CHOICE, choices=choices),
            Hears.CHOICE,
        ),
        Inquiry(
            Question(
                key="opponent",
                ask="Who is on the other side? Please tell me the names only, nothing else. Say"
                " nobody, if there is no other side.",
            )
        ),
    )


async def screen(case: Case, context: ToolContext) -> Verdict:
    """Nothing is booked where there may be a conflict; the team learns which, the caller not."""
    settings = context.settings
    assert isinstance(settings, Settings)
    client, opponent = case.answers["client"], case.answers["opponent"]
    found = conflict([client, case.caller, *_split(opponent)], settings.names)
    if found is not None:
        note = f"Possible conflict of interest: {client} against {opponent}; we know {found}"
        return Verdict(Then.MESSAGE, SOMEBODY_CALLS, note, priority=Priority.HIGH)
    if case.answers["matter"] == OTHER:
        return Verdict(Then.STOP, NOT_OURS)
    return Verdict(
        note=f"{case.answers['matter']}; other side: {opponent}; no conflict found by name"
    )


def _split(said: str) -> list[str]:
    """The names in an answer, and the answer as a whole."""
    return [said, *said.replace(" and ", ",").split(",")]
