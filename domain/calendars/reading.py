"""How what stands in calendars elsewhere is understood, whichever service it comes from."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


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
