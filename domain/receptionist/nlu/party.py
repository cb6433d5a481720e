"""How many people come: "a table for four", "two of us", "just me and my wife"."""

import re
from dataclasses import dataclass

from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span

_NUMBER = r"(?P<count>\d{1,3})"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NUMBER} (?:more )?(?:people|persons?|adults?|guests?|pax|diners|patients|heads"
        rf"|friends)\b",
        rf"(?:family|party|group|table|total) (?:of|for) {_NUMBER}\b",
        rf"{_NUMBER} of us\b",
        rf"\b(?:we are|we're|there are|there will be|there'll be) {_NUMBER}\b(?! ?(?:\.\d|:"
        rf"|days|weeks))",
        rf"\b(?:booking|reservation|room|rooms|table|appointment|lunch"
        rf"|dinner) (?:booking )?for {_NUMBER}\b(?! ?(?:am|pm|oclock|nights?|days?|weeks?|:))",
        rf"\bfor {_NUMBER}(?= ?$| ?[.?!,]| at | on | in )",
        r"^\W*(?:just |only )?(?:me|myself)(?P<count>)\W*$",
    )
)
_ASKED = re.compile(
    rf"^\W*(?:um |uh |just |only |it (?:will|would) be |it'll be |for |there's |about "
    rf"|yes ,? ?)*{_NUMBER}\b"
)
_COMPANION = re.compile(
    r"\b(?:me|myself) and (?:my |a )?(?:wife|husband|partner|son|daughter|mother|mum|mom|father|dad"
    r"|friend|girlfriend|boyfriend|child|kid|brother|sister)\b"
)


@dataclass(frozen=True)
class PartyMention:
    """A number of people, where it was said."""

    span: Span
    count: int


def find_party(heard: Heard, *, asked: bool = False) -> PartyMention | None:
    """The number of people; `asked` says a bare number answers "for how many?"."""
    for pattern in _PATTERNS:
        if match := pattern.search(heard.text):
            return PartyMention(heard.of(match), int(match["count"] or 1))
    if match := _COMPANION.search(heard.text):
        return PartyMention(heard.of(match), 2)
    if asked and (match := _ASKED.search(heard.text)):
        return PartyMention(heard.of(match), int(match["count"]))
    return None
