"""What happens to the figures of a day."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class AnalyticsDayEvent(Event):
    """Something happened to the figures of one day."""

    aggregate: ClassVar[str] = "analytics_day_id"
    analytics_day_id: UUID
    day: str
    revision: int


@dataclass(frozen=True, kw_only=True)
class AnalyticsDayMade(AnalyticsDayEvent):
    """The figures of a day are there, or there anew."""

    name: ClassVar[str] = "analytics_day.made"


@dataclass(frozen=True, kw_only=True)
class AnalyticsDayDelivered(AnalyticsDayEvent):
    """They lie in the bucket of the business."""

    name: ClassVar[str] = "analytics_day.delivered"
