"""Local time and the instants it stands for, daylight saving included."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.business.profile import ClosureInfo, LocationInfo, ResourceInfo
from domain.errors import InvalidInput
from domain.hours import OpenHours


@dataclass(frozen=True)
class Interval:
    """From an instant up to, and without, another (UTC)."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Interval") -> bool:
        """Whether the two share any instant."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Interval") -> bool:
        """Whether the other lies wholly within."""
        return self.start <= other.start and other.end <= self.end


def instant(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) of a local time; the earlier one where clocks went back.

    Raises `InvalidInput` where clocks went forward and that time never came.
    """
    local = datetime.combine(day, at, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).time() != at:
        raise InvalidInput.at(
            "startsAt", f"{at:%H:%M} does not exist on {day}: the clocks go forward", "DST_GAP"
        )
    return moment


def local_day(moment: datetime, zone: str) -> date:
    """The date on the calendar of a place."""
    return moment.astimezone(ZoneInfo(zone)).date()


def open_intervals(hours: tuple[OpenHours, ...], day: date, zone: str) -> Iterator[Interval]:
    """When a place is open on one day, as instants; lengths differ when clocks change."""
    for span in hours:
        if span.weekday != day.weekday():
            continue
        # Open by the later reading of the clock and closed by the earlier one, so that nobody
        # is let in while the clock on the wall says closed; that may leave nothing.
        opens = max(_readings(day, span.opens, zone))
        closes = min(_readings(day, span.closes, zone))
        if opens < closes:
            yield Interval(opens, closes)


def _readings(day: date, at: time, zone: str) -> tuple[datetime, datetime]:
    """The two instants of a local time that comes twice or never; else one, twice."""
    local = datetime.combine(day, at, ZoneInfo(zone))
    return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def hours_on(
    day: date,
    place: LocationInfo,
    closures: tuple[ClosureInfo, ...],
    resource: ResourceInfo | None = None,
) -> tuple[OpenHours, ...]:
    """The hours that apply to a place, or to someone there, on one day."""
    special = _closure(day, place.id, None, closures)
    own = _closure(day, place.id, resource.id, closures) if resource else None
    if special is not None and not special.hours:
        return ()
    if own is not None:
        return own.hours
    if special is not None:
        return special.hours
    return resource.hours if resource and resource.hours is not None else place.hours


def _closure(
    day: date, place: UUID, resource: UUID | None, closures: tuple[ClosureInfo, ...]
) -> ClosureInfo | None:
    for closure in closures:
        applies = closure.location_id == place and closure.resource_id == resource
        if applies and closure.covers(day):
            return closure
    return None


def day_span(day: date, zone: str) -> Interval:
    """A whole local day, of 23, 24 or 25 hours."""
    return Interval(_midnight(day, zone), _midnight(day + timedelta(days=1), zone))


def _midnight(day: date, zone: str) -> datetime:
    # Where the clocks skip midnight this is the moment they do so: the day begins at one.
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def days(first: date, last: date) -> Iterator[date]:
    """Every date from the first to the last."""
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead)
