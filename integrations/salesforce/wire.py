"""What Salesforce's answers mean.

Source: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
"""

import re
from typing import Any

from domain.crm.ports import CrmBusy, CrmRefused, FieldGone
from domain.crm.wire import Json, Taken, nonsense, pause
from domain.outgoing import Fetched, objects

# Seconds. The day's requests are counted over the last 24 hours: some come free all the time.
DAILY_PAUSE = 1800.0
BURST_PAUSE = 10.0
LIMIT = "REQUEST_LIMIT_EXCEEDED"
GONE_FIELDS = {
    "INVALID_FIELD",
    "INVALID_FIELD_FOR_INSERT_UPDATE",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "STRING_TOO_LONG",
}
DUPLICATES = {"DUPLICATE_VALUE", "DUPLICATES_DETECTED"}
_COLUMN = re.compile(r"[Nn]o such column '(\w{1,100})'")
_USAGE = re.compile(r"api-usage=(\d{1,12})/(\d{1,12})")
_RECORD = re.compile(r"record with id: (\w{15,18})")


def fault(answer: Fetched, said: Any) -> Exception:
    """What an answer that is no success means."""
    errors = objects(said)
    if answer.status in (429, 503) or any(each.get("errorCode") == LIMIT for each in errors):
        return CrmBusy(pause(answer, _usual(errors)))
    return meaning(answer.status, errors)


def meaning(status: int, errors: list[Json]) -> Exception:
    """What errors mean, of an answer or of a part of one."""
    if status == 404:
        return KeyError("record")
    for each in errors:
        code, words = each.get("errorCode"), str(each.get("message", ""))
        if code in DUPLICATES:
            return Taken(_other(each, words))
        if code in GONE_FIELDS:
            named = _COLUMN.search(words)
            names = each.get("fields") or [named[1] if named else "?"]
            return FieldGone(str(names[0])[:100])
    if status in (300, 400, 401, 403):
        return CrmRefused(f"status_{status}" if status != 400 else "invalid_request")
    return nonsense()


def left(answer: Fetched) -> float | None:
    """How much of the last 24 hours' requests is left: `api-usage=18/5000`."""
    used = _USAGE.search(answer.headers.get("sforce-limit-info", ""))
    return 1 - int(used[1]) / int(used[2]) if used and int(used[2]) else None


def _usual(errors: list[Json]) -> float:
    whole_day = any("TotalRequests" in str(each.get("message")) for each in errors)
    return DAILY_PAUSE if whole_day else BURST_PAUSE


def _other(error: Json, words: str) -> str:
    """The record that stands in the way: by the message, or by what the rule found."""
    if named := _RECORD.search(words):
        return named[1]
    found = error.get("duplicateResult")
    results = objects(found.get("matchResults")) if isinstance(found, dict) else []
    records = [each.get("record") for one in results for each in objects(one.get("matchRecords"))]
    return next((str(each["Id"]) for each in objects(records) if each.get("Id")), "")
