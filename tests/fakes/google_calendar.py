"""A Google Calendar of our own that keeps to its documented behaviour.

Every request is checked with Google's own document; answers hold only what was asked for.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.fakes.account_service import AccountService, Wrong
from tests.fakes.api_document import ApiDocument, Undocumented
from tests.fakes.fields import masked

DOCUMENT = Path(__file__).parents[1] / "data" / "google_calendar" / "calendar-v3.json"
ROOT = "/calendar/v3"
EVENTS = f"{ROOT}/calendars/{{calendar}}/events"
# What cannot be asked for together with a token (the guide on synchronization).
RESTRICTIONS = {"iCalUID", "orderBy", "q", "timeMin", "timeMax", "updatedMin", "showDeleted"}
WRITERS = {"owner", "writer"}
Event = dict[str, Any]


@dataclass
class FakeGoogle(AccountService):
    """One account: its calendars, their events, and who is told of changes."""

    calendars: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, dict[str, Event]] = field(default_factory=dict)
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    page: int = 1000
    """How many things are on a page at most."""
    endless: bool = False
    """Whether every page says that another one follows."""
    remembers: int = 0
    """The oldest state that a token may stand for."""
    document: ApiDocument = field(default_factory=lambda: ApiDocument.read(DOCUMENT))

    def app(self) -> Starlette:
        """Its API, to be served."""
        return self.served(
            [
                (f"{ROOT}/users/me/calendarList", self._list_calendars, "GET"),
                (EVENTS, self._list, "GET"),
                (EVENTS, self._insert, "POST"),
                (f"{EVENTS}/watch", self._watch, "POST"),
                (f"{EVENTS}/{{event}}", self._get, "GET"),
                (f"{EVENTS}/{{event}}", self._update, "PUT"),
                (f"{EVENTS}/{{event}}", self._delete, "DELETE"),
                (f"{ROOT}/channels/stop", self._stop, "POST"),
            ]
        )

    def calendar(self, id: str, role: str = "owner", **more: Any) -> str:
        """Somebody has a calendar."""
        self.calendars[id] = {"id": id, "summary": f"Calendar {id}", "accessRole": role, **more}
        self.events[id] = {}
        return id

    def event(self, calendar: str, start: Any, end: Any, **more: Any) -> str:
        """Somebody writes an event; times are those of New York, or dates."""
        event = {"id": f"e{next(self.numbers)}v", "start": _at(start), "end": _at(end), **more}
        return self._keep(calendar, {"status": "confirmed", "summary": "Private", **event})

    def change(self, calendar: str, id: str, **more: Any) -> None:
        """Somebody changes an event."""
        self._keep(calendar, {**self.events[calendar][id], **more})

    def delete(self, calendar: str, id: str) -> None:
        """Somebody deletes an event."""
        self.change(calendar, id, status="cancelled")

    def standing(self, calendar: str) -> list[Event]:
        """What stands in a calendar."""
        return [e for e in self.events[calendar].values() if e["status"] != "cancelled"]

    def ours(self, calendar: str) -> list[Event]:
        """What of us stands in a calendar."""
        return [each for each in self.standing(calendar) if "extendedProperties" in each]

    def told(self, calendar: str, state: str = "exists") -> list[dict[str, str]]:
        """The headers of what it tells of a change, for each channel."""
        return [
            {
                "X-Goog-Channel-ID": id,
                "X-Goog-Channel-Token": channel["token"],
                "X-Goog-Resource-ID": channel["resourceId"],
                "X-Goog-Resource-State": state,
                "X-Goog-Message-Number": str(next(self.numbers)),
            }
            for id, channel in self.channels.items()
            if channel["calendar"] == calendar
        ]

    def worded(self, wrong: Wrong) -> dict[str, Any]:
        """An error, as Google words it."""
        reason = {"domain": "global", "reason": wrong.reason, "message": wrong.reason}
        return {"error": {"code": wrong.status, "message": wrong.reason, "errors": [reason]}}

    def checked(self, request: Request, body: bytes) -> Any:
        """The body, if the document knows such a request."""
        path = request.url.path.removeprefix(ROOT)
        try:
            self.document.check(request.method, path, request.query_params.multi_items(), body)
        except Undocumented as problem:
            self.undocumented.append(f"{request.method} {request.url}: {problem}")
            raise Wrong(400, "badRequest") from problem
        calendar = request.path_params.get("calendar")
        if calendar is not None and calendar not in self.calendars:
            raise Wrong(404, "notFound")
        return json.loads(body or b"{}")

    def _keep(self, calendar: str, event: Event) -> str:
        version = next(self.numbers)
        self.events[calendar][event["id"]] = {**event, "etag": f'"{version}"', "_version": version}
        return str(event["id"])

    def _list_calendars(self, request: Request, _: Any) -> Response:
        return self._answer(request, self._paged(request, list(self.calendars.values()), "last"))

    def _list(self, request: Request, _: Any) -> Response:
        query, events = request.query_params, self.events[request.path_params["calendar"]].values()
        state = max((each["_version"] for each in events), default=0)
        if since := query.get("syncToken"):
            if RESTRICTIONS & set(query):
                raise Wrong(400, "syncTokenWithRequestRestrictions")
            if not since.startswith("state-"):
                raise Wrong(400, "invalid")
            if int(since.removeprefix("state-")) < self.remembers:
                raise Wrong(410, "fullSyncRequired")
            at = int(since.removeprefix("state-"))
            found = [_changed(each) for each in events if each["_version"] > at]
        else:
            standing = (each for each in events if each["status"] != "cancelled")
            found = [found for each in standing for found in _shown(each, dict(query))]
        return self._answer(request, self._paged(request, found, f"state-{state}"))

    def _paged(self, request: Request, found: list[Any], token: str) -> dict[str, Any]:
        query = request.query_params
        first = int(query.get("pageToken", "page-0").removeprefix("page-"))
        last = first + min(self.page, int(query.get("maxResults", 250)))
        items = [_without_others(each, query) for each in found[first:last]]
        follows = self.endless or last < len(found)
        more = {"nextPageToken": f"page-{last}"} if follows else {"nextSyncToken": token}
        return {"kind": "list", "items": items, **more}

    def _insert(self, request: Request, body: Event) -> Response:
        calendar, id = self._writable(request), body.get("id", "")
        if not re.fullmatch("[a-v0-9]{5,1024}", id) or not {"start", "end"} <= set(body):
            raise Wrong(400, "invalid")
        if id in self.events[calendar]:
            raise Wrong(409, "duplicate")
        self._keep(calendar, {"status": "confirmed", **body})
        return self._answer(request, self.events[calendar][id])

    def _get(self, request: Request, _: Any) -> Response:
        return self._answer(request, self._known(request))

    def _update(self, request: Request, body: Event) -> Response:
        calendar, known = self._writable(request), self._known(request)
        if request.headers.get("if-match", known["etag"]) != known["etag"]:
            raise Wrong(412, "conditionNotMet")
        self._keep(calendar, {"status": "confirmed", **body, "id": known["id"]})
        return self._answer(request, self.events[calendar][known["id"]])

    def _delete(self, request: Request, _: Any) -> Response:
        calendar, known = self._writable(request), self._known(request)
        if known["status"] == "cancelled":
            raise Wrong(410, "deleted")
        self.delete(calendar, known["id"])
        return Response(status_code=204)

    def _watch(self, request: Request, body: dict[str, Any]) -> Response:
        if not body["address"].startswith("https://") or body["type"] != "web_hook":
            raise Wrong(400, "push.webhookUrlNotHttps")
        if body["id"] in self.channels:
            raise Wrong(400, "channelIdNotUnique")
        thing = f"thing-{next(self.numbers)}"
        calendar = request.path_params["calendar"]
        self.channels[body["id"]] = {**body, "resourceId": thing, "calendar": calendar}
        return self._answer(request, {**body, "kind": "api#channel", "resourceId": thing})

    def _stop(self, _: Request, body: dict[str, Any]) -> Response:
        known = self.channels.get(body["id"])
        if known is None or known["resourceId"] != body["resourceId"]:
            raise Wrong(404, "notFound")
        del self.channels[body["id"]]
        return Response(status_code=204)

    def _writable(self, request: Request) -> str:
        calendar: str = request.path_params["calendar"]
        if self.calendars[calendar]["accessRole"] not in WRITERS:
            raise Wrong(403, "requiredAccessLevel")
        return calendar

    def _known(self, request: Request) -> Event:
        known = self.events[request.path_params["calendar"]].get(request.path_params["event"])
        if known is None:
            raise Wrong(404, "notFound")
        return known

    def _answer(self, request: Request, said: dict[str, Any]) -> Response:
        mask = request.query_params.get("fields")
        return JSONResponse(masked(said, mask) if mask else said)


def _at(at: Any) -> dict[str, str]:
    if len(at) == len("2026-11-17"):
        return {"date": at}
    zone = "America/New_York"
    local = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone))
    return {"dateTime": local.isoformat(), "timeZone": zone}


def _changed(event: Event) -> Event:
    """Of what is gone no more is said than that."""
    gone = event["status"] == "cancelled"
    return {"id": event["id"], "status": "cancelled"} if gone else event


def _shown(event: Event, query: dict[str, str]) -> list[Event]:
    """An event, or each of its times, as far as they were asked for."""
    single = query.get("singleEvents") == "true"
    times = _times(event) if single and "recurrence" in event else [event]
    least, most = _bound(query.get("timeMin")), _bound(query.get("timeMax"))
    return [each for each in times if "recurrence" in each or _is_within(each, least, most)]


def _is_within(event: Event, least: datetime | None, most: datetime | None) -> bool:
    try:
        first, last = _instant(event["start"]), _instant(event["end"])
    except (KeyError, TypeError, ValueError):
        # Nobody knows: what is odd is shown.
        return True
    return (least is None or last > least) and (most is None or first < most)


def _times(event: Event) -> list[Event]:
    """Each time of an event that comes again; its hour stays when clocks change."""
    zone = ZoneInfo(event["start"]["timeZone"])
    first, last = (datetime.fromisoformat(event[end]["dateTime"]) for end in ("start", "end"))
    local = first.astimezone(zone).replace(tzinfo=None)
    [rule] = event["recurrence"]
    alone = {name: value for name, value in event.items() if name != "recurrence"}
    starts = rrulestr(rule, dtstart=local).between(local, local + timedelta(days=60), inc=True)
    return [
        {
            **alone,
            "id": f"{event['id']}_{start:%Y%m%dT%H%M%S}",
            "recurringEventId": event["id"],
            "start": _at(start.isoformat()),
            "end": _at((start + (last - first)).isoformat()),
        }
        for start in starts
    ]


def _without_others(thing: Any, query: Any) -> Any:
    """Where there are more who take part than asked for, only the owner is told."""
    attendees = thing.get("attendees", [])
    if len(attendees) <= int(query.get("maxAttendees", 100)):
        return thing
    return {**thing, "attendees": [each for each in attendees if each.get("self")]}


def _bound(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _instant(at: dict[str, str]) -> datetime:
    if "date" in at:
        return datetime.fromisoformat(at["date"]).replace(tzinfo=UTC)
    return datetime.fromisoformat(at["dateTime"])
