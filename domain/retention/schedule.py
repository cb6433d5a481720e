"""Which promise governs which rows: every version of a policy, laid out along the clock of rows.

Pure functions. A version that does not extend to what was there governs rows from its first day
on; what is older stays under the promise it was collected under. One that does replaces all.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.personal import DataClass
from domain.privacy.policy import Action, Retention, Schedule, Since


@dataclass(frozen=True)
class Version:
    """A promise, and since when it holds; number 0 is what every tenant starts from."""

    number: int
    retention: Schedule
    applies_from: datetime | None = None
    to_existing: bool = True

    def applies_by(self, now: datetime) -> bool:
        """Whether it has begun to govern."""
        return self.applies_from is None or self.applies_from <= now


@dataclass(frozen=True)
class Segment:
    """The rows whose clock lies from `begins` until `ends`, and the rule that governs them."""

    rule: Retention
    version: int
    begins: datetime | None = None
    ends: datetime | None = None


@dataclass(frozen=True)
class Life:
    """What the dates of an account are, where periods count from them."""

    closed_at: datetime | None = None
    inactive_since: datetime | None = None

    def start_of(self, since: Since) -> datetime | None:
        """The moment from which such a period counts, if it has come."""
        return self.closed_at if since is Since.CLOSURE else self.inactive_since


@dataclass(frozen=True)
class Window:
    """Rows whose time is over: their clock lies from `begins` (if any) to before `ends`."""

    ends: datetime
    rule: Retention
    begins: datetime | None = None


Segments = Mapping[DataClass, tuple[Segment, ...]]
ACTIVE = Life()


def segments(versions: Sequence[Version], now: datetime) -> Segments:
    """For each kind of data, which rule governs rows of which age; only what applies by now."""
    found: dict[DataClass, tuple[Segment, ...]] = {}
    for version in sorted(versions, key=lambda each: each.number):
        if version.applies_by(now):
            for data_class, rule in version.retention.items():
                before = found.get(data_class, ())
                found[data_class] = _laid_over(before, version, rule)
    return found


def merged(*schedules: Segments) -> Segments:
    """The schedules of both sides as one: what each answers for is told apart by its kind."""
    return {data_class: laid for each in schedules for data_class, laid in each.items()}


def windows(laid: Sequence[Segment], now: datetime, life: Life = ACTIVE) -> tuple[Window, ...]:
    """The rows of one kind of data that are due at a moment."""
    return tuple(_windows(laid, now, life))


def due_at(laid: Sequence[Segment], clock: datetime, life: Life = ACTIVE) -> datetime | None:
    """When a row with this clock is due; None while what its period counts from has not come."""
    rule = rule_of(laid, clock)
    if rule is None:
        return None
    start = clock if rule.since is Since.COLLECTED else life.start_of(rule.since)
    return rule.keep.after(start) if start else None


def rule_of(laid: Sequence[Segment], clock: datetime) -> Retention | None:
    """The rule that governs a row with this clock."""
    for segment in laid:
        begun = segment.begins is None or segment.begins <= clock
        if begun and (segment.ends is None or clock < segment.ends):
            return segment.rule
    return None


def gone_by(rule: Retention, clock: datetime) -> datetime:
    """When nothing of a row is left, in the archive or outside, however late it was archived."""
    over = rule.keep.after(clock)
    return rule.archived.after(over) if rule.archived else over


def shortest(laid: Segments) -> timedelta:
    """The shortest time for which anything is kept: nothing younger can be due."""
    days = (segment.rule.keep.least_days for each in laid.values() for segment in each)
    return timedelta(days=min(days, default=0))


def actions(found: Sequence[Window]) -> Iterator[tuple[Action, tuple[Window, ...]]]:
    """What is due, by what becomes of it."""
    for action in Action:
        if some := tuple(each for each in found if each.rule.then is action):
            yield action, some


def _laid_over(
    before: tuple[Segment, ...], version: Version, rule: Retention
) -> tuple[Segment, ...]:
    since = version.applies_from
    if not before or version.to_existing or since is None:
        return (Segment(rule, version.number),)
    kept = [each for each in before if each.begins is None or each.begins < since]
    cut = [
        Segment(each.rule, each.version, each.begins, since)
        if each.ends is None or each.ends > since
        else each
        for each in kept
    ]
    return (*cut, Segment(rule, version.number, begins=since))


def _windows(laid: Sequence[Segment], now: datetime, life: Life) -> Iterator[Window]:
    for segment in laid:
        cutoff = _cutoff(segment.rule, now, life)
        if cutoff is None or (segment.begins is not None and segment.begins >= cutoff):
            continue
        ends = cutoff if segment.ends is None else min(cutoff, segment.ends)
        yield Window(ends, segment.rule, segment.begins)


def _cutoff(rule: Retention, now: datetime, life: Life) -> datetime | None:
    """Rows before it are due; at the ends of months a day late rather than a moment early."""
    if rule.since is Since.COLLECTED:
        begin, end = rule.keep.before(now), now - timedelta(rule.keep.days)
        # What began late on the 30th ends late on 28 February, as what began early on the 31st
        # ends early: neither goes before the day is over.
        return begin.replace(day=min(begin.day, end.day))
    start = life.start_of(rule.since)
    # Once the account's own time is over everything is due, however young it is.
    return now if start is not None and rule.keep.after(start) <= now else None
