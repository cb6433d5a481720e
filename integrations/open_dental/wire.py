"""Requests to one practice: rows, page by page, and writing them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from domain.calendars.ports import AskedTooMuch, CalendarRefused
from domain.calendars.wire import LONGEST_PAUSE, USUAL_PAUSE
from domain.errors import DomainError, Unavailable
from domain.outgoing import Fetched, Http, objects, seconds_asked
from integrations.open_dental.pace import Pace
from integrations.open_dental.ports import NotThere, RequestRefused, Row

# What the documentation calls the hard limit of every list.
PAGE = 100
# A year of a large practice; a list that never ends is not followed.
MOST_PAGES = 300
Values = Mapping[str, Any]


@dataclass(frozen=True)
class Keys:
    """By what a practice knows us: the developer's key, and the one it gave us."""

    developer: str = field(repr=False)
    customer: str = field(repr=False)

    @property
    def header(self) -> str:
        """As it is sent."""
        return f"ODFHIR {self.developer}/{self.customer}"


@dataclass(frozen=True)
class Wire:
    """One practice, by the base address without a slash at its end."""

    base: str
    keys: Keys
    http: Http
    pace: Pace
    seconds: float = 1.0
    """Between two requests."""

    async def one(self, path: str) -> Row:
        """One row. Raises `NotThere` and whatever else stands in the way."""
        found = _document(await self._ask("GET", path))
        if not isinstance(found, dict):
            raise Unavailable("Open Dental does not answer as it should")
        return found

    async def all(self, path: str, values: Values) -> list[Row]:
        """All rows of a list, a hundred at a time."""
        found: list[Row] = []
        for _ in range(MOST_PAGES):
            offset = {"Offset": str(len(found))} if found else {}
            # The documentation wants spaces as %20.
            query = urlencode({**values, **offset}, quote_via=quote)
            answer = _document(await self._ask("GET", f"{path}?{query}" if query else path))
            if not isinstance(answer, list):
                raise Unavailable("Open Dental does not answer as it should")
            found += objects(answer)
            if len(answer) < PAGE:
                return found
        raise Unavailable("The lists of Open Dental have no end")

    async def create(self, path: str, values: Values) -> Row:
        """Write a new row; as it is then. Raises `RequestRefused`."""
        found = _document(await self._ask("POST", path, values))
        if not isinstance(found, dict):
            raise Unavailable("Open Dental does not say what it has written")
        return found

    async def update(self, path: str, values: Values) -> None:
        """Change some fields of a row, or do something with it."""
        await self._ask("PUT", path, values)

    async def _ask(self, method: str, path: str, values: Values | None = None) -> Fetched:
        await self.pace.turn(self.seconds)
        headers = {
            "Accept": "application/json",
            "Authorization": self.keys.header,
            "Content-Type": "application/json",
        }
        body = json.dumps(values).encode() if values is not None else b""
        answer = await self.http.ask(method, f"{self.base}/{path}", headers, body)
        if not 200 <= answer.status < 300:
            raise fault(answer)
        return answer


def fault(answer: Fetched) -> DomainError:
    """Why it was not done."""
    status = answer.status
    if status == 404:
        return NotThere()
    if status == 400:
        return RequestRefused()
    if status in (401, 403, 410):
        return CalendarRefused(f"status_{status}")
    if status == 429:
        asked = seconds_asked(answer.headers, LONGEST_PAUSE)
        return AskedTooMuch(USUAL_PAUSE if asked is None else asked)
    return Unavailable(f"Open Dental answers {status}")


def _document(answer: Fetched) -> Any:
    try:
        return json.loads(answer.body)
    except ValueError:
        raise Unavailable("Open Dental does not answer as it should") from None
