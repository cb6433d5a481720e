"""Who is a child: the caller, or somebody an adult calls about.

A child that speaks is put through to an adult; a child that is spoken of is booked by its
guardian. "My 8-year-old" is the second, "I'm eight" the first, "I'm eight weeks pregnant" neither.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.plain import Place, Plain, plain
from domain.receptionist.nlu.spoken_numbers import SMALL, TENS


class Role(StrEnum):
    """What a child has to do with the conversation."""

    SPEAKS = "speaks"
    SPOKEN_OF = "spoken_of"


@dataclass(frozen=True)
class Child:
    """A child, by which words, how old (in years), and what the caller is to it."""

    span: Place
    role: Role
    age: int | None = None
    relation: str | None = None


# Nobody older than this calls themselves by age in passing; what is higher is no age of a child.
OLDEST = 17
_COUNTS = {word: value for word, value in SMALL.items() if 0 < value <= OLDEST + 2}
_AGE = rf"(?P<age>\d{{1,2}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_NOT_YEARS = (
    r"(?! (?:weeks?|months?|days?|minutes?|hours?|people|of us|miles|blocks|percent|dollars|pm|am"
    r"|o|thirty|fifteen|forty|feet|foot|inches|pounds|lbs|kilos|times|times|more|th|out of|and a"
    r" half weeks|st|nd|rd|stops|streets|doors|floors|cars|on a|in line|am the|point|hundred"
    r"|thousand|years (?:clean|sober|into|in|married|older|younger|at|with|post|out|free|cancer)))"
)
_KIN = (
    r"(?:mom|mommy|mother|dad|daddy|father|parents?|grandma|grandpa|n"
    r"ana|babysitter|step ?mom|step ?dad)"
)
_GRADE = (
    r"(?:kindergarten|pre ?school|elementary school|middle school|junior high|primary school"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|1st|2nd|3rd|4th|5th|6th|7th|8th)"
    r" grade|grade (?:one|two|three|four|five|six|seven|eight|\d))"
)
_AWAY = (
    r"(?:not (?:here|home|at home|back|in|around|awake|answering)|asleep|sleeping|at work|working"
    r"|out|gone|busy|in the (?:shower|bathroom|garden|other room|garage)|at the store|upstairs"
    r"|downstairs|shopping|in hospital)"
)

_SPEAKS = tuple(
    re.compile(rf"\b(?:{pattern})\b")
    for pattern in (
        r"(?:i am|i m|me i am|hi i am) (?:only |just |almost |like |about |nearly |turning"
        rf" )*{_AGE}"
        rf"{_NOT_YEARS}(?: (?:years? old|and a half|year old|years|now|today|tomorrow|but))?(?= ?$|"
        r" \."
        r"| and| but| years?| my| can| i | so| now| today| tomorrow)",
        rf"(?:i (?:just )?turned|my age is|i will be|i turn) {_AGE}{_NOT_YEARS}(?= ?$| \.| and| but"
        r"| years?| today| last| in| next| yesterday)",
        rf"i am an? (?:little |young )?(?:{_AGE} year old|kid|child|little (?:girl|boy)|minor|girl"
        r" and"
        r"|boy and|student (?:in|at) (?:elementary|middle)|(?:first|second|third|fourth|fifth|sixth"
        r"|seventh|eighth) grader)",
        rf"i am (?:still )?(?:in|going (?:to|into)|starting) (?:the )?{_GRADE}|i am (?:under(?:"
        r" ?age)?"
        r" (?:18|eighteen|13|thirteen)|underage|a minor|not (?:18|eighteen|old enough|an adult|a"
        r" grown"
        r" ?up|grown up))",
        rf"my (?:{_KIN}) (?:and (?:my )?(?:{_KIN}) )?(?:is|are|s) (?:\w+ )?{_AWAY}",
        rf"my (?:{_KIN}) (?:does not know (?:i am|that i|about this|i)|told me to call|said (?:i"
        r" can"
        r"|i could|i should|to call)|said it is ok|will (?:be mad|yell)|let me use|does not let me"
        r"|gave me (?:the|this|her|his) phone)",
        r"(?:i am |i m )?(?:home |here )?(?:all )?alone (?:at home |in the house )?(?:and my"
        rf" (?:{_KIN})|without my (?:{_KIN}))|(?:i am using|this is) my (?:{_KIN}) (?:is )?phone"
        r"|i am home alone|no (?:grown ?ups?|adults?) (?:are |is )?(?:here|home|around)",
        r"i (?:have|got) (?:no|not any) school today|i am (?:calling )?from (?:my )?(?:elementary"
        r"|middle)"
        r" school|my teacher (?:said|told)|after (?:my )?recess",
        r"tengo (?P<anos>\d{1,2}|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince"
        r"|dieciseis|diecisiete) anos|mi (?:mama|mom|papa) no esta|soy (?:un nino|una nina|menor)",
    )
)
_RELATIONS = {
    "child": r"(?:son|daughter|kid|kids|child|children|boy|girl|little one|oldest|youngest|toddler"
    r"|baby|newborn|infant|twins|teenager|teen|preteen|stepson|stepdaughter|step son|step daughter"
    r"|little boy|little girl|little guy)",
    "grandchild": r"(?:grandson|granddaughter|grandchild|grandkid|grandkids|grandbaby)",
    "sibling": r"(?:little|younger|kid|baby) (?:brother|sister)",
    "nephew or niece": r"(?:nephew|niece)",
    "ward": r"(?:foster (?:son|daughter|child|kid)|godson|goddaughter|student|pupil)",
}
_OF_KIN = "|".join(_RELATIONS.values())
_SPOKEN_OF = tuple(
    re.compile(rf"\b(?:{pattern})\b")
    for pattern in (
        rf"(?:my|our|her|his|the|a|an|for an?) (?:\w+ )?{_AGE} ?(?:and a half )?year ?old(?:"
        rf" (?P<kin>{_OF_KIN}))?",
        rf"(?:my|our) (?:\w+ )?(?P<kin>{_OF_KIN})(?: \w+)? (?:is|who is|s|just turned|turned|turns"
        r"|will be"
        rf"|aged?) (?:only |just |now |almost )?{_AGE}{_NOT_YEARS}",
        rf"(?:my|our) (?P<kin>{_OF_KIN})",
        rf"(?:he|she) is (?:only |just |almost )?{_AGE}{_NOT_YEARS}(?: years? old)?(?= ?$| \.| and|"
        r" years?)",
        r"mi (?P<kin>hijo|hija|nino|nina|nieto|nieta)",
    )
)
_SPANISH = dict(
    zip(
        [
            "cinco",
            "seis",
            "siete",
            "ocho",
            "nueve",
            "diez",
            "once",
            "doce",
            "trece",
            "catorce",
            "quince",
            "dieciseis",
            "diecisiete",
        ],
        range(5, 18),
        strict=True,
    )
)
# Talk of one's own past, or of a child's words: "when I was eight", "he said I'm eight".
_NOT_NOW = re.compile(
    r"\b(?:when|since|before|after|while|until) $|\b(?:says?|said|telling me|told me) $"
)


def find_child(text: str, minimum_age: int) -> Child | None:
    """Whether a child speaks, or is spoken of; only who is younger than `minimum_age` speaks.

    A cue without an age ("my mom isn't home") is taken for a child.
    """
    said = plain(text)
    return _speaking(said, minimum_age) or _spoken_of(said, minimum_age)


def _speaking(said: Plain, minimum_age: int) -> Child | None:
    for pattern in _SPEAKS:
        for match in pattern.finditer(said.text):
            if _NOT_NOW.search(said.text[: match.start()]):
                continue
            age = _years(match)
            if age is None or 2 < age < minimum_age:
                return Child(said.of(match), Role.SPEAKS, age)
    return None


def _spoken_of(said: Plain, minimum_age: int) -> Child | None:
    for pattern in _SPOKEN_OF:
        if match := pattern.search(said.text):
            age = _years(match)
            if age is None or age < max(minimum_age, OLDEST + 1):
                return Child(said.of(match), Role.SPOKEN_OF, age, _relation(match))
    return None


def _years(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    word = groups.get("age") or groups.get("anos")
    if word is None:
        return None
    return int(word) if word.isdigit() else (_COUNTS | TENS | _SPANISH)[word]


def _relation(match: re.Match[str]) -> str:
    """What the child is to the caller; whose it is was said, so a child if nothing closer."""
    kin = match.groupdict().get("kin") or ""
    found = (name for name, words in _RELATIONS.items() if re.fullmatch(words, kin))
    return next(found, "grandchild" if kin.startswith("niet") else "child")
