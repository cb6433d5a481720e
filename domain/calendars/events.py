"""What happens to linked calendars."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class CalendarEvent(Event):
    """Something happened to a linked calendar."""

    aggregate: ClassVar[str] = "calendar_link_id"
    calendar_link_id: UUID
    plugin: str


@dataclass(frozen=True, kw_only=True)
class CalendarLinked(CalendarEvent):
    """Somebody's calendar elsewhere was linked to them."""

    name: ClassVar[str] = "calendar.linked"


@dataclass(frozen=True, kw_only=True)
class CalendarUnlinked(CalendarEvent):
    """It was taken off; what of ours stands in it stays there."""

    name: ClassVar[str] = "calendar.unlinked"


@dataclass(frozen=True, kw_only=True)
class CalendarFailed(CalendarEvent):
    """It cannot be read any more: until it can, what was last known of it counts."""

    name: ClassVar[str] = "calendar.failed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class CalendarRecovered(CalendarEvent):
    """It can be read again."""

    name: ClassVar[str] = "calendar.recovered"


@dataclass(frozen=True, kw_only=True)
class CalendarDrifted(CalendarEvent):
    """An entry of ours was moved or deleted there; it is put right."""

    name: ClassVar[str] = "calendar.drifted"
    appointment_id: UUID
    gone: bool


@dataclass(frozen=True, kw_only=True)
class CalendarFeedEvent(Event):
    """Something happened to a link under which visits are read."""

    aggregate: ClassVar[str] = "calendar_feed_id"
    calendar_feed_id: UUID


@dataclass(frozen=True, kw_only=True)
class CalendarFeedOpened(CalendarFeedEvent):
    """Somebody's visits can be read under a link."""

    name: ClassVar[str] = "calendar_feed.opened"


@dataclass(frozen=True, kw_only=True)
class CalendarFeedClosed(CalendarFeedEvent):
    """The link shows nothing any more."""

    name: ClassVar[str] = "calendar_feed.closed"
