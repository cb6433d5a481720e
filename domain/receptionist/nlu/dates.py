"""Which days a caller speaks of, relative to the local day of the call."""

import re
from dataclasses import dataclass, replace
from datetime import date

from domain.receptionist.nlu.calendar_dates import CALENDAR_RULES
from domain.receptionist.nlu.date_grammar import COUNT, UNIT, Reading, Settings, count_of
from domain.receptionist.nlu.day_arithmetic import WEEKDAYS, coming_weekday, past_weekday
from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.relative_dates import RELATIVE_RULES, shift
from domain.receptionist.nlu.spans import Span


@dataclass(frozen=True)
class DateMention:
    """A day, or a period from `first` to `last` inclusive, where the caller said it."""

    span: Span
    first: date
    last: date
    alternative: date | None = None
    """Another day that the same words may mean; ask when it matters."""

    @property
    def is_day(self) -> bool:
        """Whether one single day was meant."""
        return self.first == self.last


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    reading: Reading


# "Two weeks from Monday", "the day after Christmas", "the Monday before Easter"; but a stay of
# "two days from Monday" begins on Monday.
_BEFORE_A_DATE = re.compile(
    rf"(?<!stay )(?<!for )(?:the )?(?:{COUNT} |(?<=the )(?=day|week|month)){UNIT} (?P<way>from"
    rf"|after|before|prior to) "
    r"(?:the )?$"
)
_WEEKDAY_BESIDE = re.compile(
    rf"(?:the )?(?P<weekday>{'|'.join(WEEKDAYS)}) (?P<way>after|before|following) (?:the )?$"
)
_CLOSING = re.compile(
    r"\b(?:that(?: i|'?)?s|that will be|that'll be|nothing|all) [\w ]{0,25}today\b"
)


def find_dates(heard: Heard, today: date, *, day_first: bool = False) -> tuple[DateMention, ...]:
    """Every day or period in the utterance, in the order said; future readings are preferred."""
    found = _scan(heard.text, Settings(today, day_first))
    placed = sorted((_shifted(heard.text, item) for item in found), key=lambda item: item.start)
    return tuple(
        DateMention(heard.span(item.start, item.end), *item.reading)
        for item in placed
        if not _is_closing(heard.text, item)
    )


def _scan(text: str, settings: Settings) -> list[_Found]:
    found: list[_Found] = []
    for rule in (*CALENDAR_RULES, *RELATIVE_RULES):
        for match in rule.pattern.finditer(text):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found):
                continue
            if reading := rule.read(match, settings):
                found.append(_Found(start, end, reading))
    return found


def _shifted(text: str, found: _Found) -> _Found:
    before = text[: found.start]
    if match := _BEFORE_A_DATE.search(before):
        sign = 1 if match["way"] in {"from", "after"} else -1
        count = count_of(match["count"] or "a")
        day = shift(found.reading.first, match["unit"], sign * count)
    elif match := _WEEKDAY_BESIDE.search(before):
        towards = past_weekday if match["way"] == "before" else coming_weekday
        day = towards(found.reading.first, WEEKDAYS[match["weekday"]])
    else:
        return found
    return replace(found, start=match.start(), reading=Reading(day, day))


def _is_closing(text: str, found: _Found) -> bool:
    """Tell "that's all for today" from a wish to come today."""
    return any(match.start() <= found.start < match.end() for match in _CLOSING.finditer(text))
