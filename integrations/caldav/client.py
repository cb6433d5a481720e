"""One account at a CalDAV server."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urljoin, urlsplit
from uuid import UUID

from domain.calendars.ports import (
    Busy,
    Calendar,
    CalendarGone,
    CalendarRefused,
    Changes,
    Entry,
    Place,
    Seen,
    Written,
)
from domain.clock import Clock
from domain.errors import Unavailable
from domain.outgoing import Fetched, Http
from integrations.caldav import answers, events, requests
from integrations.caldav.answers import Found
from integrations.caldav.events import Reading

XML = {"Content-Type": "application/xml; charset=utf-8"}
ICS = {"Content-Type": "text/calendar; charset=utf-8"}
# A server that has forgotten a token says so with one of these (RFC 6578, 3.8).
TOKEN_TOO_OLD = {400, 403, 409, 410, 412, 507}
# One that knows no such question.
NO_SUCH_REPORT = {405, 415, 501}
# Services whose accounts are spread over machines: p12-caldav.icloud.com.
HOUSES = (".icloud.com",)
# Changes of ours that are looked at in one request.
AT_ONCE = 50


@dataclass(frozen=True)
class Login:
    """Where an account is, and what opens it: an app password, where a service has those."""

    url: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class CalDavClient:
    """Speaks CalDAV; implements the port of calendars."""

    login: Login
    http: Http
    clock: Clock
    reading: Reading

    async def calendars(self, account: UUID | None = None) -> Sequence[Calendar]:
        """The calendars of the account that hold events; there is only the one that is set."""
        start = self.login.url
        principal = await self._led(start, requests.PRINCIPAL, "current-user-principal")
        home = await self._led(principal, requests.HOME, "calendar-home-set")
        answer = await self._send("PROPFIND", home, {**XML, "Depth": "1"}, requests.CALENDARS)
        return [
            Calendar(urljoin(home, each.path), each.name or each.path, each.writable)
            for each in answers.things(self._right(answer).body)
            if each.is_calendar and each.takes_events
        ]

    async def busy(self, place: Place, start: datetime, end: datetime) -> Sequence[Busy]:
        """When the owner is busy."""
        answer = await self._report(place.address, requests.query(start, end), depth="1")
        found = answers.things(self._right(answer).body)
        times = (busy for each in found for busy in self._times(each, start, end))
        return sorted(times, key=lambda busy: (busy.starts_at, busy.ends_at))

    async def put(self, place: Place, entry: Entry, known: Written | None) -> Written:
        """Write a visit; what somebody else has made of it meanwhile is written over."""
        address = _address(place.address, entry.visit_id)
        condition = {"If-Match": known.tag} if known and known.tag else {"If-None-Match": "*"}
        sequence = 0
        for _ in range(3):
            text = events.text_of(entry, self.clock.now(), sequence).encode()
            answer = await self._send("PUT", address, {**ICS, **condition}, text)
            if answer.status != 412:
                return await self._written(address, self._right(answer))
            # It is there in another edition, or is not there any more.
            there = await self._send("GET", address, {}, b"")
            if there.status in (404, 410):
                condition = {"If-None-Match": "*"}
                continue
            tag = self._right(there).headers.get("etag", "")
            condition = {"If-Match": tag} if tag else {}
            sequence = events.sequence_of(there.body.decode("utf-8", "replace")) + 1
        raise Unavailable("The entry is being changed by somebody else all the time")

    async def remove(self, place: Place, visit_id: UUID, known: Written | None) -> None:
        """Take a visit out, whatever somebody else has made of it."""
        address = known.address if known else _address(place.address, visit_id)
        answer = await self._send("DELETE", address, {}, b"")
        if answer.status not in (404, 410):
            self._right(answer)

    async def changes(self, place: Place, since: str) -> Changes:
        """What has changed since a token."""
        calendar = place.address
        answer = await self._report(calendar, requests.sync(since), depth="0")
        if since and answer.status in TOKEN_TOO_OLD:
            return await self.changes(place, "")
        if answer.status in NO_SUCH_REPORT or (not since and answer.status in TOKEN_TOO_OLD):
            # It keeps no account of changes: everything is read each time.
            return Changes("", changed=True)
        body = self._right(answer).body
        found = [each for each in answers.things(body) if each.path != urlsplit(calendar).path]
        seen = await self._seen(calendar, found)
        return Changes(answers.sync_token(body), bool(found), tuple(seen), complete=not since)

    async def _seen(self, calendar: str, found: list[Found]) -> list[Seen]:
        """Which visits of ours are among what has changed, and when they are now."""
        ours = {each.path: id for each in found if (id := _visit_at(each.path)) is not None}
        gone = [Seen(id) for path, id in ours.items() if _of(found, path).gone]
        there = [path for path in ours if not _of(found, path).gone]
        for first in range(0, len(there), AT_ONCE):
            wanted = requests.multiget(there[first : first + AT_ONCE])
            answer = self._right(await self._report(calendar, wanted))
            for each in answers.things(answer.body):
                visit, span = events.visit_of(each.text), events.span_of(each.text, self.reading)
                if visit is not None and span is not None:
                    gone.append(Seen(visit, *span))
        return gone

    def _times(self, found: Found, start: datetime, end: datetime) -> list[Busy]:
        return list(events.busy_in(found.text, start, end, self.reading)) if found.text else []

    async def _written(self, address: str, answer: Fetched) -> Written:
        tag = answer.headers.get("etag", "")
        if not tag:
            # A server that changes what it is given does not say which edition it keeps.
            there = await self._send("GET", address, {}, b"")
            tag = self._right(there).headers.get("etag", "")
        return Written(address, tag)

    async def _led(self, url: str, asked: bytes, name: str) -> str:
        answer = await self._send("PROPFIND", url, {**XML, "Depth": "0"}, asked)
        href = answers.href_in(self._right(answer).body, name)
        return urljoin(url, href) if href else url

    async def _report(self, url: str, asked: bytes, *, depth: str = "1") -> Fetched:
        return await self._send("REPORT", url, {**XML, "Depth": depth}, asked)

    async def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Fetched:
        """Ask, by our name; a server that sends us to another host does not learn the password."""
        if urlsplit(url)[:2] != urlsplit(self.login.url)[:2] and not _same_house(
            url, self.login.url
        ):
            raise CalendarRefused("other_host")
        secret = base64.b64encode(f"{self.login.username}:{self.login.password}".encode())
        return await self.http.ask(
            method, url, {"Authorization": f"Basic {secret.decode()}", **headers}, body
        )

    def _right(self, answer: Fetched) -> Fetched:
        if answer.status in (401, 403):
            raise CalendarRefused(f"status_{answer.status}")
        if answer.status in (404, 410):
            raise CalendarGone
        if not 200 <= answer.status < 300:
            raise Unavailable("The calendar server does not answer as it should")
        return answer


def _same_house(url: str, home: str) -> bool:
    """Whether both are machines of one service that keeps each account on a machine of its own."""
    there, here = urlsplit(url), urlsplit(home)
    both = f".{there.hostname}", f".{here.hostname}"
    shared = any(all(each.endswith(house) for each in both) for house in HOUSES)
    return shared and there.scheme == here.scheme == "https"


def _address(calendar: str, visit_id: UUID) -> str:
    return urljoin(calendar if calendar.endswith("/") else f"{calendar}/", f"{visit_id}.ics")


def _visit_at(path: str) -> UUID | None:
    name = unquote(path).rstrip("/").rpartition("/")[2].removesuffix(".ics")
    try:
        return UUID(name)
    except ValueError:
        return None


def _of(found: list[Found], path: str) -> Found:
    return next(each for each in found if each.path == path)
