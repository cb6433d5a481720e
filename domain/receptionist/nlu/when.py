"""When a caller wants something: days, times and parts of day put together into moments."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.receptionist.nlu.dates import DateMention, find_dates
from domain.receptionist.nlu.heard import Heard
from domain.receptionist.nlu.parts_of_day import PartOfDay, find_parts_of_day
from domain.receptionist.nlu.spans import Span
from domain.receptionist.nlu.times import Bound, TimeMention, find_times


@dataclass(frozen=True)
class Moment:
    """One wish: a day or period, a time or range of times, or simply as soon as possible."""

    span: Span
    day: DateMention | None = None
    at: TimeMention | None = None
    """The exact time, when one was named."""
    earliest: TimeMention | None = None
    latest: TimeMention | None = None
    part: PartOfDay | None = None
    soonest: bool = False
    rejected: bool = False
    """Whether the caller ruled it out: "not Monday", "Friday doesn't work"."""


_SOONEST = re.compile(
    r"\basap\b|\b(?:as )?soon(?:est)? as (?:you can|possible|i can|we can)\b"
    r"|\b(?:the )?(?:soonest|earliest"
    r"|next|first|1th) (?:possible |available |free |open )?(?:appointment|slot|opening|time"
    r"|one|date|day"
    r"|availab\w+|you have|you(?:'ve| have) got|possible)\b|\bstraight ?away\b|\bright away\b"
    r"|\bimmediately\b|\bwhenever (?:you(?:'re| are) (?:free|available)|you can)\b"
    r"|\bnext available\b"
    r"|\bany ?time(?: is| works|'s)?(?: fine| good| ok)?(?= ?[.!?]?$)|\bthe (?:soonest|earliest)\b"
)
_REJECTED_BEFORE = re.compile(
    r"\b(?:not(?: on| at| before)?|except(?: for)?|anything but|any (?:day|time) but"
    r"|other than|instead of"
    r"|rather than|can't (?:do|make|come)(?: it)?(?: on| at)?|cannot (?:do|make)(?: it)?(?: on"
    r"| at)?"
    r"|(?:don't|do not) think (?:i|we)(?:'ll| will)? (?:can|could|want to|would)(?: \w+){0,3}?"
    r"(?: on| at)?"
    r"|don't want|(?:isn't|wasn't|is not) (?:for|on|at))(?: the| this| next)? ?$"
)
_REJECTED_AFTER = re.compile(
    r"^ ?,? ?(?:i'm busy|i am busy|(?:it )?(?:doesn't|does not|won't|will not|isn't|is not"
    r"|is no|'s no|is out)\b"
    r"|i can't\b(?! wait)|i cannot\b|is bad\b|is too (?:early|late|soon)\b)"
)
# Somebody has something else to do then: "I have a friend's wedding on Wednesday".
_ENGAGED_BEFORE = re.compile(
    r"(?<!to )(?<!can i )(?<!could i )(?<!may i )(?<!can we )(?<!could we )"
    r"\b(?:have|has|had|got|'ve|remembered|realized|realised) "
    r"(?:[\w'-]+ ){0,6}(?:date|wedding|interview|meeting|class|classes|exam|flight|funeral|shift"
    r"|plans|conference|concert)"
    r"(?: (?:that|then|night|day|is|for|on|at|this|next|to go to))* ?$"
)
_ENGAGED_AFTER = re.compile(
    r"^[\w ,']{0,20}\b(?:but|because|since)\b[^.?!]*\b(?:date|wedding|interview|meeting|class|exam"
    r"|flight|party|funeral|game|busy|plans|working|(?:can't|cannot) (?:come|make))\b"
)
# What was meant once: "I was going to come on Sunday, but".
_ONCE_BEFORE = re.compile(r"\b(?:was|were) (?:going|planning|hoping|thinking)\b[^.?!]*$")
_BUT_AFTER = re.compile(r"^[^.?!]{0,30}\bbut\b")
_ALTERNATIVES = re.compile(r"\bor\b|\bactually\b|\bno\b|\bi mean(?:t)?\b|\binstead\b|\bsorry\b")


def find_moments(
    heard: Heard, now: datetime, *, day_first: bool = False, time_asked: bool = False
) -> tuple[Moment, ...]:
    """Every moment in the utterance, in the order said; `now` is the local time of the business."""
    days = find_dates(heard, now.date(), day_first=day_first)
    times = find_times(heard, now, tuple(day.span for day in days), asked=time_asked)
    named = [mention.span for mention in times]
    parts = [
        part
        for part in find_parts_of_day(heard)
        if not any(part.span.overlaps(span) for span in named)
    ]
    moments = _grouped(heard, [*days, *times, *parts])
    soonest = [Moment(heard.of(match), soonest=True) for match in _SOONEST.finditer(heard.text)]
    return _with_soonest([_judged(heard.original, moment) for moment in moments], soonest)


def _grouped(heard: Heard, pieces: Sequence[DateMention | TimeMention | PartOfDay]) -> list[Moment]:
    """Join neighbouring pieces until one comes that the moment already holds, or an "or"."""
    moments: list[Moment] = []
    for piece in sorted(pieces, key=lambda item: item.span):
        added = None
        if moments and not _divided(heard, moments[-1], piece):
            added = _add(moments[-1], piece)
        if added:
            moments[-1] = added
        else:
            moments.append(_add(Moment(piece.span), piece) or Moment(piece.span))
    return moments


def _divided(heard: Heard, moment: Moment, piece: DateMention | TimeMention | PartOfDay) -> bool:
    between = heard.original[moment.span.end : piece.span.start].lower()
    return bool(_ALTERNATIVES.search(between))


def _add(moment: Moment, piece: DateMention | TimeMention | PartOfDay) -> Moment | None:
    """The moment with one more piece, or None when it has such a piece already."""
    span = moment.span.to(piece.span)
    if isinstance(piece, DateMention):
        return None if moment.day else replace(moment, span=span, day=piece)
    if isinstance(piece, PartOfDay):
        return None if moment.part else replace(moment, span=span, part=piece)
    timed = _add_time(moment, piece)
    return replace(timed, span=span) if timed else None


def _add_time(moment: Moment, piece: TimeMention) -> Moment | None:
    if piece.day and moment.day is None:
        moment = replace(moment, day=DateMention(piece.span, piece.day, piece.day))
    if piece.bound in {Bound.AFTER, Bound.FROM}:
        return None if moment.earliest or moment.at else replace(moment, earliest=piece)
    if piece.bound in {Bound.BEFORE, Bound.TO}:
        return None if moment.latest or moment.at else replace(moment, latest=piece)
    return None if moment.at or moment.earliest or moment.latest else replace(moment, at=piece)


def _judged(original: str, moment: Moment) -> Moment:
    text = original.lower().replace("\u2019", "'")
    before, after = text[: moment.span.start], text[moment.span.end :]
    rejected = _REJECTED_BEFORE.search(before) or _REJECTED_AFTER.search(after)
    return replace(moment, rejected=bool(rejected) or _is_taken(before, after))


def _is_taken(before: str, after: str) -> bool:
    """Whether the caller has something else to do then, or only once wanted to come then."""
    engaged = _ENGAGED_BEFORE.search(before) or _ENGAGED_AFTER.search(after)
    once = _ONCE_BEFORE.search(before) and _BUT_AFTER.search(after)
    return bool(engaged or once)


def _with_soonest(moments: list[Moment], soonest: list[Moment]) -> tuple[Moment, ...]:
    """ "As soon as possible after five" is one wish."""
    for wish in soonest:
        if moments and not any(wish.span.overlaps(moment.span) for moment in moments):
            first = moments[0]
            moments[0] = replace(first, span=first.span.to(wish.span), soonest=True)
        elif not moments:
            moments.append(wish)
    return tuple(moments)


def chosen(moments: Sequence[Moment]) -> Moment | None:
    """The moment a caller settles on: the last one not ruled out ("no, not Monday, Tuesday")."""
    return next((moment for moment in reversed(moments) if not moment.rejected), None)
