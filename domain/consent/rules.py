"""Which consent a conversation needs: pure decisions over the dated rows of law.

Every side of a call brings the law of where it is; the strictest of all holds for the whole call.
Nobody's place is known for certain from a number, so a place that is unknown asks for a notice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain import law
from domain.consent.terms import (
    Allowed,
    Choices,
    Decision,
    Leg,
    Method,
    Requirement,
    Situation,
)
from domain.law import EVERYWHERE, Rule

RECORDING = "recording.consent"
TRAINING = "training.consent"
DISCLOSURE = "ai.disclosure"
CLINICAL = "ai.clinical_disclaimer"
# Countries whose states or provinces decide: known to be there is not known to be where.
DIVIDED = frozenset({"CA", "US"})

# What is said of what is kept, by whether sound is: with the greeting, or as a question.
_TOLD = {True: "disclosure", False: "disclosure_transcribed"}
_ASKED = {True: "ask_consent", False: "ask_consent_transcript"}
_ALONE = "disclosure_only"
_WRITTEN = "disclosure_written"


@dataclass(frozen=True)
class Findings:
    """The rows that bind the people of a conversation, by what they are about."""

    recording: tuple[Rule, ...]
    training: tuple[Rule, ...]
    disclosure: tuple[Rule, ...]
    clinical: tuple[Rule, ...]

    @property
    def all(self) -> tuple[Rule, ...]:
        """Every row, once."""
        rows = (*self.recording, *self.training, *self.disclosure, *self.clinical)
        return tuple({row.reference: row for row in rows}.values())


def decide(situation: Situation, choices: Choices, as_of: date) -> Decision:
    """What must be said to those on the line, and what may be kept; nothing is looser than law."""
    found = _find(situation.legs, choices, as_of)
    requirement = max(
        (Requirement.of(str(row.value)) for row in found.recording), default=Requirement.NOTICE
    )
    sound = choices.recording and not situation.written
    method = _method(requirement, choices, written=situation.written)
    return Decision(
        requirement=requirement,
        method=method,
        announcement=_WRITTEN if situation.written else _announcement(method, sound=sound),
        question=_ASKED[sound] if method is Method.VERBAL else "",
        granted=Allowed(sound, True, choices.training and _may_train(found.training)),
        # What is written was written by whoever declines: it is the conversation itself.
        declined=Allowed(False, situation.written or choices.transcript_on_decline),
        discloses_ai_by_law=bool(found.disclosure),
        clinical=choices.clinical,
        rules=tuple(row.reference for row in found.all),
        needs_counsel=any(row.needs_counsel for row in found.all),
    )


def leg_of_business(country: str, number: str | None) -> Leg:
    """The side of the business: in the state of its line, if that is in its own country."""
    hint = law.place_of_number(number)
    return Leg(place=hint if hint and law.country_of(hint) == country else country)


def place_of(leg: Leg) -> str | None:
    """Where a side of the call is: what is vouched for, or what its number hints at."""
    return leg.place or law.place_of_number(leg.number)


def _method(requirement: Requirement, choices: Choices, *, written: bool) -> Method:
    if written:
        # Who writes sees the notice, and has the choice before the first word is sent.
        return Method.STAY_ON_LINE
    if requirement is Requirement.EXPRESS or choices.always_ask:
        return Method.VERBAL
    if requirement is Requirement.NOTICE or choices.always_tell:
        return Method.STAY_ON_LINE
    return Method.NONE


def _announcement(method: Method, *, sound: bool) -> str:
    return _TOLD[sound] if method is Method.STAY_ON_LINE else _ALONE


def _may_train(rows: Iterable[Rule]) -> bool:
    """Where a yes of its own is asked for, none has been given: nobody asks callers for it."""
    return all(row.value == "opt_in" for row in rows)


def _find(legs: Iterable[Leg], choices: Choices, as_of: date) -> Findings:
    places = [place_of(leg) for leg in legs]
    return Findings(
        recording=_of_all(RECORDING, places, as_of),
        training=_of_all(TRAINING, places, as_of) if choices.training else (),
        disclosure=_of_all(DISCLOSURE, places, as_of),
        clinical=_of_all(CLINICAL, places, as_of) if choices.clinical else (),
    )


def _of_all(rule_id: str, places: Iterable[str | None], as_of: date) -> tuple[Rule, ...]:
    return tuple(row for place in places for row in _of(rule_id, place, as_of))


def _of(rule_id: str, place: str | None, as_of: date) -> tuple[Rule, ...]:
    """The rows that bind one side; where it may be elsewhere too, the row for `*` as well."""
    anywhere = law.rules(rule_id, EVERYWHERE, as_of)
    if place is None:
        return anywhere
    binding = law.rules(rule_id, place, as_of)
    return (*binding, *anywhere) if place in DIVIDED else binding


CAUTIOUS = Decision(
    requirement=Requirement.NOTICE,
    method=Method.STAY_ON_LINE,
    announcement=_TOLD[True],
    question="",
    granted=Allowed(record=True, transcribe=True),
    declined=Allowed(),
)
"""What is done where nobody has decided: tell, and keep nothing of those who refuse."""
