"""What Zoho's answers mean.

Source: https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html and, for each request, the
possible errors on its page.
"""

import re
from typing import Any

from domain.crm.ports import CrmBusy, CrmRefused, FieldGone
from domain.crm.wire import Json, Taken, nonsense, pause
from domain.outgoing import Fetched, objects

# Seconds. Credits are counted over the last 24 hours: some come free all the time.
CREDITS_PAUSE = 1800.0
BURST_PAUSE = 60.0
_CREDITS = re.compile(r"credit|daily|day|24.?h", re.I)
NOT_THERE = "the id given seems to be invalid"


def fault(answer: Fetched, said: Any) -> Exception:
    """What an answer that is no success means."""
    error = _first(said)
    if answer.status == 429 or error.get("code") == "TOO_MANY_REQUESTS":
        lasting = _CREDITS.search(str(error.get("message", "")))
        return CrmBusy(pause(answer, CREDITS_PAUSE if lasting else BURST_PAUSE))
    if answer.status == 404:
        return KeyError("record")
    if answer.status in (400, 202, 207):
        return meaning(error)
    if answer.status in (401, 403):
        return CrmRefused(f"status_{answer.status}")
    return nonsense()


def meaning(error: Json) -> Exception:
    """What an error means: of the whole request, or of the one record in it."""
    code, details = error.get("code"), error.get("details")
    details = details if isinstance(details, dict) else {}
    if code == "DUPLICATE_DATA":
        other = details.get("duplicate_record")
        found = other.get("id") if isinstance(other, dict) else details.get("id")
        return Taken(str(found or ""))
    if code == "INVALID_DATA" and NOT_THERE in str(error.get("message", "")):
        return KeyError("record")
    if name := details.get("column_name") or details.get("api_name"):
        return FieldGone(str(name)[:100])
    return CrmRefused("invalid_request")


def refusal(said: Any) -> Json | None:
    """The error that stands in an answer of success, for its one record."""
    error = _first(said)
    return error if error.get("status") == "error" else None


def _first(said: Any) -> Json:
    if not isinstance(said, dict):
        return {}
    found = objects(said.get("data")) or objects(said.get("fields"))
    return found[0] if found else said
