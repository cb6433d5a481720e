"""What cannot wait, and what nobody is told by telephone: decided by rules alone.

The first aid for teeth is that of the guidelines for avulsed teeth (IADT 2020), said in two
sentences. It is all that is ever said of the body.
"""

from collections.abc import Sequence

from domain.messages.models import Priority
from domain.receptionist.house_rules import Then, TriageRule
from plugins.healthcare.settings import Settings
from plugins.healthcare.words import (
    ADVICE,
    BLEEDING,
    BODY,
    BROKEN,
    CALM,
    DRUGS,
    FACE,
    INFECTION,
    JAW,
    KNOCKED_OUT,
    LOST_WORK,
    RESULTS,
    SPREADING,
    SWELLING,
    TELLING,
    TOOTH,
    UNSTOPPED,
)

TOOTH_OUT = (
    "Hold the tooth by its crown and not by the root, and keep it in milk; a grown-up tooth can go"
    " back into its place at once, a baby tooth never. Every minute counts."
)
PRESS = (
    "Please press a clean cloth firmly on it and keep pressing. If it bleeds heavily, or you feel"
    " faint, dial {number}."
)
GO_NOW = "That can become dangerous. Please dial {number} or go to the nearest emergency room now."
SEEN_TODAY = "A swelling cannot wait for an ordinary appointment. If it spreads, dial {number}."
NO_ADVICE = (
    "I cannot give medical advice. Somebody of the practice will call you back. If it gets worse,"
    " or you have trouble breathing or swallowing, dial {number}."
)
NO_RESULTS = (
    "I cannot tell results to anybody by telephone. Somebody of the practice will call you back."
)


def triage(settings: Settings) -> Sequence[TriageRule]:
    """Emergencies first, then what a person of the practice has to hear at once."""
    number = settings.emergency_number
    return (
        _emergency("spreading", number, SWELLING + INFECTION, SPREADING),
        _emergency("jaw", number, JAW, BROKEN),
        TriageRule(
            "tooth_out",
            Then.PERSON,
            TOOTH_OUT,
            said=(TOOTH, KNOCKED_OUT),
            unless=CALM + LOST_WORK,
            to=settings.on_call,
            priority=Priority.EMERGENCY,
        ),
        _urgent("bleeding", PRESS, settings, BLEEDING, UNSTOPPED),
        _urgent("swelling", SEEN_TODAY, settings, SWELLING, FACE),
        TriageRule("advice", Then.MESSAGE, NO_ADVICE.format(number=number), said=(ADVICE, DRUGS)),
        TriageRule(
            "results", Then.MESSAGE, NO_RESULTS, said=(RESULTS, TELLING), priority=Priority.NORMAL
        ),
        TriageRule("opinion", Then.MESSAGE, NO_ADVICE.format(number=number), said=(BODY,)),
    )


def _emergency(name: str, number: str, *said: tuple[str, ...]) -> TriageRule:
    # Nobody is put through: whoever has to dial for help is not kept on the line.
    say = GO_NOW.format(number=number)
    return TriageRule(name, Then.MESSAGE, say, said, priority=Priority.EMERGENCY)


def _urgent(name: str, say: str, settings: Settings, *said: tuple[str, ...]) -> TriageRule:
    words = say.format(number=settings.emergency_number)
    return TriageRule(name, Then.PERSON, words, said, unless=CALM, to=settings.on_call)
