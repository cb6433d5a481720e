"""Requests that a browser makes with our cookie must come from our own pages.

Two proofs are asked for. The `Origin` header, if there is one, must be ours. And the page must
repeat the token that only our origin can read: a keyed fingerprint of the session cookie, set
beside it (double submit, bound to the session).
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from api.bearer import bearer_of
from api.problems import told
from domain.errors import Forbidden

HEADER = "X-CSRF-Token"
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})


class ForeignRequest(Forbidden):
    """A cookie came along with a request that our own pages did not make."""

    code = "CSRF_FAILED"


@dataclass(frozen=True)
class Csrf:
    """Makes and checks the token of a session cookie."""

    secret: bytes

    def token(self, session_cookie: str) -> str:
        """The token that goes with a session cookie, 64 hex digits."""
        return hmac.digest(self.secret, b"csrf|" + session_cookie.encode(), hashlib.sha256).hex()

    def check(self, connection: HTTPConnection, session_cookie: str) -> None:
        """Raise `ForeignRequest` unless the request repeats the token of its session."""
        given = connection.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), self.token(session_cookie).encode()):
            raise ForeignRequest(f"Repeat the CSRF token in the {HEADER} header")


def check_origin(connection: HTTPConnection, public_url: str) -> None:
    """Raise `ForeignRequest` if the page that asks is not ours; no header, no browser."""
    origin = connection.headers.get("Origin")
    if origin is None:
        return
    own = {_origin(public_url), f"{connection.url.scheme}://{connection.headers.get('Host', '')}"}
    if origin not in own:
        raise ForeignRequest("This page may not send requests here")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class CsrfMiddleware:
    """Refuses unsafe requests that carry our session cookie without both proofs.

    `genuine` returns that cookie if we signed it: any other opens nothing, and so needs no proof.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        csrf: Csrf,
        genuine: Callable[[HTTPConnection], str | None],
        public_url: str,
    ) -> None:
        self.app = app
        self.csrf = csrf
        self.genuine = genuine
        self.public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through what proves where it comes from."""
        if scope["type"] == "http" and scope["method"] not in HARMLESS:
            try:
                self._check(HTTPConnection(scope))
            except ForeignRequest as refused:
                await told(refused)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _check(self, connection: HTTPConnection) -> None:
        session_cookie = self.genuine(connection)
        if session_cookie is None and bearer_of(connection) is not None:
            # A program's own header: no page can make a browser add it without asking us first.
            return
        check_origin(connection, self.public_url)
        if session_cookie is not None:
            self.csrf.check(connection, session_cookie)
