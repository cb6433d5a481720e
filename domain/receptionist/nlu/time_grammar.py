"""The forms in which a clock is read aloud: patterns over `Heard.text`, and what each one means."""

import re
from collections.abc import Callable
from datetime import time
from typing import NamedTuple


class Clock(NamedTuple):
    """A time of day, and whether its half of the day is certain."""

    at: time
    explicit: bool


class ClockRule(NamedTuple):
    """A pattern with a group `clock`, and the function that reads a match of it."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Clock | None]


PARTS_OF_DAY = ("morning", "afternoon", "evening", "night", "tonight")
_PARTS = "|".join(PARTS_OF_DAY)
_LEAD = rf"(?:(?P<lead>{_PARTS}|#+)(?: at| around| about| ,|,| like)? )?"
_TAIL = (
    r"(?: ?ish)?(?: ?oclock)?(?: ?ish)?"
    rf"(?: ?(?P<half>am|pm)\b| ?,? ?(?:in the |at |this |on |#+ )?(?P<part>{_PARTS})\b)?"
)
_HOUR = r"(?P<hour>\d{1,2})"
_MINUTE = r"(?P<minute>[0-5]\d)"
_NOT_A_CLOCK = (
    r"(?! ?(?:th|people|persons?|adults?|kids?|children|nights?|days?|weeks?|months?|years?|hours?"
    r"|minutes?|mins?|guests?|rooms?|stars?|pounds|dollars|euros|bucks|percent|%|of us|more|other"
    r"|tickets?|seats?|pax|party|times?|[:./-] ?\d|\d"
    r"|(?:\w+ ){1,4}(?:street|avenue|ave|road|rd|boulevard|blvd|drive|lane|parkway|plaza|highway"
    r"|suite|square|terrace)\b))"
)
_TO_MINUTES = r"(?P<to>a quarter|quarter|5|10|15|20|25|\d{1,2}(?= minutes?| mins?))"
_PAST_MINUTES = r"(?P<past>a quarter|quarter|\d{1,2})"


def duration_of(words: str) -> int:
    """Minutes in "half an hour", "2 hours", "an hour and a half" or "1 hour 20 minutes"."""
    hours = re.search(r"(half an?|an?|\d+) ?(?:hours?|hrs?)", words)
    minutes = re.search(r"(\d+) ?min", words)
    total = int(minutes[1]) if minutes else 0
    if hours:
        total += 30 if hours[1].startswith("half") else 60 * _count(hours[1])
    elif not minutes:
        total += 1
    return total + (30 if "and a half" in words else 0)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 1


def clock(hour: int, minute: int, half: str | None) -> Clock | None:
    """A clock from an hour as said and "am", "pm" or a part of day; None when there is no such."""
    if hour > 24 or minute > 59:
        return None
    explicit = half is not None or hour > 12 or hour == 0
    if half in {"night", "tonight"}:
        half = "am" if hour in {12, 0} or hour < 5 else "pm"
    if half in {"pm", "afternoon", "evening"} and hour < 12:
        hour += 12
    if half in {"am", "morning"} and hour == 12:
        hour = 0
    return Clock(time(hour % 24, minute), explicit)


def _half(match: re.Match[str]) -> str | None:
    lead = match.groupdict().get("lead") or ""
    return match["half"] or match["part"] or (None if lead.startswith("#") else lead) or None


def _plain(match: re.Match[str]) -> Clock | None:
    minute = int(match.groupdict().get("minute") or 0)
    return clock(int(match["hour"]), minute, _half(match))


def _half_past(match: re.Match[str]) -> Clock | None:
    return clock(int(match["hour"]), 30, _half(match))


def _past(match: re.Match[str]) -> Clock | None:
    minutes = 15 if "quarter" in match["past"] else int(match["past"])
    return clock(int(match["hour"]), minutes, _half(match))


def _to(match: re.Match[str]) -> Clock | None:
    minutes = 15 if "quarter" in match["to"] else int(match["to"])
    full = clock(int(match["hour"]), 0, _half(match))
    if full is None or not 0 < minutes <= 30:
        return None
    before = (full.at.hour * 60 - minutes) % (24 * 60)
    # "Quarter to one" with nothing else is 12:45, and "quarter to 12 in the morning" is 11:45.
    if int(match["hour"]) == 12:
        before = before % (12 * 60) + (12 * 60 if _half(match) == "night" else 0)
    elif full.at.hour == 1 and not full.explicit:
        before += 12 * 60
    return Clock(time(before // 60, before % 60), full.explicit)


def _noon(match: re.Match[str]) -> Clock:
    return Clock(time(0 if "midnight" in match["clock"] else 12), True)


def _rule(pattern: str, read: Callable[[re.Match[str]], Clock | None]) -> ClockRule:
    return ClockRule(re.compile(pattern), read)


CLOCK_RULES: tuple[ClockRule, ...] = (
    _rule(r"\b(?P<clock>(?:12 )?(?:noon|midday|midnight|noontime)(?: ?ish)?)\b", _noon),
    _rule(
        rf"(?P<clock>{_LEAD}\bhalf (?:past |after |- )?{_HOUR}\b{_TAIL})",
        _half_past,
    ),
    _rule(
        rf"(?<!from )(?<!between )(?P<clock>{_LEAD}\b{_TO_MINUTES}(?: minutes?| mins?)?"
        rf" (?:to|till|til|before|of|'til) {_HOUR}\b(?![:.]\d){_TAIL})",
        _to,
    ),
    _rule(
        rf"(?P<clock>{_LEAD}\b{_PAST_MINUTES}(?: minutes?| mins?)? (?:past|after) {_HOUR}\b"
        rf"(?![:.]\d){_TAIL})",
        _past,
    ),
    _rule(rf"(?P<clock>{_LEAD}(?<![\d:.$])\b{_HOUR}[:.]{_MINUTE}\b(?![:.]?\d){_TAIL})", _plain),
    _rule(
        rf"(?P<clock>{_LEAD}(?<![\d:.$])\b{_HOUR} {_MINUTE}\b(?! ?\d| ?(?:people|percent)){_TAIL})",
        _plain,
    ),
    _rule(
        rf"(?P<clock>(?<![\d:.])\b(?P<hour>1[0-2]|[1-9]){_MINUTE} ?(?P<half>am|pm)\b)(?P<part>)",
        _plain,
    ),
    _rule(
        rf"(?P<clock>{_LEAD}(?<![\d:.$])\b{_HOUR}(?: ?ish)?(?: ?oclock)?(?: ?ish)?"
        rf"(?: ?(?P<half>am|pm)\b| ?,? ?(?:in the |at |this |on |#+ )?(?P<part>{_PARTS})\b))",
        _plain,
    ),
    _rule(
        rf"(?P<clock>\b(?P<lead>{_PARTS})(?: at| around| about| ,| like)? {_HOUR}\b{_NOT_A_CLOCK})"
        r"(?P<half>)(?P<part>)",
        _plain,
    ),
    _rule(rf"(?P<clock>(?<![\d:.$])\b{_HOUR} ?(?:oclock|ish)\b)(?P<half>)(?P<part>)", _plain),
    _rule(
        rf"(?P<clock>(?<![\d:.$])\b{_HOUR}\b(?= (?:or (?:later|after|earlier|before)|onwards?)\b))"
        r"(?P<half>)(?P<part>)",
        _plain,
    ),
    _rule(
        r"\b(?:at|around|about|circa|by|until|till|til|from|before|after|between|than|to|past"
        r"|like|for|instead of)"
        rf" (?:like |about |around"
        rf" )?(?P<clock>(?<![$])\b{_HOUR}\b{_NOT_A_CLOCK})(?P<half>)(?P<part>)",
        _plain,
    ),
    _rule(
        rf"\b(?:and|or|-) (?P<clock>{_HOUR}(?= ?$| ?[.?!,]| would| is| works))(?P<half>)(?P<part>)",
        _plain,
    ),
)

_BARE = re.compile(
    r"\W*(?:(?:um+|uh+|er+|maybe|let's say|how about|what about|say|yes|yeah|ok|okay|the"
    r"|make it|i'd"
    r" (?:like|prefer)|probably|let's do) ?,? ?)*"
    r"(?P<clock>(?P<hour>\d{1,2}?)(?P<minute>[0-5]\d)?)"
    r"(?: (?:please|is fine|is good|is great|works|would be (?:good|great|fine)|sounds good|then"
    r"|thanks|one|slot|for me))* ?[.!?]*"
)


def bare_clock(text: str) -> tuple[re.Match[str] | None, Clock | None]:
    """Read an answer that is nothing but an hour: "nine", "ten thirty", "930 please"."""
    match = _BARE.fullmatch(text)
    if not match:
        return None, None
    return match, clock(int(match["hour"]), int(match["minute"] or 0), None)
