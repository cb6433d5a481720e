"""By when a request is to be confirmed and answered: every clock that runs, the shortest in front.

Pure: the law comes as dated rows, the promises as the profile; whoever asks says where they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from domain import law
from domain.law import Rule
from domain.privacy.periods import Period
from domain.privacy.policy import Deadline, Profile
from domain.rights.days import after, after_working, end_of
from domain.rights.kinds import RequestKind

POLICY = "policy"
# An alarm rings a week before a clock runs out, or half-way where there is less time.
WARNING = timedelta(days=7)
RULES = ("rights.answer", "rights.opt_out")
HEALTH_RULES = ("rights.answer_health", "rights.amend_health")


class Duty(StrEnum):
    """What has to be done in time."""

    ANSWER = "answer"
    CONFIRM = "confirm"
    """Say that the request has arrived."""


class Terms(BaseModel):
    """The value of a row: how long, counted how, by how much it can be extended, for what."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    regime: str
    within: Period
    working: bool = False
    more: Period | None = None
    kinds: tuple[RequestKind, ...] = tuple(RequestKind)


@dataclass(frozen=True)
class Circumstances:
    """What decides which clocks run. Places are ISO 3166: `DE`, `US-CA`."""

    kind: RequestKind
    received_at: datetime
    timezone: str
    region: str
    """Where the business is."""
    place: str | None = None
    """Where whoever asks is, as far as it is known."""
    hipaa: bool = False
    extended: bool = False


@dataclass(frozen=True)
class RunningClock:
    """A deadline: its last day, the moment at which it is missed, and what it comes from."""

    duty: Duty
    regime: str
    due_on: date
    due_at: datetime
    extendable_to: date | None
    """The last day if it is extended with notice; None if it cannot be, or has been."""
    rule: str
    """The row of law, or `policy`."""
    needs_counsel: bool = False


def running(about: Circumstances, promises: Profile) -> tuple[RunningClock, ...]:
    """Every clock of a request; the shortest of each duty is in front of the others."""
    zone = ZoneInfo(about.timezone)
    began = about.received_at.astimezone(zone).date()
    found = [_of_law(row, duty, about, began) for row, duty in _rows(about, began)]
    clocks = [clock for clock in found if clock] + _of_policy(about, promises, began)
    return tuple(sorted(set(clocks), key=lambda clock: (clock.due_at, clock.regime)))


def shortest(clocks: Iterable[RunningClock], duty: Duty) -> RunningClock | None:
    """The clock of a duty that runs out first."""
    of_duty = [clock for clock in clocks if clock.duty is duty]
    return min(of_duty, key=lambda clock: clock.due_at, default=None)


def extendable_to(clocks: Iterable[RunningClock]) -> date | None:
    """The last day that every law allows after an extension; None if one allows none.

    What a business has promised on top is its own to extend.
    """
    legal = [c for c in clocks if c.duty is Duty.ANSWER and c.regime != POLICY]
    days = [clock.extendable_to for clock in legal]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def warns_at(received_at: datetime, due_at: datetime) -> datetime:
    """When somebody is told that a clock is about to run out."""
    return due_at - min(WARNING, (due_at - received_at) / 2)


def places(region: str, place: str | None, as_of: date) -> tuple[str, ...]:
    """Whose law applies: that of the business, and that of whoever asks.

    Where a country's states differ and the state is not known, the strictest stands for it.
    """
    named = dict.fromkeys(each for each in (place, region) if each)
    known = [each for each in named if not any(_within(other, each) for other in named)]
    return tuple(dict.fromkeys(_state_of(each, as_of) for each in known))


def no_question_before(at: datetime, region: str, place: str | None) -> datetime:
    """When somebody who opted out may be asked again."""
    rows = (law.rule("rights.ask_again", each, at.date()) for each in (place or region, region))
    return max(Period.read(str(_read_after(row))).after(at) for row in rows)


def _read_after(row: Rule) -> object:
    assert isinstance(row.value, dict)
    return row.value["after"]


def _within(inner: str, outer: str) -> bool:
    return inner != outer and law.country_of(inner) == outer


def _state_of(place: str, as_of: date) -> str:
    found = law.rules("rights.unknown_state", place, as_of) if "-" not in place else ()
    return str(found[0].value) if found else place


def _rows(about: Circumstances, began: date) -> list[tuple[Rule, Duty]]:
    where = places(about.region, about.place, began)
    answers = RULES + HEALTH_RULES if about.hipaa else RULES
    asked = [(rule, Duty.ANSWER) for rule in answers] + [("rights.confirm", Duty.CONFIRM)]
    return [
        (row, duty)
        for rule, duty in asked
        for place in where
        for row in law.rules(rule, place, began)
    ]


def _of_law(row: Rule, duty: Duty, about: Circumstances, began: date) -> RunningClock | None:
    terms = Terms.model_validate(row.value)
    if about.kind not in terms.kinds:
        return None
    ends = _ends(began, terms, about.region)
    # A month and two more are three from the beginning, whatever the length of the first.
    later = after(after(began, terms.within), terms.more) if terms.more else None
    if terms.more and terms.within.months and terms.more.months:
        later = after(began, Period(months=terms.within.months + terms.more.months))
    due_on = later if about.extended and later else ends
    left = None if about.extended else later
    due_at = end_of(due_on, ZoneInfo(about.timezone))
    return RunningClock(duty, terms.regime, due_on, due_at, left, row.reference, row.needs_counsel)


def _ends(began: date, terms: Terms, region: str) -> date:
    if terms.working:
        return after_working(began, terms.within.days, region)
    return after(began, terms.within)


def _of_policy(about: Circumstances, promises: Profile, began: date) -> list[RunningClock]:
    deadlines = [promises.answer_within]
    if about.kind is RequestKind.DELETION:
        deadlines.append(promises.delete_within)
    return [] if about.extended else [_promised(each, about, began) for each in deadlines]


def _promised(deadline: Deadline, about: Circumstances, began: date) -> RunningClock:
    working = deadline.working
    last = (
        after_working(began, deadline.days, about.region)
        if working
        else began + timedelta(days=deadline.days)
    )
    due_at = end_of(last, ZoneInfo(about.timezone))
    return RunningClock(Duty.ANSWER, POLICY, last, due_at, None, POLICY)
