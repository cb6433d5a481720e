"""Social security numbers, dates of birth and words about health: what else may not go anywhere.

Cards are masked always and before anything. These are masked by destination, as the profile says:
a health record keeps what a notification must not tell.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from domain.privacy.aloud import stretches
from domain.privacy.identity import is_no_words
from domain.privacy.policy import Destination, Sensitive
from domain.privacy.records import change_words
from domain.privacy.redaction import Span, find_cards, mask, merged

LABELS = {
    Sensitive.SOCIAL_SECURITY: "[social security number]",
    Sensitive.BIRTH_DATE: "[date of birth]",
    Sensitive.HEALTH: "[health]",
}
SSN_DIGITS, LAST_FOUR = 9, 4
# How far before a number its name is looked for.
LOOK_BACK = 60

# Areas 000, 666 and 900 to 999 are never issued (SSA, since 2011).
_WRITTEN_SSN = re.compile(r"(?<![\d-])(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\d-])")
_SSN_NAME = re.compile(
    r"\b(?:social(?:\s+security)?(?:\s+number)?|s\.?s\.?n\.?|seguro\s+social|itin)\b[^.?!]{0,40}$",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo"
    r"|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_NUMBER = (
    r"(?:\d{1,4}(?:st|nd|rd|th)?|(?:twen|thir)t(?:y|ieth)|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen(?:th)?|forty|fifty|sixty"
    r"|seventy|eighty|ninety|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|twelfth|hundred|thousand|oh)"
)
_DATE = (
    rf"(?:{_MONTH}|{_NUMBER})(?:(?:[\s,./-]|\b(?:of|the|and|de|del)\b)*(?:{_MONTH}|{_NUMBER})\b)*"
)
_BIRTH = re.compile(
    r"\b(?:born|d\.?o\.?b\.?|birth\s?day|birth\s?date|date\s+of\s+birth|fecha\s+de\s+nacimiento"
    r"|nac[ií]|nacido|cumplea[nñ]os)\b(?:[\s:,]|\b(?:is|was|on|in|it's|its|the|es|el|en|uh|um)\b"
    rf"|['’]s)*(?P<date>{_DATE})",
    re.IGNORECASE,
)
_HEALTH = re.compile(
    r"\b(?:diabet\w*|insulin|cancer\w*|tumou?rs?|chemo\w*|hiv|aids|hepatitis|herpes|std|sti"
    r"|syphilis"
    r"|chlamydia|pregnan\w*|miscarriage|abortion|contracepti\w*|depress(?:ion|ed)|anxiety|bipolar"
    r"|schizophreni\w*|adhd|autis\w*|suicid\w*|overdos\w*|addict\w*|alcoholi\w*|rehab\w*|epilep\w*"
    r"|seizures?|asthma\w*|strokes?|heart\s+(?:attack|disease|condition|failure)"
    r"|blood\s+(?:pressure"
    r"|sugar|thinners?|test|work)|cholesterol|migraines?|arthritis|dementia|alzheimer\w*"
    r"|parkinson\w*"
    r"|surger(?:y|ies)|biops(?:y|ies)|diagnos\w*|prescri\w+|medication\w*|antibiotics?|allerg\w*"
    r"|penicillin|ibuprofen|oxycodone|xanax|prozac|lithium|metformin|statins?|abscess\w*"
    r"|root\s+canal"
    r"|tooth\s?ache|infect\w*|swollen|swelling|bleed\w*|fever|rash|vomit\w*|nausea|chest\s+pain"
    r"|pain\w*|symptoms?|therap(?:y|ist)|psychiatr\w*|disab\w+|wheelchair|kidney\w*|liver|dialysis"
    r"|embarazad\w*|c[aá]ncer|presi[oó]n\s+arterial|dolor(?:es)?|medicamentos?|alergi\w*|fiebre)\b",
    re.IGNORECASE,
)


class Masks(Protocol):
    """Says what is masked for a destination: a privacy profile does."""

    def masks(self, destination: Destination) -> frozenset[Sensitive]:
        """Kinds of words that must not arrive there."""


class EverythingMasked:
    """For words of which nobody knows whose they are. Implements `Masks`."""

    def masks(self, destination: Destination) -> frozenset[Sensitive]:
        """All there is."""
        return frozenset(Sensitive)


@dataclass(frozen=True)
class Redacted:
    """A text as it may go somewhere, and what was masked of the original."""

    text: str
    spans: tuple[Span, ...]


def redact_for(text: str, destination: Destination, profile: Masks) -> Redacted:
    """A text without cards, and without what the profile keeps from a destination."""
    spans = find_cards(text)
    for kind in sorted(profile.masks(destination)):
        label = LABELS[kind]
        spans += [(start, end, label) for start, end in _FINDERS[kind](text)]
    spans = merged(spans)
    return Redacted(mask(text, spans), tuple(spans))


def redact_record(
    value: Any, destination: Destination, profile: Masks, but: frozenset[str] = frozenset()
) -> Any:
    """The same for all words in a JSON value, but for ids, moments and what has these names."""

    def masked(text: str) -> str:
        return text if is_no_words(text) else redact_for(text, destination, profile).text

    return change_words(value, masked, but)


def social_security(text: str) -> Iterator[tuple[int, int]]:
    """Where social security numbers are told, written or spoken."""
    yield from (match.span() for match in _WRITTEN_SSN.finditer(text))
    for stretch in stretches(text):
        named = _SSN_NAME.search(text[max(0, stretch.start - LOOK_BACK) : stretch.start])
        lengths = {len(reading.digits) for reading in stretch.readings}
        if named and lengths & {SSN_DIGITS, LAST_FOUR}:
            yield stretch.start, stretch.end


def birth_dates(text: str) -> Iterator[tuple[int, int]]:
    """Where dates of birth are told that are named as such."""
    return (match.span("date") for match in _BIRTH.finditer(text))


def health(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand that tell of somebody's health. A word list: it knows no others."""
    return (match.span() for match in _HEALTH.finditer(text))


_FINDERS: dict[Sensitive, Callable[[str], Iterator[tuple[int, int]]]] = {
    Sensitive.SOCIAL_SECURITY: social_security,
    Sensitive.BIRTH_DATE: birth_dates,
    Sensitive.HEALTH: health,
}
