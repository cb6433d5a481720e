"""Calendars of Microsoft 365 of our own that keep to Graph's documented behaviour.

Every request is checked with a document of our own; the path of links is the service's secret.
"""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import WEEKLY, rrule
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.fakes.account_service import AccountService, Wrong
from tests.fakes.api_document import Undocumented
from tests.fakes.microsoft_document import DOCUMENT

ROOT = "/v1.0"
CALENDAR = f"{ROOT}/me/calendars/{{calendar}}"
NEW_YORK = ZoneInfo("America/New_York")
IMMUTABLE, IN_UTC = 'IdType="ImmutableId"', 'outlook.timezone="UTC"'
LONGEST_CHANNEL = timedelta(minutes=10_080)
# What stands in an event and is shown only to those who ask for it by name.
HIDDEN = {"singleValueExtendedProperties", "_version", "_calendar", "_weekly"}
Event = dict[str, Any]
Ring = Callable[[str, str], Awaitable[str]]


@dataclass
class FakeMicrosoft(AccountService):
    """One account: its calendars, their events, and who is told of changes."""

    calendars: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    gone: dict[str, Event] = field(default_factory=dict)
    used: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    """What each writing was called, what it said, and the event that came of it."""
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    rounds: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """What the tokens of changes stand for: a state, and a stretch of time."""
    ring: Ring | None = None
    """How it asks whether somebody listens at an address."""
    page: int = 1000
    """How many things are on a page at most."""
    now: datetime = datetime(2026, 11, 16, 15, tzinfo=UTC)

    def app(self) -> Starlette:
        """Its API, to be served."""
        return self.served(
            [
                (f"{ROOT}/me/calendars", self._list_calendars, "GET"),
                (f"{CALENDAR}/calendarView", self._view, "GET"),
                (f"{CALENDAR}/calendarView/delta", self._delta, "GET"),
                (f"{CALENDAR}/events", self._find, "GET"),
                (f"{CALENDAR}/events", self._insert, "POST"),
                (f"{ROOT}/me/events/{{event}}", self._get, "GET"),
                (f"{ROOT}/me/events/{{event}}", self._update, "PATCH"),
                (f"{ROOT}/me/events/{{event}}", self._delete, "DELETE"),
                (f"{ROOT}/subscriptions", self._subscribe, "POST"),
                (f"{ROOT}/subscriptions/{{id}}", self._renew_channel, "PATCH"),
                (f"{ROOT}/subscriptions/{{id}}", self._end_channel, "DELETE"),
            ]
        )

    def calendar(self, id: str, *, can_edit: bool = True) -> str:
        """Somebody has a calendar."""
        self.calendars[id] = {"id": id, "name": f"Calendar {id}", "canEdit": can_edit}
        return id

    def event(self, calendar: str, start: str, end: str, **more: Any) -> str:
        """Somebody writes an event; times are those of New York, or dates."""
        id = f"AAMk={next(self.numbers)}"
        event = {
            "id": id,
            "subject": "Private",
            "start": _at(start),
            "end": _at(end),
            "isAllDay": len(start) == len("2026-11-17"),
            "isCancelled": False,
            "showAs": "busy",
            "responseStatus": {"response": "organizer"},
            "type": "singleInstance",
            "_calendar": calendar,
        }
        self._keep({**event, **more})
        return id

    def change(self, id: str, **more: Any) -> None:
        """Somebody changes an event."""
        self._keep({**self.events[id], **more})

    def delete(self, id: str) -> None:
        """Somebody deletes an event."""
        self.gone[id] = {**self.events.pop(id), "_version": next(self.numbers)}

    def ours(self) -> list[Event]:
        """What of us stands there."""
        return [each for each in self.events.values() if "transactionId" in each]

    def told(self, calendar: str, **more: str) -> list[dict[str, Any]]:
        """What it tells of a change, for each channel."""
        return [
            {
                "subscriptionId": id,
                "clientState": channel["clientState"],
                "changeType": "updated",
                "resource": f"Users/lee/Events/{calendar}",
                **more,
            }
            for id, channel in self.channels.items()
            if f"/{calendar}/" in channel["resource"]
        ]

    def worded(self, wrong: Wrong) -> dict[str, Any]:
        """An error, as Graph words it."""
        return {"error": {"code": wrong.reason, "message": wrong.reason}}

    def checked(self, request: Request, body: bytes) -> Any:
        """The body, if the document knows such a request."""
        path = request.url.path.removeprefix(ROOT)
        try:
            DOCUMENT.check(request.method, path, request.query_params.multi_items(), body)
            if "/me/" in request.url.path and path[-10:] != "/calendars":
                _check_preferences(request)
        except Undocumented as problem:
            self.undocumented.append(f"{request.method} {request.url}: {problem}")
            raise Wrong(400, "RequestBroker--ParseUri") from problem
        if request.path_params.get("calendar", next(iter(self.calendars))) not in self.calendars:
            raise Wrong(404, "ErrorItemNotFound")
        return json.loads(body or b"{}")

    def _keep(self, event: Event) -> Event:
        version = next(self.numbers)
        kept = {**event, "@odata.etag": f'W/"{version}"', "_version": version}
        self.events[event["id"]] = kept
        return kept

    def _of(self, request: Request) -> list[Event]:
        calendar = request.path_params["calendar"]
        return [each for each in self.events.values() if each["_calendar"] == calendar]

    def _list_calendars(self, request: Request, _: Any) -> Response:
        return self._paged(request, list(self.calendars.values()), {})

    def _view(self, request: Request, _: Any) -> Response:
        query = request.query_params
        during = query["startDateTime"], query["endDateTime"]
        found = [time for each in self._of(request) for time in _within(each, *during)]
        return self._paged(request, [_shown(each) for each in found], {})

    def _delta(self, request: Request, _: Any) -> Response:
        query = request.query_params
        token = query.get("$deltatoken") or query.get("$skiptoken", "").partition(".")[0]
        if token and token not in self.rounds:
            raise Wrong(410, "SyncStateNotFound")
        if not token and not {"startDateTime", "endDateTime"} <= set(query):
            raise Wrong(400, "ErrorInvalidParameter")
        since, start, end = self.rounds.get(token) or (
            *(0, query["startDateTime"], query["endDateTime"]),
        )
        found = [
            _shown(time)
            for each in self._of(request)
            if each["_version"] > since
            for time in _within(each, start, end)
        ]
        calendar = request.path_params["calendar"]
        removed = [
            {"id": id, "@removed": {"reason": "deleted"}}
            for id, each in self.gone.items()
            if since and each["_version"] > since and each["_calendar"] == calendar
        ]
        again = token or f"round{next(self.numbers)}"
        self.rounds[again] = (since, start, end)
        following = f"round{next(self.numbers)}"
        self.rounds[following] = (next(self.numbers), start, end)
        link = str(request.url.replace(query=f"$deltatoken={following}"))
        return self._paged(request, [*found, *removed], {"@odata.deltaLink": link}, token=again)

    def _paged(
        self, request: Request, found: list[Any], last: dict[str, str], token: str = ""
    ) -> Response:
        query = request.query_params
        first = int(query.get("$skip") or query.get("$skiptoken", ".0").rpartition(".")[2])
        size = re.search(r"odata\.maxpagesize=(\d+)", request.headers.get("prefer", ""))
        most = query.get("$top") or (size[1] if size else "10")
        until = first + min(self.page, int(most))
        wanted = query.get("$select")
        items = [_selected(each, wanted) for each in found[first:until]]
        if until >= len(found):
            return JSONResponse({"value": items, **last})
        where = {"$skiptoken": f"{token}.{until}"} if token else {"$skip": str(until)}
        kept = {} if token else {k: v for k, v in query.items() if k != "$skip"}
        words = "&".join(f"{name}={value}" for name, value in {**kept, **where}.items())
        return JSONResponse(
            {"value": items, "@odata.nextLink": str(request.url.replace(query=words))}
        )

    def _find(self, request: Request, _: Any) -> Response:
        wanted = re.fullmatch(
            r"singleValueExtendedProperties/any\((\w+): \1/id eq '([^']+)' and "
            r"\1/value eq '([^']+)'\)",
            request.query_params["$filter"],
        )
        assert wanted is not None, request.query_params["$filter"]
        value = {"id": wanted[2], "value": wanted[3]}
        found = [
            _shown(each)
            for each in self._of(request)
            if value in each.get("singleValueExtendedProperties", ())
        ]
        return self._paged(request, found, {})

    def _insert(self, request: Request, body: Event) -> Response:
        calendar = request.path_params["calendar"]
        if not self.calendars[calendar]["canEdit"]:
            raise Wrong(403, "ErrorAccessDenied")
        said, id = self.used.get(body["transactionId"], (None, ""))
        if said is not None and (said != body or id not in self.events):
            raise Wrong(409, "ErrorDuplicateTransactionId")
        if said is None:
            id = self.event(calendar, "2026-01-01", "2026-01-02")
            self.change(id, **body)
            self.used[body["transactionId"]] = (body, id)
        return JSONResponse(_shown(self.events[id]), 201)

    def _get(self, request: Request, _: Any) -> Response:
        return JSONResponse(
            _selected(_shown(self._known(request)), request.query_params["$select"])
        )

    def _update(self, request: Request, body: Event) -> Response:
        known = self._known(request)
        if request.headers.get("if-match", known["@odata.etag"]) != known["@odata.etag"]:
            raise Wrong(412, "ErrorIrresolvableConflict")
        return JSONResponse(_shown(self._keep({**known, **body})))

    def _delete(self, request: Request, _: Any) -> Response:
        self.delete(self._known(request)["id"])
        return Response(status_code=204)

    def _known(self, request: Request) -> Event:
        known = self.events.get(request.path_params["event"])
        if known is None:
            raise Wrong(404, "ErrorItemNotFound")
        return known

    async def _subscribe(self, request: Request, body: dict[str, Any]) -> Response:
        self._check_end(body)
        if self.ring is not None:
            for address in {body["notificationUrl"], body["lifecycleNotificationUrl"]}:
                if await self.ring(address, "a word <b>") != "a word <b>":
                    raise Wrong(400, "ValidationError")
        id = f"channel-{next(self.numbers)}"
        self.channels[id] = body
        return JSONResponse({"id": id, **body}, 201)

    def _renew_channel(self, request: Request, body: dict[str, Any]) -> Response:
        self._check_end(body)
        known = self._channel(request)
        known.update(body)
        return JSONResponse({"id": request.path_params["id"], **known})

    def _end_channel(self, request: Request, _: Any) -> Response:
        self._channel(request)
        del self.channels[request.path_params["id"]]
        return Response(status_code=204)

    def _channel(self, request: Request) -> dict[str, Any]:
        known = self.channels.get(request.path_params["id"])
        if known is None:
            raise Wrong(404, "ResourceNotFound")
        return known

    def _check_end(self, body: dict[str, Any]) -> None:
        ends_at = datetime.fromisoformat(body["expirationDateTime"])
        if not self.now < ends_at <= self.now + LONGEST_CHANNEL:
            raise Wrong(400, "ExtensionError")


def _check_preferences(request: Request) -> None:
    preferred = request.headers.get("prefer", "")
    for wish in (IMMUTABLE, IN_UTC):
        if wish not in preferred and request.method != "DELETE":
            raise Undocumented(f"{wish} is not preferred")


def _at(at: str) -> dict[str, str]:
    """As Graph shows it to those who prefer UTC; whole days are at midnight, wherever."""
    if len(at) == len("2026-11-17"):
        return {"dateTime": f"{at}T00:00:00.0000000", "timeZone": "UTC"}
    moment = datetime.fromisoformat(at).replace(tzinfo=NEW_YORK).astimezone(UTC)
    return _in_utc(moment)


def _in_utc(moment: datetime) -> dict[str, str]:
    return {"dateTime": f"{moment:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"}


def _instant(at: dict[str, str]) -> datetime:
    return datetime.fromisoformat(at["dateTime"].partition(".")[0]).replace(tzinfo=UTC)


def _within(event: Event, start: str, end: str) -> list[Event]:
    """The times of an event in a stretch of time; what is odd is shown."""
    least, most = datetime.fromisoformat(start), datetime.fromisoformat(end)
    try:
        times = _times(event) if "_weekly" in event else [event]
        return [t for t in times if _instant(t["end"]) > least and _instant(t["start"]) < most]
    except (KeyError, TypeError, ValueError):
        return [event]


def _times(event: Event) -> list[Event]:
    """Each time of an event that comes again every week; its hour stays when clocks change."""
    first, last = _instant(event["start"]), _instant(event["end"])
    local = first.astimezone(NEW_YORK).replace(tzinfo=None)
    starts = rrule(WEEKLY, dtstart=local, count=event["_weekly"])
    zoned = [each.replace(tzinfo=NEW_YORK).astimezone(UTC) for each in starts]
    return [
        {
            **event,
            "id": f"{event['id']}.{start:%Y%m%d}",
            "type": "occurrence",
            "seriesMasterId": event["id"],
            "start": _in_utc(start),
            "end": _in_utc(start + (last - first)),
        }
        for start in zoned
    ]


def _shown(event: Event) -> Event:
    return {name: value for name, value in event.items() if name not in HIDDEN}


def _selected(thing: dict[str, Any], wanted: str | None) -> dict[str, Any]:
    if wanted is None:
        return thing
    names = {*wanted.split(","), "@odata.etag"}
    return {name: value for name, value in thing.items() if name in names}
