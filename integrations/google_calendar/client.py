"""Accounts at Google, and the calendars in them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from domain.calendars.ports import (
    Busy,
    Calendar,
    CalendarGone,
    CalendarRefused,
    Changes,
    Channel,
    Entry,
    Listening,
    Place,
    Seen,
    Written,
)
from domain.calendars.reading import Reading, within
from domain.calendars.service import BEFORE
from domain.calendars.wire import MOST_PAGES, Ask, Said, Wire, done, utc
from domain.clock import Clock
from domain.errors import Unavailable
from domain.outgoing import objects
from integrations.google_calendar import events
from integrations.google_calendar.events import Event

# As many events as there may be on a page.
MOST_EVENTS = "2500"
MOST_CALENDARS = "250"
WRITERS = {"owner", "writer", "writerWithoutPrivateAccess"}
# It is not there, is there already, was deleted, or is there in another edition.
SURPRISES = {404, 409, 410, 412}
TRIES = 3
# Nobody is written to: the visit is told in our own words.
QUIET = {"sendUpdates": "none"}


@dataclass(frozen=True)
class GoogleCalendar:
    """Speaks the Calendar API; implements the ports of calendars."""

    wire: Wire
    clock: Clock
    reading: Reading

    async def calendars(self, account: UUID | None) -> Sequence[Calendar]:
        """The calendars in somebody's list."""
        query = {"maxResults": MOST_CALENDARS}
        found = [
            each
            async for page in self._pages(account, "/users/me/calendarList", query)
            for each in _items(page)
        ]
        return [_calendar(each) for each in found if isinstance(each.get("id"), str)]

    async def busy(self, place: Place, start: datetime, end: datetime) -> Sequence[Busy]:
        """When the owner is busy; Google makes one event of each time that one comes again."""
        query = {
            "singleEvents": "true",
            "timeMin": utc(start),
            "timeMax": utc(end),
            **_listing(),
        }
        times = [
            events.busy_of(event, self.reading)
            async for page in self._pages(place.account, _path(place), query)
            for event in _items(page)
        ]
        return within(times, start, end)

    async def put(self, place: Place, entry: Entry, known: Written | None) -> Written:
        """Write a visit; what somebody else has made of it meanwhile is written over.

        One that was deleted there goes on to be known: it is written over, too.
        """
        id = events.id_of(entry.visit_id)
        there = known.tag if known else None
        for _ in range(TRIES):
            said = await self._write(place, id, entry, there)
            if said.status not in SURPRISES:
                return Written(id, str(done(said, self.clock.now()).get("etag", "")))
            if said.status == 404 and there is None:
                raise CalendarGone
            there = await self._tag(place, id)
        raise Unavailable("The entry is being changed by somebody else all the time")

    async def remove(self, place: Place, visit_id: UUID, known: Written | None) -> None:
        """Take a visit out, whatever somebody else has made of it."""
        path = _path(place, events.id_of(visit_id))
        said = await self.wire.ask(place.account, Ask("DELETE", path, QUIET))
        if said.status not in (404, 410):
            done(said, self.clock.now())

    async def changes(self, place: Place, since: str) -> Changes:
        """What has changed since a token; series are told as one, for only that they did counts."""
        query = {"syncToken": since} if since else {"timeMin": utc(self.clock.now() - BEFORE)}
        listed = self._pages(place.account, _path(place), {**_listing(), **query})
        try:
            pages = [each async for each in listed]
        except (CalendarGone, CalendarRefused):
            if since:
                # The token is too old, or never was one.
                return await self.changes(place, "")
            raise
        found = [each for page in pages for each in _items(page)]
        foreign = any(events.visit_of(each) is None for each in found)
        seen = (self._seen(each) for each in found)
        return Changes(
            _text(pages[-1].get("nextSyncToken")),
            changed=foreign or not since,
            seen=tuple(each for each in seen if each is not None),
            complete=not since,
        )

    async def watch(self, place: Place, listening: Listening) -> Channel:
        """Have changes told."""
        wanted = {
            "id": listening.name,
            "type": "web_hook",
            "address": listening.url,
            "token": listening.secret,
            "expiration": str(_milliseconds(listening.until)),
        }
        said = await self.wire.ask(place.account, Ask("POST", f"{_path(place)}/watch", {}, wanted))
        body = done(said, self.clock.now())
        ends_at = _moment(body.get("expiration")) or listening.until
        return Channel(listening.name, min(ends_at, listening.until), _text(body.get("resourceId")))

    async def extend(self, place: Place, channel: Channel, until: datetime) -> Channel | None:
        """Channels at Google end; another one takes the place of one."""
        return None

    async def unwatch(self, account: UUID | None, channel: Channel) -> None:
        """Have changes told no more."""
        over = {"id": channel.name, "resourceId": channel.thing}
        said = await self.wire.ask(account, Ask("POST", "/channels/stop", {}, over))
        if said.status != 404:
            done(said, self.clock.now())

    async def _write(self, place: Place, id: str, entry: Entry, there: str | None) -> Said:
        """Insert an event, or write over an edition of it; over any, if it is not known."""
        body, query = events.body_of(entry), {**QUIET, "fields": "etag"}
        if there is None:
            return await self.wire.ask(
                place.account, Ask("POST", _path(place), query, {"id": id, **body})
            )
        headers = {"If-Match": there} if there else {}
        return await self.wire.ask(
            place.account, Ask("PUT", _path(place, id), query, body, headers)
        )

    async def _tag(self, place: Place, id: str) -> str | None:
        """The edition that is there; None if there is none at all."""
        ask = Ask("GET", _path(place, id), {"fields": "etag"})
        said = await self.wire.ask(place.account, ask)
        if said.status in (404, 410):
            return None
        return _text(done(said, self.clock.now()).get("etag"))

    def _seen(self, event: Event) -> Seen | None:
        visit = events.visit_of(event)
        if visit is None:
            return None
        span = None if events.is_cancelled(event) else events.span_of(event, self.reading)
        return Seen(visit, *span) if span else Seen(visit)

    async def _pages(
        self, account: UUID | None, path: str, query: Mapping[str, str]
    ) -> AsyncIterator[dict[str, Any]]:
        """Every page of a list."""
        token = ""
        for _ in range(MOST_PAGES):
            asked = {**query, "pageToken": token} if token else query
            said = await self.wire.ask(account, Ask("GET", path, asked))
            page = done(said, self.clock.now())
            yield page
            token = _text(page.get("nextPageToken"))
            if not token:
                return
        raise Unavailable("The list never ends")


def _listing() -> dict[str, str]:
    fields = f"items({events.SEEN}),nextPageToken,nextSyncToken"
    # Of those who take part only the owner of the calendar is told.
    return {"maxResults": MOST_EVENTS, "maxAttendees": "1", "fields": fields}


def _path(place: Place, event: str = "") -> str:
    path = f"/calendars/{quote(place.address, safe='')}/events"
    return f"{path}/{event}" if event else path


def _calendar(found: dict[str, Any]) -> Calendar:
    title = found.get("summaryOverride") or found.get("summary") or found["id"]
    return Calendar(found["id"], str(title), found.get("accessRole") in WRITERS)


def _items(page: dict[str, Any]) -> list[dict[str, Any]]:
    return objects(page.get("items"))


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _moment(milliseconds: Any) -> datetime | None:
    said = str(milliseconds)
    return datetime.fromtimestamp(int(said) / 1000, UTC) if said.isdecimal() else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
