"""What an answer means for what is known: the rules that live calls and recorded ones share."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.day_arithmetic import add_days
from domain.receptionist.nlu.times import TimeMention
from domain.receptionist.nlu.understanding import Context, Understanding
from domain.receptionist.nlu.when import Moment
from domain.receptionist.tracking.wants import Proposal, Wants

_ELSE = re.compile(
    r"\b(?:an)?other (?:day|date|time|one|salon|stylist|doctor|dentist|therapist|place|option"
    r"|provider|slot)s?\b|\bsomeone else\b|\bsomewhere else\b|\bsomething else\b"
    r"|\bany others?\b|\bdifferent\b|\bother (?:options?|choices?)\b"
)


def changes_mind(heard: Understanding) -> bool:
    """Whether the caller refuses, or corrects what was said before."""
    answer = heard.confirmation.answer if heard.confirmation else None
    return answer in (Answer.CHANGE, Answer.NO)


def assents(heard: Understanding) -> bool:
    """Whether the caller agrees to what was put forward."""
    answer = heard.confirmation.answer if heard.confirmation else None
    return answer is Answer.YES and not wants_other(heard)


def wants_other(heard: Understanding) -> bool:
    """Whether something else than what was put forward is asked for."""
    return bool(_ELSE.search(heard.text.lower()))


def moment_meant(heard: Understanding) -> Moment | None:
    """The moment the caller settles on: after a change of mind the last one, else the first.

    A day and a time that were said in different sentences are one moment.
    """
    moments = _in_order(heard)
    if not moments:
        return None
    first, others = moments[0], moments[1:]
    if first.day is None and not first.soonest:
        day = next((moment.day for moment in others if moment.day is not None), None)
        first = replace(first, day=day)
    if not (first.at or first.earliest or first.latest or first.part):
        timed = next(
            (m for m in others if m.day is None and (m.at or m.earliest or m.latest)), None
        )
        if timed is not None:
            first = replace(first, at=timed.at, earliest=timed.earliest, latest=timed.latest)
    return first


def take_up(wants: Wants, proposal: Proposal, context: Context) -> Wants:
    """What is known once a proposal holds; a time that is over today is one of tomorrow."""
    today = wants.day is None or wants.day == context.now.date()
    if proposal.day is None and proposal.at is not None and today:
        proposal = replace(proposal, day=first_day_for(proposal.at, context))
    return wants.taking(proposal)


def first_day_for(at: time, context: Context) -> date:
    """The day of a time that was offered without one: today, as long as it is still to come."""
    today = context.now.date()
    return today if at >= context.now.time() else add_days(today, 1)


def day_meant(heard: Understanding) -> date | None:
    """The day the caller settles on, wherever in the utterance it stands."""
    days = [moment.day for moment in _in_order(heard) if moment.day is not None]
    return days[0].first if days else None


def time_meant(heard: Understanding) -> TimeMention | None:
    """The time the caller settles on; a bound ("after four") where no exact one was named."""
    moments = _in_order(heard)
    exact = [moment.at for moment in moments if moment.at is not None]
    bounds = [moment.earliest or moment.latest for moment in moments]
    return next((time for time in (*exact, *bounds) if time is not None), None)


def _in_order(heard: Understanding) -> Sequence[Moment]:
    """The moments that were not ruled out, the one settled on first."""
    moments = [moment for moment in heard.moments if not moment.rejected]
    return moments[::-1] if changes_mind(heard) else moments
