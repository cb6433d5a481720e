"""What HubSpot's answers mean."""

import re
from typing import Any

from domain.crm.ports import CrmBusy, CrmRefused, FieldGone
from domain.crm.wire import Taken, nonsense, pause
from domain.outgoing import Fetched, objects

# Seconds. What is left of a day nobody says: looking every half an hour costs nothing.
DAILY_PAUSE = 1800.0
BURST_PAUSE = 10.0
_MISSING = re.compile(r"roperty \W*(\w{1,100})\W* does not exist")
GONE_FIELDS = {"PROPERTY_DOESNT_EXIST", "INVALID_OPTION", "READ_ONLY_VALUE"}


def fault(answer: Fetched, said: Any) -> Exception:
    """What an answer that is no success means."""
    said = said if isinstance(said, dict) else {}
    if answer.status == 429:
        daily = said.get("policyName") == "DAILY"
        return CrmBusy(pause(answer, DAILY_PAUSE if daily else BURST_PAUSE))
    if answer.status == 404:
        return KeyError("record")
    if answer.status == 409:
        return Taken(_number(str(said.get("message", ""))))
    if answer.status == 400:
        return _wrong(said)
    if answer.status in (401, 403):
        return CrmRefused(f"status_{answer.status}")
    return nonsense()


def _wrong(said: dict[str, Any]) -> Exception:
    """Which field is wrong: it says so in a list, or in its message only."""
    for error in objects(said.get("errors")):
        if error.get("code") == "CONFLICTING_UNIQUE_VALUE":
            return Taken()
        if error.get("code") in GONE_FIELDS:
            context = error.get("context") or {}
            names = context.get("propertyName") or context.get("name") or [error.get("name")]
            return FieldGone(str(names[0] or "?")[:100])
    named = _MISSING.search(str(said.get("message", "")))
    return FieldGone(named[1]) if named else CrmRefused("invalid_request")


def _number(message: str) -> str:
    """The record that stands in the way: `Contact already exists. Existing ID: 101`."""
    number = message.rpartition(":")[2].strip()
    return number if number.isdecimal() else ""
