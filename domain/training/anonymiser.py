"""Taking people out of a conversation: names, numbers, addresses and days, by rules alone.

What the record knows of a person is masked wherever it was said; what it does not know is looked
for by the same rules that understand callers. When in doubt a word is masked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import phonenumbers

from domain.privacy.digits import runs
from domain.receptionist.nlu.dates import find_dates
from domain.receptionist.nlu.emails import find_email
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.name_words import NOT_NAMES
from domain.receptionist.nlu.names import find_name

NAME, NUMBER, EMAIL, DATE, ADDRESS = "[name]", "[number]", "[e-mail]", "[date]", "[address]"
# Fewer digits are a time, a count or a price.
FEWEST_DIGITS = 3
SHORTEST_NAME = 2
# A day to read dates against: only where they stand matters, not which they are.
ANY_DAY = date(2026, 1, 15)

_STREETS = (
    "alley|ave|avenue|blvd|boulevard|circle|close|court|crescent|ct|drive|dr|gardens|highway|hwy"
    "|lane|ln|loop|parkway|place|pl|plaza|rd|road|row|sq|square|st|street|terrace|trail|walk|way"
)
_STREET = re.compile(
    rf"\b\d+[a-z]?,?\s+(?:[\w'.-]+\s+){{1,4}}?(?:{_STREETS})\b\.?"
    r"(?:,?\s*(?:apt|apartment|suite|unit|flat|no|#)\.?\s*\w+)?",
    re.IGNORECASE,
)
# Whoever names an address goes on with it to the end of the sentence.
_TOLD_ADDRESS = re.compile(
    r"\b(?:address(?:\s+is|:)|(?:i\s+live|living|located)\s+(?:at|in|on))\s+(?P<it>[^.?!\n]+)",
    re.IGNORECASE,
)
_WRITTEN_EMAIL = re.compile(r"[\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)*", re.UNICODE)
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
# An identifier: letters and digits without a blank between them.
_MIXED = re.compile(r"\b(?=(?:[\w-]*\d){3})(?=[\w-]*[^\W\d_])\w[\w-]*\b")
# What asks for a name; then even a bare word may be one.
_ASKS_NAME = re.compile(r"\b(?:name|who|spell|calling|speaking)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")

Mark = tuple[int, int, str]


@dataclass(frozen=True)
class Said:
    """One turn of a conversation."""

    by_caller: bool
    text: str


def anonymise(turns: Sequence[Said], known: Iterable[str] = ()) -> list[Said]:
    """The same turns with nobody in them; `known` is what the record holds of whoever is meant."""
    facts = _facts(known)
    names = _names(turns, facts)
    return [Said(turn.by_caller, _masked(turn.text, names, facts)) for turn in turns]


def _facts(known: Iterable[str]) -> tuple[str, ...]:
    """What the record knows, the longest in front, so that no part of it is left over."""
    return tuple(sorted({fact.strip() for fact in known if fact.strip()}, key=len, reverse=True))


def _names(turns: Sequence[Said], facts: Sequence[str]) -> frozenset[str]:
    """Every word that is part of somebody's name, in small letters."""
    called = [fact for fact in facts if not any(sign in fact for sign in "@+0123456789")]
    before = Said(by_caller=True, text="")
    for turn in turns:
        # Where the question is not there to be read, any answer may be a name.
        asked = before.by_caller or _ASKS_NAME.search(before.text) is not None
        found = find_name(turn.text, asked=turn.by_caller and asked)
        if found is not None:
            called.append(found.name)
        before = turn
    words = {word.casefold() for name in called for word in _WORD.findall(name)}
    return frozenset(word for word in words if len(word) >= SHORTEST_NAME and word not in NOT_NAMES)


def _masked(text: str, names: frozenset[str], facts: Sequence[str]) -> str:
    text = _apply(text, _of_facts(text, facts))
    for find in (_of_streets, _of_emails, _of_dates, _of_digits):
        text = _apply(text, find(text))
    spoken = find_email(hear(text))
    if spoken is not None:
        text = _apply(text, [(*spoken.span, EMAIL)])
    called = [
        (word.start(), word.end(), NAME)
        for word in _WORD.finditer(text)
        if _stem(word[0]) in names and not _in_mark(text, word.start())
    ]
    return _apply(text, called)


def _of_facts(text: str, facts: Sequence[str]) -> list[Mark]:
    return [
        (found.start(), found.end(), _kind(fact))
        for fact in facts
        for found in re.finditer(rf"(?<!\w){re.escape(fact)}(?!\w)", text, re.IGNORECASE)
    ]


def _kind(fact: str) -> str:
    if "@" in fact:
        return EMAIL
    return NUMBER if any(sign.isdigit() for sign in fact) else NAME


def _of_streets(text: str) -> list[Mark]:
    told = [(*found.span("it"), ADDRESS) for found in _TOLD_ADDRESS.finditer(text)]
    return [*told, *((*found.span(), ADDRESS) for found in _STREET.finditer(text))]


def _of_emails(text: str) -> list[Mark]:
    links = [(*found.span(), ADDRESS) for found in _LINK.finditer(text)]
    return [*links, *((*found.span(), EMAIL) for found in _WRITTEN_EMAIL.finditer(text))]


def _of_dates(text: str) -> list[Mark]:
    return [(*found.span, DATE) for found in find_dates(hear(text), ANY_DAY)]


def _of_digits(text: str) -> list[Mark]:
    """Telephone numbers, and every other number of many digits, written or said."""
    numbers = phonenumbers.PhoneNumberMatcher(text, "US", leniency=0)
    found = [(match.start, match.end, NUMBER) for match in numbers]
    found += [(*match.span(), NUMBER) for match in _MIXED.finditer(text)]
    long = [run for run in runs(text) if len(run.digits) >= FEWEST_DIGITS]
    return found + [(run.start, run.end, NUMBER) for run in long]


def _apply(text: str, marks: Iterable[Mark]) -> str:
    """Put marks over their spans; where two overlap, the earlier and then the longer one holds."""
    parts, at = [], 0
    for start, end, mark in sorted(marks, key=lambda each: (each[0], -each[1])):
        if start < at:
            # What sticks out of the one before is covered too.
            at = max(at, end)
            continue
        parts += [text[at:start], mark]
        at = end
    return "".join([*parts, text[at:]])


def _stem(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.casefold())


def _in_mark(text: str, at: int) -> bool:
    return text[max(0, at - 1) : at] == "["
