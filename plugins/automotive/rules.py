"""Which car it is, whether it comes on its own wheels, and what keeps it off the road."""

from collections.abc import Sequence

from domain.business.profile import Question, QuestionKind
from domain.plain import plain
from domain.receptionist.house_rules import Case, Inquiry, Then, TriageRule, Verdict
from domain.receptionist.nlu.emergencies import Danger
from plugins.automotive.settings import Settings
from plugins.automotive.words import CALM, SAFE_QUESTION, STRANDED, UNSAFE
from plugins.tools import ToolContext

STOP_DRIVING = (
    "Please do not drive the car any further. Stop where it is safe, and stay clear of it."
)
SAFE_PLACE = "Please get to a safe place away from the traffic first."
NOT_FROM_HERE = (
    "I cannot tell from here whether a car is safe to drive. If you are in doubt, please leave it"
    " standing."
)
NOT_SERVICED = "I am sorry, we do not work on vehicles of that kind."
VEHICLE = Question(key="vehicle", ask="Which vehicle is it: the year, the make and the model?")
DRIVEN = Question(
    key="drives",
    ask="Can it be driven here without a warning light for brakes or steering?",
    kind=QuestionKind.YES_NO,
)


def triage(settings: Settings) -> Sequence[TriageRule]:
    """Unsafe and stranded cars go to towing; nobody is told that a car is safe."""
    towing = settings.towing
    return (
        TriageRule("unsafe", Then.PERSON, STOP_DRIVING, (UNSAFE,), unless=CALM, to=towing),
        TriageRule("stranded", Then.PERSON, SAFE_PLACE, (STRANDED,), unless=CALM, to=towing),
        TriageRule(
            "declared",
            Then.PERSON,
            SAFE_PLACE,
            dangers=frozenset({Danger.DECLARED}),
            unless=CALM,
            to=towing,
        ),
        TriageRule("opinion", Then.GO_ON, NOT_FROM_HERE, said=(SAFE_QUESTION,)),
    )


def inquiries(settings: Settings) -> Sequence[Inquiry]:
    """Which car, and how it comes."""
    return (Inquiry(VEHICLE), Inquiry(DRIVEN))


async def screen(case: Case, context: ToolContext) -> Verdict:
    """A car that must not be driven comes on a truck, into the bay for such."""
    settings = context.settings
    assert isinstance(settings, Settings)
    vehicle = case.answers[VEHICLE.key]
    said = f" {plain(vehicle).text} "
    if any(f" {plain(each).text} " in said for each in settings.not_serviced):
        return Verdict(Then.STOP, NOT_SERVICED)
    if case.answers[DRIVEN.key] == "yes":
        return Verdict(note=f"{vehicle}; drives")
    return Verdict(
        say="Then please do not drive it. I book it as a car that is towed in.",
        note=f"{vehicle}; does not drive, comes on a truck",
        service=settings.tow_in,
    )
