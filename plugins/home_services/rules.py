"""What is heeded at once, and where the business goes: decided by rules alone."""

from collections.abc import Sequence

from domain.business.profile import Question
from domain.messages.models import Priority
from domain.receptionist.house_rules import Case, Hears, Inquiry, Then, TriageRule, Verdict
from domain.receptionist.nlu.emergencies import Danger
from plugins.home_services.settings import Settings
from plugins.tools import ToolContext

# What is over, or only planned, sends nobody out at night.
CALM = ("last year", "last month", "last week", "quote", "estimate", "already fixed", "is fixed")
CALM += ("was fixed", "tune up", "maintenance", "next month", "warranty")
ZIP = Question(key="postcode", ask="What is the ZIP code of the place where you need us?")


def triage(settings: Settings) -> Sequence[TriageRule]:
    """Gas, floods, cold homes and sparks go to whoever is on call; nobody is guided by telephone."""
    return (
        TriageRule(
            "gas",
            Then.PERSON,
            "Leave the building now with everybody in it. Do not touch any switch, and call from"
            " outside.",
            dangers=frozenset({Danger.GAS}),
            to=settings.on_call,
            priority=Priority.EMERGENCY,
        ),
        TriageRule(
            "no_heat",
            Then.PERSON,
            "That cannot wait while it is cold.",
            said=((*NO_HEAT,),),
            unless=CALM,
            to=settings.on_call,
        ),
        TriageRule(
            "sparks",
            Then.PERSON,
            "Please keep away from it, and switch the main breaker off if it is safe to reach.",
            said=(("outlet*", "breaker*", "panel", "wire*", "wiring", "socket*"), SPARKING),
            unless=CALM,
            to=settings.on_call,
        ),
        TriageRule(
            "flood",
            Then.PERSON,
            "If you can reach it safely, close the main water valve.",
            said=(FLOODING,),
            dangers=frozenset({Danger.HOME}),
            unless=CALM,
            to=settings.on_call,
        ),
        TriageRule(
            "no_guidance",
            Then.STOP,
            "I must not guide you through that: gas and electricity are work for a technician. I"
            " can book one for you.",
            said=(
                ("how do i", "how can i", "walk me through", "tell me how", "how to"),
                ("gas line", "gas valve", "breaker*", "wire*", "wiring", "pilot light", "panel"),
            ),
        ),
    )


def inquiries(settings: Settings) -> Sequence[Inquiry]:
    """Where to."""
    return (Inquiry(ZIP, Hears.POSTCODE),)


async def screen(case: Case, context: ToolContext) -> Verdict:
    """A visit where the business goes; elsewhere none."""
    settings = context.settings
    assert isinstance(settings, Settings)
    postcode = case.answers[ZIP.key]
    if not settings.serves(postcode):
        return Verdict(Then.STOP, f"I am sorry, we do not come to {spelled(postcode)}.")
    return Verdict(note=f"ZIP {postcode}")


def spelled(postcode: str) -> str:
    """A postcode as it is said: one character after the other."""
    return " ".join(postcode)


NO_HEAT = (
    "no heat",
    "no heating",
    "without heat",
    "without heating",
    "heat is out",
    "heat went out",
    "heat is off",
    "heat stopped",
    "heating stopped",
    "heating is out",
    "furnace is out",
    "furnace died",
    "furnace is dead",
    "furnace went out",
    "furnace stopped",
    "furnace quit",
    "boiler died",
    "boiler stopped",
    "boiler is out",
    "do not have heat",
    "do not have any heat",
    "freezing in here",
    "house is freezing",
)
SPARKING = ("spark*", "smok*", "burning smell", "smell* burn*", "buzzing", "hot to the touch", "arcing")
FLOODING = (
    "burst",
    "flooding",
    "flooded",
    "water everywhere",
    "water is everywhere",
    "pouring",
    "gushing",
    "sewage",
    "backing up into",
    "ceiling is leaking",
    "ceiling is coming down",
)
