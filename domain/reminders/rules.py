"""When somebody is written to, and what may be written: pure decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from string import Formatter
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import InvalidInput
from domain.reminders.models import ReminderRule, RuleKind

# What a business may have filled in.
PLACES = frozenset({"business", "name", "place", "service", "when"})
# How finely an hour that is not quiet is looked for.
STEP = timedelta(minutes=15)
A_DAY = 24 * 60
# A month: whoever books for later is reminded often enough.
LONGEST_BEFORE = 31 * A_DAY


@dataclass(frozen=True)
class Quiet:
    """Hours in which nobody is written to, by the recipient's own clock; the end is not one."""

    begins: int
    """Minutes since midnight, as the end."""
    ends: int

    def holds(self, at: time) -> bool:
        """Whether a time is one of them."""
        minute = minute_of(at)
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


def time_of(minute: int) -> time:
    """The time of day at a minute of it."""
    return time(*divmod(minute, 60))


def minute_of(at: time) -> int:
    """The minute of the day at a time of it."""
    return at.hour * 60 + at.minute


def quiet_of(rule: ReminderRule) -> Quiet:
    """The quiet hours of a rule."""
    return Quiet(rule.quiet_from, rule.quiet_until)


def due(
    starts_at: datetime, minutes_before: int, quiet: Quiet, zones: Sequence[str], now: datetime
) -> datetime | None:
    """When to remind of a visit: not in quiet hours, and not if it is too late already.

    A quiet hour moves it to the first one after that is not, or, where that would be too late, to
    the last one before.
    """
    wanted = starts_at - timedelta(minutes=minutes_before)
    if wanted <= now:
        return None
    for at in _steps(wanted, starts_at, STEP):
        if not _is_quiet(at, quiet, zones):
            return at
    for at in _steps(wanted, now, -STEP):
        if not _is_quiet(at, quiet, zones):
            return at
    return None


def _steps(first: datetime, end: datetime, step: timedelta) -> Iterable[datetime]:
    """Moments from one up to, and without, another; a day and a half of them at most."""
    most = abs(timedelta(hours=36) // step)
    ahead = step > timedelta()
    for number in range(most):
        at = first + number * step
        if (at >= end) if ahead else (at <= end):
            return
        yield at


def _is_quiet(at: datetime, quiet: Quiet, zones: Sequence[str]) -> bool:
    return any(quiet.holds(at.astimezone(ZoneInfo(zone)).time()) for zone in zones)


def applying(rules: Iterable[ReminderRule], service_id: UUID) -> list[ReminderRule]:
    """The rules for visits of a service: its own, or those of all services if it has none."""
    known = list(rules)
    own = [rule for rule in known if rule.service_id == service_id]
    chosen = own or [rule for rule in known if rule.service_id is None]
    return [rule for rule in chosen if rule.active]


def check_timing(kind: RuleKind, minutes_before: int | None) -> None:
    """Raise `InvalidInput` unless a reminder says how long before, and a confirmation does not."""
    if kind is RuleKind.CONFIRMATION:
        if minutes_before is not None:
            raise InvalidInput.at("minutesBefore", "A confirmation goes at once")
    elif minutes_before is None or not STEP.seconds // 60 <= minutes_before <= LONGEST_BEFORE:
        raise InvalidInput.at("minutesBefore", f"Use 15 to {LONGEST_BEFORE} minutes")


def check_words(words: str) -> None:
    """Raise `InvalidInput` unless every place in the words is one that can be filled."""
    try:
        parts = list(Formatter().parse(words))
    except ValueError as wrong:
        raise InvalidInput.at("words", "Write {{ and }} for braces") from wrong
    for _, name, spec, conversion in parts:
        if name is not None and (name not in PLACES or spec or conversion):
            known = ", ".join(f"{{{place}}}" for place in sorted(PLACES))
            raise InvalidInput.at("words", f"Only these can be filled in: {known}")
