"""What is heeded at once, and where the business goes: decided by rules alone."""

from collections.abc import Sequence
from dataclasses import replace

from domain.business.profile import Question
from domain.messages.models import Priority
from domain.receptionist.house_rules import Case, Hears, Inquiry, Then, TriageRule, Verdict
from domain.receptionist.nlu.emergencies import Danger
from integrations.places import site_of
from plugins.home_services.settings import Settings
from plugins.home_services.words import (
    CALM,
    DANGEROUS_WORK,
    ELECTRIC,
    FLOODING,
    HOW_TO,
    NO_HEAT,
    SPARKING,
)
from plugins.tools import ToolContext

GAS = "Leave the building now with everybody in it. Do not touch any switch, and call from outside."
SPARKS = "Please keep away from it, and switch the main breaker off if it is safe to reach."
FLOOD = "If you can reach it safely, close the main water valve."
NO_GUIDANCE = (
    "I must not guide you through that: gas and electricity are work for a technician. I can book"
    " one for you."
)
ZIP = Question(key="postcode", ask="What is the ZIP code of the place where you need us?")


def triage(settings: Settings) -> Sequence[TriageRule]:
    """Gas, floods, cold homes and sparks go to whoever is on call; nobody is guided through."""
    gas = _on_call(settings, "gas", GAS, dangers=frozenset({Danger.GAS}))
    return (
        replace(gas, priority=Priority.EMERGENCY, unless=()),
        _on_call(settings, "no_heat", "That cannot wait while it is cold.", NO_HEAT),
        _on_call(settings, "sparks", SPARKS, ELECTRIC, SPARKING),
        _on_call(settings, "flood", FLOOD, FLOODING, dangers=frozenset({Danger.HOME})),
        TriageRule("no_guidance", Then.STOP, NO_GUIDANCE, said=(HOW_TO, DANGEROUS_WORK)),
    )


def _on_call(
    settings: Settings,
    name: str,
    say: str,
    *said: tuple[str, ...],
    dangers: frozenset[Danger] = frozenset(),
) -> TriageRule:
    return TriageRule(name, Then.PERSON, say, said, dangers, CALM, settings.on_call)


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
    return Verdict(note=f"ZIP {postcode}", site=site_of(postcode, context.tenant.region))


def spelled(postcode: str) -> str:
    """A postcode as it is said: one character after the other."""
    return " ".join(postcode)
