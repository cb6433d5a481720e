"""Which free time would suit somebody who waits: pure decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.appointments.rules import Slot


class DayPart(StrEnum):
    """When somebody could come, by the clock of the place."""

    AFTERNOON = "afternoon"
    ANY = "any"
    EVENING = "evening"
    MORNING = "morning"

    def holds(self, at: time) -> bool:
        """Whether a visit that begins then lies in it."""
        first, end = HOURS[self]
        return first <= at.hour < end


# From an hour up to, and without, another.
HOURS = {
    DayPart.ANY: (0, 24),
    DayPart.MORNING: (0, 12),
    DayPart.AFTERNOON: (12, 17),
    DayPart.EVENING: (17, 24),
}


@dataclass(frozen=True)
class Whenever:
    """The days between which somebody could come, and when on them."""

    first: date
    last: date
    part: DayPart = DayPart.ANY

    def suits(self, starts_at: datetime, zone: str) -> bool:
        """Whether a visit could begin at an instant, at a place in this time zone."""
        local = starts_at.astimezone(ZoneInfo(zone))
        return self.first <= local.date() <= self.last and self.part.holds(local.time())


def part_of(at: time | None, earliest: time | None, latest: time | None) -> DayPart:
    """The part of the day that a wish for a time lies in; any, where it lies in none."""
    if at is not None:
        return next(part for part in HOURS if part is not DayPart.ANY and part.holds(at))
    begins, ends = earliest or time(0), latest or time(23, 59)
    if ends <= time(12):
        return DayPart.MORNING
    if begins >= time(17):
        return DayPart.EVENING
    # To people an afternoon ends an hour later than here.
    return DayPart.AFTERNOON if begins >= time(12) and ends <= time(18) else DayPart.ANY


def first_that_suits(
    slots: Iterable[Slot], whenever: Whenever, zone: str, *, told: frozenset[datetime]
) -> Slot | None:
    """The first free time that suits somebody who has not been told of it before."""
    for slot in slots:
        if slot.starts_at not in told and whenever.suits(slot.starts_at, zone):
            return slot
    return None
