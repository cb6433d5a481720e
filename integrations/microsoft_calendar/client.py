"""Accounts at Microsoft 365, and the calendars in them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
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
from domain.calendars.service import AHEAD, BEFORE
from domain.calendars.wire import MOST_PAGES, Ask, Said, Wire, done, utc
from domain.clock import Clock
from domain.errors import Unavailable
from domain.outgoing import objects
from integrations.microsoft_calendar import events
from integrations.microsoft_calendar.events import Event

# As many as there may be on a page.
MOST_EVENTS = "1000"
MOST_CALENDARS = "100"
# Ids that stay when an event is moved; times in UTC.
PREFER = 'IdType="ImmutableId", outlook.timezone="UTC"'
# Changes come with all that stands in an event, however little of it is wanted: few at once.
CHANGED = f'{PREFER}, outlook.body-content-type="text", odata.maxpagesize=50'
# Changes are told of a stretch of time that stays as it is: it is made longer, for a month to come.
SPARE = timedelta(days=30)
TRIES = 4


@dataclass(frozen=True)
class MicrosoftCalendar:
    """Speaks Graph; implements the ports of calendars."""

    wire: Wire
    clock: Clock
    reading: Reading

    async def calendars(self, account: UUID | None) -> Sequence[Calendar]:
        """The calendars of an account."""
        query = {"$top": MOST_CALENDARS, "$select": "id,name,canEdit"}
        pages = self._pages(account, Ask("GET", "/me/calendars", query))
        found = [each async for page in pages for each in _items(page)]
        return [
            Calendar(each["id"], str(each.get("name") or each["id"]), each.get("canEdit") is True)
            for each in found
            if isinstance(each.get("id"), str)
        ]

    async def busy(self, place: Place, start: datetime, end: datetime) -> Sequence[Busy]:
        """When the owner is busy; Graph makes one event of each time that one comes again."""
        query = {**_during(start, end), "$select": events.SEEN, "$top": MOST_EVENTS}
        ask = Ask("GET", f"{_path(place)}/calendarView", query, headers={"Prefer": PREFER})
        pages = self._pages(place.account, ask)
        times = [
            events.busy_of(event, self.reading) async for page in pages for event in _items(page)
        ]
        return within(times, start, end)

    async def put(self, place: Place, entry: Entry, known: Written | None) -> Written:
        """Write a visit; what somebody else has made of it meanwhile is written over.

        Graph remembers how a writing was called (`transactionId`), even of what was deleted since.
        """
        there, number = known, 0
        for _ in range(TRIES):
            if there is None:
                said = await self._insert(place, entry, number)
                if said.status == 409:
                    there, number = await self._find(place, entry.visit_id), number + 1
                    continue
                body = done(said, self.clock.now())
                if events.is_as(body, entry, self.reading):
                    return _written(body)
                # Graph gives what an earlier request has written.
                there = _written(body)
            said = await self._change(place, entry, there)
            if said.status not in (404, 412):
                return _written(done(said, self.clock.now()))
            there = await self._edition(place, there.address)
        raise Unavailable("The entry is being changed by somebody else all the time")

    async def remove(self, place: Place, visit_id: UUID, known: Written | None) -> None:
        """Take a visit out, whatever somebody else has made of it."""
        for _ in range(TRIES):
            there = known or await self._find(place, visit_id)
            if there is None:
                return
            said = await self._ask(place, "DELETE", f"/me/events/{quote(there.address, safe='')}")
            if said.status != 404:
                done(said, self.clock.now())
            if known is not None:
                return

    async def changes(self, place: Place, since: str) -> Changes:
        """What has changed since a token; of what is gone only where it was."""
        now = self.clock.now()
        until, _, link = since.partition(" ")
        if not link or not _reaches(until, now):
            link, until = "", (now + AHEAD + SPARE).date().isoformat()
        query = _during(now - BEFORE, _midnight(until)) if not link else {}
        path = link or f"{_path(place)}/calendarView/delta"
        ask = Ask("GET", path, query, headers={"Prefer": CHANGED})
        try:
            pages = [each async for each in self._pages(place.account, ask)]
        except (CalendarGone, CalendarRefused):
            if link:
                # The token is too old, or never was one.
                return await self.changes(place, "")
            raise
        token = str(pages[-1].get("@odata.deltaLink") or "")
        found = [each for page in pages for each in _items(page)]
        return self._changes(found, f"{until} {token}" if token else "", complete=not link)

    async def watch(self, place: Place, listening: Listening) -> Channel:
        """Have changes told."""
        wanted = {
            "changeType": "created,updated,deleted",
            "notificationUrl": listening.url,
            "lifecycleNotificationUrl": listening.url,
            "resource": f"{_path(place)}/events",
            "expirationDateTime": utc(listening.until),
            "clientState": listening.secret,
        }
        said = await self.wire.ask(place.account, Ask("POST", "/subscriptions", {}, wanted))
        body = done(said, self.clock.now())
        if not isinstance(body.get("id"), str):
            raise Unavailable("The calendar does not answer as it should")
        return Channel(body["id"], listening.until)

    async def extend(self, place: Place, channel: Channel, until: datetime) -> Channel | None:
        """Have them told for longer, if the channel is still there."""
        longer = {"expirationDateTime": utc(until)}
        said = await self.wire.ask(place.account, Ask("PATCH", _channel(channel), {}, longer))
        if said.status == 404:
            return None
        done(said, self.clock.now())
        return Channel(channel.name, until, channel.thing)

    async def unwatch(self, account: UUID | None, channel: Channel) -> None:
        """Have changes told no more."""
        said = await self.wire.ask(account, Ask("DELETE", _channel(channel)))
        if said.status != 404:
            done(said, self.clock.now())

    def _changes(self, found: Sequence[Event], token: str, *, complete: bool) -> Changes:
        gone = frozenset(str(each.get("id")) for each in found if "@removed" in each)
        seen = []
        for each in found:
            visit, span = events.visit_of(each), events.span_of(each, self.reading)
            if visit is not None:
                cancelled = each.get("isCancelled") is True
                seen.append(Seen(visit, *span) if span and not cancelled else Seen(visit))
        # What is gone may have been anybody's.
        changed = complete or len(seen) < len(found)
        return Changes(token, changed, tuple(seen), gone, complete)

    async def _insert(self, place: Place, entry: Entry, number: int) -> Said:
        body = events.new_body_of(entry, number)
        return await self._ask(place, "POST", f"{_path(place)}/events", body)

    async def _change(self, place: Place, entry: Entry, there: Written) -> Said:
        body = {**events.body_of(entry), "recurrence": None}
        path = f"/me/events/{quote(there.address, safe='')}"
        condition = {"If-Match": there.tag} if there.tag else {}
        return await self._ask(place, "PATCH", path, body, condition)

    async def _find(self, place: Place, visit_id: UUID) -> Written | None:
        """Where a visit stands, by its id in the event."""
        query = {"$filter": events.with_visit(visit_id), "$select": "id", "$top": "1"}
        ask = Ask("GET", f"{_path(place)}/events", query, headers={"Prefer": PREFER})
        body = done(await self.wire.ask(place.account, ask), self.clock.now())
        return next((_written(each) for each in _items(body)), None)

    async def _edition(self, place: Place, address: str) -> Written | None:
        """The edition of an event that is there, if there is one."""
        path = f"/me/events/{quote(address, safe='')}"
        ask = Ask("GET", path, {"$select": "id"}, headers={"Prefer": PREFER})
        said = await self.wire.ask(place.account, ask)
        return None if said.status == 404 else _written(done(said, self.clock.now()))

    async def _ask(
        self,
        place: Place,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Said:
        preferring = {"Prefer": PREFER, **(headers or {})}
        return await self.wire.ask(place.account, Ask(method, path, {}, body, preferring))

    async def _pages(self, account: UUID | None, ask: Ask) -> AsyncIterator[dict[str, Any]]:
        """Every page of a list; each links to the next one."""
        following, query = ask.path, ask.query
        for _ in range(MOST_PAGES):
            said = await self.wire.ask(account, replace(ask, path=following, query=query))
            page = done(said, self.clock.now())
            yield page
            following, query = str(page.get("@odata.nextLink") or ""), {}
            if not following:
                return
        raise Unavailable("The list never ends")


def _path(place: Place) -> str:
    # As ids are written in what is watched, too.
    return f"/me/calendars/{quote(place.address, safe='=@')}"


def _channel(channel: Channel) -> str:
    return f"/subscriptions/{quote(channel.name, safe='')}"


def _during(start: datetime, end: datetime) -> dict[str, str]:
    return {"startDateTime": utc(start), "endDateTime": utc(end)}


def _midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def _reaches(day: str, now: datetime) -> bool:
    """Whether changes up to a day are all that count."""
    try:
        return date.fromisoformat(day) > (now + AHEAD).date()
    except ValueError:
        return False


def _items(page: dict[str, Any]) -> list[dict[str, Any]]:
    return objects(page.get("value"))


def _written(event: Event) -> Written:
    if not isinstance(event.get("id"), str):
        raise Unavailable("The calendar does not answer as it should")
    return Written(event["id"], str(event.get("@odata.etag") or ""))
