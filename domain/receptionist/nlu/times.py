"""Times of day: "half past three", "10 to 9 in the evening", "after two", "in half an hour".

An hour without a.m., p.m. or a part of day is not `explicit`; `resolve` weighs it by opening hours.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span
from domain.receptionist.nlu.time_grammar import (
    CLOCK_RULES,
    PARTS_OF_DAY,
    Clock,
    bare_clock,
    duration_of,
)


class Bound(StrEnum):
    """How a time limits a wish."""

    AT = "at"
    AFTER = "after"
    BEFORE = "before"
    FROM = "from"
    TO = "to"


@dataclass(frozen=True)
class TimeMention:
    """A time of day where it was said."""

    span: Span
    at: time
    explicit: bool
    """Whether morning or afternoon is certain."""
    bound: Bound = Bound.AT
    day: date | None = None
    """The day, when the time was said as a distance from now."""


_AFTER = re.compile(
    r"\b(?:after|past|later than|no earlier than|not before|any ?time from|from)(?: about"
    r"| around| like)? ?$"
)
_BEFORE = re.compile(
    r"\b(?:before|by|until|till|til|earlier than|no later than|up to|not after)(?: about"
    r"| around)? ?$"
)
_LATER = re.compile(r"^ ?(?:or (?:later|after)|onwards?|and later|or so and after)\b")
_EARLIER = re.compile(r"^ ?or (?:earlier|before)\b")
_OPENING = re.compile(r"\b(?:between|from) (?:about |around )?$")
_LINK = re.compile(r" ?(?:and|to|-|until|till|til|through) ?(?:about |around )?")
_DISTANCE = re.compile(
    r"\b(?:in|within)(?: about| around)? (?P<amount>(?:an?|half an?|\d{1,3})(?: and a half)?"
    r" ?(?:hours?|hrs?|minutes?|mins?|min)(?: and a half)?(?: (?:and )?\d{1,2} ?(?:minutes?"
    r"|mins?))?)\b"
    r"|\b(?P<later>(?:an?|half an?|\d{1,3}) ?(?:hours?|minutes?|mins?|min)) (?:later|from now"
    r"|hence)\b"
)
# "For two days now" is a complaint, not a wish.
_NOW = re.compile(
    r"(?<!ok )(?<!okay )(?<!fine )(?<!good )(?<!right )(?<!all )(?<!great )(?<!for )"
    r"(?<!days )(?<!weeks )(?<!months )(?<!years )(?<!hours )(?<!not )\b(?:right )?now(?= ?[.!?]?$)"
    r"|\bright now\b|\bat the moment\b|\bat present\b"
)


def find_times(
    heard: Heard, now: datetime, masked: tuple[Span, ...] = (), *, asked: bool = False
) -> tuple[TimeMention, ...]:
    """Every time in the utterance, in the order said.

    `masked` are the spans of dates; `asked` says a bare "nine" or "930" answers "what time?".
    """
    text = _mask(heard, masked)
    found = _distances(heard, text, now) + _clocks(heard, text)
    if not found and asked:
        found = _bare(heard, text)
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def resolve(mention: TimeMention, opens: time | None = None, closes: time | None = None) -> time:
    """The time meant: an ambiguous hour falls inside the opening hours (8 to 20 unless given)."""
    opens, closes = opens or time(8), closes or time(20)
    if mention.explicit:
        return mention.at
    other = mention.at.replace(hour=(mention.at.hour + 12) % 24)
    open_at = [at for at in (mention.at, other) if opens <= at <= closes]
    return min(open_at) if open_at else min(mention.at, other, key=lambda at: at < opens)


def _mask(heard: Heard, masked: tuple[Span, ...]) -> str:
    """Blank out dates, so that "the 5th at 3" holds one time."""
    text = heard.text
    for word, offset in zip(heard.words, heard.offsets, strict=True):
        if word.text in PARTS_OF_DAY:
            continue
        if any(span.start <= word.start < span.end for span in masked):
            length = len(word.text)
            text = text[:offset] + "#" * length + text[offset + length :]
    return text


def _distances(heard: Heard, text: str, now: datetime) -> list[TimeMention]:
    found = []
    for match in _DISTANCE.finditer(text):
        at = now + timedelta(minutes=duration_of(match["amount"] or match["later"]))
        found.append(_at_moment(heard.of(match), at))
    found += [_at_moment(heard.of(match), now) for match in _NOW.finditer(heard.text)]
    return found


def _at_moment(span: Span, at: datetime) -> TimeMention:
    return TimeMention(span, at.time().replace(second=0, microsecond=0), True, day=at.date())


def _clocks(heard: Heard, text: str) -> list[TimeMention]:
    placed: list[tuple[int, int, Clock]] = []
    for rule in CLOCK_RULES:
        for match in rule.pattern.finditer(text):
            start, end = match.start("clock"), match.end("clock")
            if any(start < other[1] and other[0] < end for other in placed):
                continue
            if clock := rule.read(match):
                placed.append((start, end, clock))
    placed.sort(key=lambda item: item[:2])
    mentions = [_mention(heard, text, item) for item in placed]
    return _with_ranges(text, placed, mentions)


def _mention(heard: Heard, text: str, item: tuple[int, int, Clock]) -> TimeMention:
    start, end, clock = item
    bound = _bound(text[:start], text[end:])
    return TimeMention(heard.span(start, end), clock.at, clock.explicit, bound)


def _bound(before: str, after: str) -> Bound:
    if _LATER.search(after) or _AFTER.search(before):
        return Bound.AFTER
    if _EARLIER.search(after) or _BEFORE.search(before):
        return Bound.BEFORE
    return Bound.AT


def _with_ranges(
    text: str, placed: list[tuple[int, int, Clock]], mentions: list[TimeMention]
) -> list[TimeMention]:
    """Mark the ends of "between 2 and 4 pm", and let the first share the second's half of day."""
    for index in range(len(mentions) - 1):
        between = text[placed[index][1] : placed[index + 1][0]]
        opened = _OPENING.search(text[: placed[index][0]])
        if _LINK.fullmatch(between) and (opened or " and" not in between):
            first, last = mentions[index], mentions[index + 1]
            mentions[index], mentions[index + 1] = _range(first, last)
    return mentions


def _range(first: TimeMention, last: TimeMention) -> tuple[TimeMention, TimeMention]:
    later = first.at.replace(hour=(first.at.hour + 12) % 24)
    if last.explicit and not first.explicit:
        fits = first.at.hour < 12 and later < last.at
        first = replace(first, at=later if fits else first.at, explicit=True)
    elif not last.explicit and last.at <= first.at:
        # Nobody asks for a range that ends before it begins: "nine to five" ends in the afternoon.
        last = replace(last, at=last.at.replace(hour=(last.at.hour + 12) % 24), explicit=True)
    return replace(first, bound=Bound.FROM), replace(last, bound=Bound.TO)


def _bare(heard: Heard, text: str) -> list[TimeMention]:
    match, clock = bare_clock(text)
    return [TimeMention(heard.of(match), clock.at, clock.explicit)] if match and clock else []
