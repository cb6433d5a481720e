"""Vague times: "in the morning", "after lunch", "first thing", "end of the day"."""

import re
from dataclasses import dataclass
from datetime import time

from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.spans import Span


@dataclass(frozen=True)
class PartOfDay:
    """A stretch of the day by name; `earliest` and `latest` say what people usually mean by it."""

    span: Span
    name: str
    earliest: time
    latest: time


# The stretches meet without gaps, so that any clock time belongs to at most one plain part.
_PARTS = (
    (r"first thing(?: in the morning)?|1th thing(?: in the morning)?", "first thing", 0, 10),
    (r"(?:early|earlier) (?:in the )?morning|early morning", "early morning", 0, 9),
    (r"late(?:r)? (?:in the )?morning|mid ?-? ?morning", "late morning", 10, 12),
    (r"(?:early|earlier) (?:in the )?afternoon", "early afternoon", 12, 15),
    (r"late(?:r)? (?:in the )?afternoon", "late afternoon", 15, 18),
    (r"(?:at |over )?lunch ?time|(?:over|at|my) lunch(?: hour| break)?", "lunchtime", 12, 14),
    (r"after lunch", "afternoon", 13, 18),
    (r"before lunch", "morning", 6, 12),
    (r"after (?:work|school)", "after work", 16, 22),
    (r"before (?:work|school)", "before work", 6, 9),
    (r"(?:the )?end of (?:the |my )?day|end of today|close of business", "end of day", 16, 20),
    (r"mornings?(?<!good morning)", "morning", 6, 12),
    (r"afternoons?(?<!good afternoon)", "afternoon", 12, 18),
    (r"evenings?(?<!good evening)", "evening", 17, 22),
    (r"tonight|tonite", "evening", 17, 23),
    (r"nights?(?<!good night)", "night", 18, 23),
)
_PATTERNS = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), name, time(start), time(end))
    for pattern, name, start, end in _PARTS
)
# Nights that are counted are spent in a room: "for two nights".
_COUNTED = re.compile(r"(?:\d|\bper|\ba|\blast|\bone|\beach) $")


def find_parts_of_day(heard: Heard) -> tuple[PartOfDay, ...]:
    """Every named stretch of the day, in the order said; greetings do not count."""
    found: list[PartOfDay] = []
    for pattern, name, earliest, latest in _PATTERNS:
        for match in pattern.finditer(heard.text):
            span = heard.of(match)
            counted = name == "night" and _COUNTED.search(heard.text[: match.start()])
            if not counted and not any(span.overlaps(part.span) for part in found):
                found.append(PartOfDay(span, name, earliest, latest))
    return tuple(sorted(found, key=lambda part: part.span))
