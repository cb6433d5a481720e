"""Requests to HubSpot and what its answers mean."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from json import JSONDecodeError
from typing import Any, Protocol

from domain.crm.ports import CrmBusy, CrmRefused, FieldGone
from domain.errors import Unavailable

# Seconds. What is left of a day nobody says: looking every half an hour costs nothing.
DAILY_PAUSE = 1800.0
BURST_PAUSE = 10.0
LONGEST_PAUSE = 86_400.0
_MISSING = re.compile(r"roperty \W*(\w{1,100})\W* does not exist")
GONE_FIELDS = {"PROPERTY_DOESNT_EXIST", "INVALID_OPTION", "READ_ONLY_VALUE"}


class Fetched(Protocol):
    """An answer, as far as we look at it."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> dict[str, str]:
        """Its headers, with names in small letters."""

    @property
    def body(self) -> bytes:
        """All of it."""


class Http(Protocol):
    """A way out: bounded in time, size and reach. Raises `Unavailable`."""

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Fetched:
        """Send a request."""


class Access(Protocol):
    """Whoever has a token that is good now."""

    async def token(self, refused: str = "") -> str:
        """A token; a fresh one, if this one was `refused`."""


class Taken(Exception):
    """There is a record with this value already; its number, if that was said."""

    def __init__(self, record: str) -> None:
        super().__init__(record)
        self.record = record


@dataclass(frozen=True)
class Wire:
    """Speaks HTTP and JSON with one account."""

    http: Http
    access: Access
    api: str

    async def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """What is answered; {} for nothing. Raises as the port says, `Taken` and `KeyError` (404).

        A token that is refused is renewed once: whoever connected it may have done so just now.
        """
        token = await self.access.token()
        answer = await self._send(method, path, body, token)
        if answer.status == 401:
            token = await self.access.token(refused=token)
            answer = await self._send(method, path, body, token)
        said = _json(answer)
        if 200 <= answer.status < 300:
            if said is None:
                raise Unavailable("HubSpot does not answer as it should")
            return said
        raise _fault(answer, said or {})

    async def _send(self, method: str, path: str, body: Any, token: str) -> Fetched:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        if body is None:
            return await self.http.ask(method, self.api + path, headers, b"")
        headers["Content-Type"] = "application/json"
        return await self.http.ask(method, self.api + path, headers, json.dumps(body).encode())


def _json(answer: Fetched) -> dict[str, Any] | None:
    if not answer.body:
        return {}
    try:
        said = json.loads(answer.body)
    except (JSONDecodeError, UnicodeDecodeError):
        return None
    return said if isinstance(said, dict) else None


def _fault(answer: Fetched, said: dict[str, Any]) -> Exception:
    if answer.status == 429:
        return CrmBusy(_pause(answer, said))
    if answer.status == 404:
        return KeyError("record")
    if answer.status == 409:
        return Taken(_number(str(said.get("message", ""))))
    if answer.status == 400:
        return _wrong(said)
    if answer.status in (401, 403):
        return CrmRefused(f"status_{answer.status}")
    return Unavailable("HubSpot does not answer as it should")


def _pause(answer: Fetched, said: dict[str, Any]) -> float:
    after = answer.headers.get("retry-after", "")
    if after.isdecimal():
        return min(float(after), LONGEST_PAUSE)
    return DAILY_PAUSE if said.get("policyName") == "DAILY" else BURST_PAUSE


def _wrong(said: dict[str, Any]) -> Exception:
    """Which field is wrong: it says so in a list, or in its message only."""
    for error in said.get("errors") or ():
        if not isinstance(error, dict):
            continue
        if error.get("code") == "CONFLICTING_UNIQUE_VALUE":
            return Taken("")
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
