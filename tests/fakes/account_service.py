"""A service of our own at which accounts are connected: tokens, failures, and lost answers."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Do = Callable[[Request, Any], Response | Awaitable[Response]]


class Wrong(Exception):
    """An answer that is an error, as the service words it."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class AccountService:
    """One account, and what was asked of it; `tokens` are those that let somebody in."""

    tokens: set[str] = field(default_factory=lambda: {"token"})
    grants: bool = True
    """Whether new tokens are given for the refresh token `refresh`."""
    useless: bool = False
    """Whether the tokens that it gives let nobody in."""
    failures: list[Wrong] = field(default_factory=list)
    """What is answered instead of the right thing, once each."""
    losing: set[str] = field(default_factory=set)
    """Methods of requests that are carried out, and whose answer is lost once."""
    asked: list[str] = field(default_factory=list)
    asked_with: list[str] = field(default_factory=list)
    """The token of each request."""
    undocumented: list[str] = field(default_factory=list)
    """Requests of which the service's document knows nothing: there must be none."""
    said: list[bytes] = field(default_factory=list)
    """What was answered."""
    numbers: Any = field(default_factory=lambda: count(1))

    def served(self, routes: list[tuple[str, Do, str]]) -> Starlette:
        """Its API, with the place where tokens are renewed."""
        known = [Route(path, self._answering(do), methods=[verb]) for path, do, verb in routes]
        return Starlette(routes=[*known, Route("/token", self._renew, methods=["POST"])])

    def worded(self, wrong: Wrong) -> dict[str, Any]:
        """An error, as the service words it."""
        raise NotImplementedError

    def checked(self, request: Request, body: bytes) -> Any:
        """The body of a request that is as the service wants it. Raises `Wrong`."""
        raise NotImplementedError

    async def _renew(self, request: Request) -> Response:
        said = dict(parse_qsl((await request.body()).decode()))
        if not self.grants or said.get("refresh_token") != "refresh":
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = f"token-{next(self.numbers)}"
        self.tokens = set() if self.useless else {token}
        given = {"access_token": token, "refresh_token": "refresh", "expires_in": 3600}
        return JSONResponse({**given, "token_type": "bearer"})

    def _answering(self, do: Do) -> Any:
        async def endpoint(request: Request) -> Response:
            body = await request.body()
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            self.asked.append(f"{request.method} {request.url.path}")
            self.asked_with.append(token)
            try:
                if self.failures:
                    raise self.failures.pop(0)
                if token not in self.tokens:
                    raise Wrong(401, "authError")
                answer = do(request, self.checked(request, body))
                if inspect.isawaitable(answer):
                    answer = await answer
                self.said.append(bytes(answer.body))
                if request.method in self.losing:
                    self.losing.remove(request.method)
                    raise Wrong(502, "backendError")
            except Wrong as wrong:
                return JSONResponse(self.worded(wrong), wrong.status, wrong.headers)
            return answer

        return endpoint
