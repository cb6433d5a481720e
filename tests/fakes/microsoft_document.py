"""What requests to Graph's calendars look like: written by hand from the public reference.

https://learn.microsoft.com/graph/api/resources/calendar, /event and /subscription, version 1.0.
"""

from typing import Any

from tests.fakes.api_document import ApiDocument


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _asked(*names: str, required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "parameters": [
            {"name": name, "in": "query", "required": name in required, "schema": TEXT}
            for name in names
        ]
    }


def _sent(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"content": {"application/json": {"schema": schema}}}}


TEXT = {"type": "string"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$"}
ZONED = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}
TIME = _object({"dateTime": MOMENT, "timeZone": TEXT}, "dateTime", "timeZone")
OWN = _object(
    {"id": {"type": "string", "pattern": "^String [{][0-9a-f-]{36}[}] Name "}, "value": TEXT}
)
EVENT: dict[str, Any] = {
    "subject": {"type": "string", "maxLength": 255},
    "start": TIME,
    "end": TIME,
    "isAllDay": {"type": "boolean"},
    "location": _object({"displayName": TEXT}),
    "showAs": {"enum": ["free", "tentative", "busy", "oof", "workingElsewhere", "unknown"]},
    "recurrence": {"type": ["object", "null"]},
}
# An event is called something only when it is made.
NEW = {
    **EVENT,
    "transactionId": {"type": "string", "maxLength": 255},
    "singleValueExtendedProperties": {"type": "array", "items": OWN},
}
SUBSCRIPTION = {
    "changeType": {"type": "string", "pattern": "^(created|updated|deleted)(,[a-z]+)*$"},
    "notificationUrl": {"type": "string", "pattern": "^https://"},
    "lifecycleNotificationUrl": {"type": "string", "pattern": "^https://"},
    "resource": {"type": "string", "pattern": "^/?me/calendars/[^/]+/events$"},
    "expirationDateTime": ZONED,
    "clientState": {"type": "string", "maxLength": 128},
}
NEEDED = ("changeType", "notificationUrl", "resource", "expirationDateTime")
WINDOW = ("startDateTime", "endDateTime")
LIST = ("$select", "$top", "$skip")
CALENDAR = "/me/calendars/{calendar}"

DOCUMENT = ApiDocument(
    {
        "/me/calendars": {"get": _asked(*LIST)},
        f"{CALENDAR}/calendarView": {"get": _asked(*WINDOW, *LIST, required=WINDOW)},
        # It takes no $select; a round goes on by the links alone.
        f"{CALENDAR}/calendarView/delta": {
            "get": _asked(*WINDOW, "$deltatoken", "$skiptoken"),
        },
        f"{CALENDAR}/events": {
            "get": _asked("$filter", *LIST),
            "post": _sent(_object(NEW, "subject", "start", "end")),
        },
        "/me/events/{event}": {
            "get": _asked("$select"),
            "patch": _sent(_object(EVENT)),
            "delete": {},
        },
        "/subscriptions": {"post": _sent(_object(SUBSCRIPTION, *NEEDED))},
        "/subscriptions/{id}": {
            "patch": _sent(_object({"expirationDateTime": ZONED}, "expirationDateTime")),
            "delete": {},
        },
    },
    {},
)
