"""What a FHIR server says when it does not do something, as our errors.

Only codes and places are read of an outcome: what it says in words may name a patient.
"""

import json
import re

from domain.calendars.ports import AskedTooMuch, CalendarRefused
from domain.calendars.wire import LONGEST_PAUSE, USUAL_PAUSE
from domain.errors import DomainError, Unavailable
from domain.outgoing import Fetched, seconds_asked
from integrations.fhir.ports import NotThere, Overtaken, Resource, ResourceRefused

CODE = re.compile(r"[a-z-]{1,40}")
PLACE = re.compile(r"[A-Za-z][A-Za-z0-9.\[\]]{0,99}")
GRAVE = ("fatal", "error")
# Codes of issues (FHIR R4, IssueType) that pass by themselves.
PASSING = {
    "exception",
    "incomplete",
    "lock-error",
    "no-store",
    "throttled",
    "timeout",
    "too-costly",
    "transient",
}
ENTRY = {"expired", "forbidden", "login", "security", "unknown"}
GONE = {"deleted", "not-found"}
TOO_MANY = 429
# Request Timeout, Too Early.
LATER = {408, 425, TOO_MANY}
UNCLEAR = "processing"


def document(body: bytes) -> Resource:
    """A resource, as it was sent. Raises `Unavailable`."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("resourceType"), str):
        raise Unavailable("The FHIR server does not answer as it should")
    return found


def fault(answer: Fetched) -> DomainError:
    """Why it was not done."""
    code, place = _issue(answer.body)
    status = answer.status
    if status in (404, 410) or (status < 500 and code in GONE):
        return NotThere()
    if status in (409, 412) and code != "multiple-matches":
        return Overtaken()
    if status in (401, 403) or (status < 500 and code in ENTRY):
        return CalendarRefused(f"status_{status}")
    if 400 <= status < 500 and status not in LATER and code not in PASSING:
        return ResourceRefused(code or UNCLEAR, place)
    if status == TOO_MANY:
        return AskedTooMuch(_pause(answer))
    return Unavailable(f"The FHIR server answers {status}")


def _pause(answer: Fetched) -> float:
    """How many seconds it wants to be left alone."""
    seconds = seconds_asked(answer.headers, LONGEST_PAUSE)
    return USUAL_PAUSE if seconds is None else seconds


def _issue(body: bytes) -> tuple[str, str]:
    """The code of the gravest issue, and its place."""
    try:
        found = document(body)
    except Unavailable:
        return "", ""
    issues = found.get("issue") if found["resourceType"] == "OperationOutcome" else None
    known = [each for each in issues if isinstance(each, dict)] if isinstance(issues, list) else []
    for severity in GRAVE:
        for issue in known:
            if issue.get("severity") == severity:
                places = issue.get("expression") or [""]
                first = places[0] if isinstance(places, list) else ""
                return _said(CODE, issue.get("code")), _said(PLACE, first)
    return "", ""


def _said(pattern: re.Pattern[str], value: object) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""
