"""What the CRMs of our own have in common: tokens, failures, lost answers, and a clock."""

import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from plugins.connections.accounts import Pass

Row = dict[str, Any]
BEGIN = datetime(2026, 11, 16, 15, tzinfo=UTC)


class Refusal(Exception):
    """An answer that is an error, as the vendor words it."""

    def __init__(self, status: int, body: Any) -> None:
        super().__init__(str(body))
        self.status, self.body = status, body


@dataclass
class Failure:
    """An answer that is given instead of the right one, once."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass
class Standing:
    """Somebody, or something about them, as it stands there: in words that all vendors share."""

    record: str
    name: str = ""
    phone: str = ""
    email: str = ""
    words: str = ""
    contact: str = ""
    values: Row = field(default_factory=dict)


Do = Callable[[Request, Any], Any]


@dataclass
class FakeCrm(ABC):
    """One account: its records, and what was asked of it."""

    scheme: str = "Bearer"
    tokens: set[str] = field(default_factory=lambda: {"token"})
    failures: list[Failure] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    losing: set[str] = field(default_factory=set)
    """Requests (`POST /path`) that are carried out, and whose answer is lost."""
    grants: bool = True
    invisible: bool = False
    """Whether the search has not caught up yet with what was written."""
    usual: dict[str, str] = field(default_factory=dict)
    """What else every answer says."""
    later: tuple[int, list[Failure]] | None = None
    now: datetime = BEGIN
    ids: Any = field(default_factory=lambda: count(101))

    def app(self) -> Starlette:
        """Its API, as a Starlette app to serve."""
        known = [
            Route(path, self._answer(do), methods=[verb]) for verb, path, do in self.requests()
        ]
        return Starlette(routes=[*known, Route("/oauth/token", self._renew, methods=["POST"])])

    @abstractmethod
    def requests(self) -> Sequence[tuple[str, str, Do]]:
        """What it answers: a verb, a path, and what is done."""

    @abstractmethod
    def unauthorized(self) -> Any:
        """What it says to a token that is not good."""

    @abstractmethod
    def add(self, name: str, **values: str) -> str:
        """Somebody at the business writes a record: `phone`, `mobile`, `email`, `company`."""

    @abstractmethod
    def touch(self, record: str, **values: str) -> None:
        """Somebody at the business changes a record: `name`, `phone`, `email`."""

    @abstractmethod
    def people(self) -> list[Standing]:
        """Everybody on file."""

    @abstractmethod
    def noted(self, kind: str) -> list[Standing]:
        """What is noted: of the kind `call`, `lead` or `task`."""

    def busy(self, seconds: int) -> Failure:
        """How it says that it was asked too much."""
        return Failure(429, {"retry-after": str(seconds)})

    def failing_after(self, answers: int, failures: list[Failure]) -> None:
        """Let these failures follow, after so many answers."""
        self.later = (len(self.asked) + answers, failures)

    def tick(self) -> str:
        """A second passes; what time it is then."""
        self.now += timedelta(seconds=1)
        return self.now.isoformat()

    async def _renew(self, request: Request) -> Response:
        said = dict(parse_qsl((await request.body()).decode()))
        if not self.grants or said.get("refresh_token") != "refresh":
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = f"token-{next(self.ids)}"
        self.tokens = {token}
        return JSONResponse({"access_token": token, "expires_in": 3600, "token_type": "Bearer"})

    def _answer(self, do: Do) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            self.asked.append(f"{request.method} {request.url.path}")
            if self.later and len(self.asked) > self.later[0]:
                self.failures, self.later = self.later[1], None
            if self.failures:
                failure = self.failures.pop(0)
                return JSONResponse(failure.body, failure.status, headers=failure.headers)
            token = request.headers.get("authorization", "").removeprefix(f"{self.scheme} ")
            if token not in self.tokens:
                return JSONResponse(self.unauthorized(), 401)
            try:
                said = do(request, json.loads(await request.body() or b"null"))
            except Refusal as refusal:
                return JSONResponse(refusal.body, refusal.status)
            for lost in {each for each in self.losing if self.asked[-1].startswith(each)}:
                self.losing.remove(lost)
                return JSONResponse(None, 502)
            status, body = said if isinstance(said, tuple) else (200, said)
            if body is None:
                return Response(status_code=204, headers=self.usual)
            return JSONResponse(body, status, headers=self.usual)

        return endpoint


@dataclass
class Straight:
    """The port by which customer files are asked: straight to an app, with no server between."""

    app: Starlette

    async def ask(self, method: str, url: str, headers: Any, body: bytes) -> Any:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport) as client:
            answer = await client.request(method, url, headers=headers, content=body)
        return Answered(answer.status_code, dict(answer.headers), answer.content)

    async def enter(self, refused: str = "") -> Pass:
        """Let in with the token that is good at first."""
        return Pass("token", "https://crm.example")

    async def lapse(self, token: str) -> None:
        """It stays as it is: what the service answered counts."""


@dataclass
class Answered:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes
