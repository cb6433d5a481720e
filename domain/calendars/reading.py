"""How what stands in calendars elsewhere is understood, whichever service it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from domain.calendars.ports import Busy


@dataclass(frozen=True)
class Reading:
    """What a business says of its calendars."""

    timezone: str
    """Of days, and of times that name no zone."""
    tentative_is_busy: bool = True

    def midnight(self, day: date) -> datetime:
        """When a day begins where the business is."""
        return datetime.combine(day, time(), ZoneInfo(self.timezone)).astimezone(UTC)

    def instant(self, at: datetime) -> datetime:
        """A time that names no zone is the time of the business."""
        zoned = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(self.timezone))
        return zoned.astimezone(UTC)

    def counts(self, *, certain: bool) -> bool:
        """Whether what is, or is not, certain takes time."""
        return certain or self.tentative_is_busy


def within(times: Iterable[Busy | None], start: datetime, end: datetime) -> list[Busy]:
    """Those of some times that touch a stretch of it, in their order."""
    found = [each for each in times if each and each.starts_at < end and each.ends_at > start]
    return sorted(found, key=lambda busy: (busy.starts_at, busy.ends_at))
