"""The vocabulary that date rules share: pattern fragments, and what a rule answers."""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from domain.receptionist.nlu.day_arithmetic import MONTHS, WEEKDAYS


class Reading(NamedTuple):
    """What a phrase means: one day, or the first and last day of a period."""

    first: date
    last: date
    alternative: date | None = None
    """Another day it may mean: the numbers of 3/4 swapped, or a bare number near today."""


class Settings(NamedTuple):
    """What a date depends on besides its words."""

    today: date
    day_first: bool = False
    """3/4 is the third of April (true) or the fourth of March (false)."""


Reader = Callable[[re.Match[str], Settings], Reading | None]


class Rule(NamedTuple):
    """A pattern over `Heard.text`, and the function that reads a match of it."""

    pattern: re.Pattern[str]
    read: Reader


def rule(pattern: str, read: Reader) -> Rule:
    """Compile a rule."""
    return Rule(re.compile(pattern), read)


def one_day(day: date | None, alternative: date | None = None) -> Reading | None:
    """A reading of a single day; None stays None."""
    return Reading(day, day, alternative) if day else None


def _longest_first(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# "sat" and "sun" are also a verb and a star.
WEEKDAY = (
    rf"(?<![\w$])(?<!the )(?P<weekday>(?!sat (?:in|on|at|down|here|there)\b)"
    rf"(?:{_longest_first(WEEKDAYS)}))s?\b\.?"
)
MONTH = rf"(?P<month>{_longest_first(MONTHS)})\b\.?"
DAY = r"(?<![\w:.])(?<!\$ )(?P<day>\d{1,2})"
YEAR = r"(?P<year>(?:1[5-9]|20) ?\d\d\b(?! ?(?:am|pm|oclock|hours|:))|' ?\d\d\b)"
COUNT = r"(?P<count>\d{1,3}|an?|(?:a )?couple(?: of)?|(?:a )?few)"
COUNTS = {"a": 1, "an": 1, "a couple": 2, "couple": 2, "a few": 3, "few": 3}
UNIT = r"(?P<unit>day|week|fortnight|month|year)s?\b"


def count_of(words: str) -> int:
    """How many "a couple of" or "3" is."""
    return COUNTS.get(words.removesuffix(" of")) or int(words)
