"""What is asked of a calendar that somebody keeps elsewhere. Times are instants (UTC)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.errors import Conflict, Unavailable
from domain.scope import Scope

REQUEST, CANCEL = "REQUEST", "CANCEL"


class CalendarRefused(Conflict):
    """The calendar does not let us in, or not do that: its owner has to look after it."""

    code = "CALENDAR_REFUSED"

    def __init__(self, reason: str) -> None:
        super().__init__("The calendar does not let us in")
        self.reason = reason


class CalendarGone(Conflict):
    """There is no such calendar (any more)."""

    code = "CALENDAR_GONE"
    reason = "calendar_gone"

    def __init__(self) -> None:
        super().__init__("There is no such calendar any more")


class AskedTooMuch(Unavailable):
    """The service has been asked too much, and says when it may be asked again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("The calendar has been asked too much")
        self.seconds = seconds


@dataclass(frozen=True)
class Place:
    """A calendar, and the connected account by which it is reached."""

    address: str
    account: UUID | None = None
    """The oldest one, if none is named; nothing to plugins that work without."""


@dataclass(frozen=True)
class Busy:
    """A stretch of time in which whoever keeps the calendar is not free."""

    starts_at: datetime
    ends_at: datetime
    visit_id: UUID | None = None
    """Our own visit, where it is one of those that we have written there."""


@dataclass(frozen=True)
class Entry:
    """A visit as it is to stand in a calendar. It says what and when, and never who."""

    visit_id: UUID
    starts_at: datetime
    ends_at: datetime
    timezone: str
    title: str
    place: str = ""
    tentative: bool = False


@dataclass(frozen=True)
class Invitation:
    """A visit as it is sent to whoever comes; `method` is `REQUEST` or `CANCEL`."""

    entry: Entry
    method: str
    edition: int
    """Which edition of the entry it is: a later one takes the place of an earlier one."""
    business: str
    sender: str
    """The address that it comes from."""
    guest: str
    at: datetime
    """When it was written."""


WriteInvitation = Callable[[Invitation], str]
"""Writes an invitation as iCalendar has it."""


@dataclass(frozen=True)
class Written:
    """Where an entry stands, and which edition of it was written."""

    address: str
    tag: str = ""


@dataclass(frozen=True)
class Seen:
    """An entry of ours that was touched there; without times it is gone."""

    visit_id: UUID
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    status: str = ""
    """Where it stands, in the words of our visits, if what is said there decides over it."""


@dataclass(frozen=True)
class Changes:
    """What has happened in a calendar since it was last asked."""

    token: str
    changed: bool
    """Whether anything at all is different."""
    seen: tuple[Seen, ...] = ()
    gone: frozenset[str] = frozenset()
    """Addresses of entries that are gone, where nothing else is said of them."""
    complete: bool = False
    """Whether all of it was read: an entry of ours that is not in it is gone."""


@dataclass(frozen=True)
class Calendar:
    """One calendar of an account."""

    address: str
    title: str
    writable: bool = True


class CalendarProvider(Protocol):
    """A plugin that reads and writes calendars.

    Everything raises `Unavailable` where nobody answers as they should, `CalendarRefused` and
    `CalendarGone`.
    """

    async def calendars(self, account: UUID | None) -> Sequence[Calendar]:
        """Which calendars an account has; the oldest one, if none is named."""

    async def busy(self, place: Place, start: datetime, end: datetime) -> Sequence[Busy]:
        """When whoever keeps the calendar is busy, each time of what comes again by itself."""

    async def put(self, place: Place, entry: Entry, known: Written | None) -> Written:
        """Write an entry, or write over it; the same visit never stands there twice."""

    async def remove(self, place: Place, visit_id: UUID, known: Written | None) -> None:
        """Take an entry out; one that is gone already is no failure."""

    async def changes(self, place: Place, since: str) -> Changes:
        """What has changed since a token; with none, or one too old, everything is read."""


@dataclass(frozen=True)
class Listening:
    """Where a service is to tell us of changes, and the word by which we know it then."""

    name: str
    url: str
    secret: str = field(repr=False)
    until: datetime


@dataclass(frozen=True)
class Channel:
    """By which a service tells us of changes, until a moment."""

    name: str
    ends_at: datetime
    thing: str = ""
    """What the service calls that which it watches, where it wants to hear that again."""


class CalendarWatcher(Protocol):
    """A plugin whose service tells us when a calendar has changed. Raises as `CalendarProvider`."""

    async def watch(self, place: Place, listening: Listening) -> Channel:
        """Have changes of a calendar told."""

    async def extend(self, place: Place, channel: Channel, until: datetime) -> Channel | None:
        """Have them told for longer; None if that takes another channel."""

    async def unwatch(self, account: UUID | None, channel: Channel) -> None:
        """Have them told no more; a channel that is over already is no failure."""


class BusyTimes(Protocol):
    """Whoever sees that what is known of calendars is fresh, for somebody who cannot wait."""

    async def freshen(self, scope: Scope, resource_ids: Sequence[UUID]) -> None:
        """Look again at calendars not looked at lately, for a fraction of a second at most.

        Never raises: with what is known already, a call goes on.
        """
