"""Requests to a customer file, in HTTP and JSON: what is the same at every vendor's."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from json import JSONDecodeError
from typing import Any

from domain.entrance import Access, Entrance, let_in
from domain.errors import Unavailable
from domain.outgoing import Fetched, Http, seconds_asked

# Seconds: nobody sensible asks for more patience, and a day's quota is back by then.
LONGEST_PAUSE = 86_400.0
Json = dict[str, Any]


class Taken(Exception):
    """There is a record with this value already; its number, if that was said."""

    def __init__(self, record: str = "") -> None:
        super().__init__(record)
        self.record = record


@dataclass
class Day:
    """How much of the requests of a day is left, from 1 to 0, as far as the vendor says so."""

    left: float = 1.0


def unsaid(answer: Fetched) -> float | None:
    """Where a vendor does not say how much of a day is left."""
    return None


@dataclass(frozen=True)
class Wire:
    """Speaks with one account."""

    http: Http
    access: Access[Entrance]
    fault: Callable[[Fetched, Any], Exception]
    """What an answer that is no success means."""
    scheme: str = "Bearer"
    left: Callable[[Fetched], float | None] = unsaid
    """What an answer says of how much of a day is left."""
    day: Day = field(default_factory=Day)

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What is answered; {} for nothing. Raises as the port says, `Taken`, `KeyError` (404)."""
        answer = await let_in(
            self.access, lambda entrance: self._send(method, path, body, entrance)
        )
        said = _json(answer)
        if 200 <= answer.status < 300:
            if said is None:
                raise nonsense()
            return said
        raise self.fault(answer, said or {})

    async def _send(self, method: str, path: str, body: Any, entrance: Entrance) -> Fetched:
        headers = {
            "Authorization": f"{self.scheme} {entrance.token}",
            "Accept": "application/json",
        }
        content = b""
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        answer = await self.http.ask(method, entrance.api + path, headers, content)
        left = self.left(answer)
        self.day.left = self.day.left if left is None else left
        return answer


def nonsense() -> Unavailable:
    """An answer that cannot be read, or contradicts itself."""
    return Unavailable("The customer file does not answer as it should")


def pause(answer: Fetched, usual: float, header: str = "retry-after") -> float:
    """Seconds to wait: as many as a header says; else what is usual there."""
    seconds = seconds_asked(answer.headers, LONGEST_PAUSE, header)
    return usual if seconds is None else seconds


def words(values: Any) -> dict[str, str]:
    """What of an object is words; what is empty, or of a kind we do not know, is left out."""
    if not isinstance(values, dict):
        return {}
    return {name: value for name, value in values.items() if isinstance(value, str) and value}


def _json(answer: Fetched) -> Any:
    if not answer.body:
        return {}
    try:
        return json.loads(answer.body)
    except (JSONDecodeError, UnicodeDecodeError):
        return None
