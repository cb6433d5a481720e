"""Who is behind a request: the cookie in which a browser keeps the token of its session."""

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from typing import Protocol

from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.access import access_of
from api.csrf import Csrf
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants import sessions
from tenants.errors import SessionEnded
from tenants.grants import visits
from tenants.sessions import Lifetimes, Standing

CSRF_COOKIE = "deskbell_csrf"


class Authenticator(Protocol):
    """A way to tell who asks. A session cookie is the first; API keys are another."""

    async def scope_of(self, connection: HTTPConnection) -> Scope | None:
        """Who asks, as they may act at this moment; None if nobody says who they are.

        Raises `Unauthenticated` if they say so and it does not hold.
        """


@dataclass(frozen=True)
class CookieSettings:
    """How the session cookie is made; `secret` signs it and never leaves the process."""

    secret: bytes = field(repr=False)
    production: bool = False

    @property
    def name(self) -> str:
        """A browser accepts `__Host-` over TLS only, for this host and the whole site."""
        return "__Host-deskbell_session" if self.production else "deskbell_session"


class SessionCookies:
    """Signs, reads and verifies the cookie that holds a session's token."""

    def __init__(
        self,
        settings: CookieSettings,
        unit_of_work: UnitsOfWork,
        lifetimes: Lifetimes | None = None,
    ) -> None:
        self.settings = settings
        self.unit_of_work = unit_of_work
        self.lifetimes = lifetimes or Lifetimes()
        self.csrf = Csrf(settings.secret)

    async def scope_of(self, connection: HTTPConnection) -> Scope | None:
        """The scope of whoever the cookie names. Raises `SessionEnded`."""
        standing = await self.standing(connection)
        return standing.scope if standing else None

    async def standing(self, connection: HTTPConnection) -> Standing | None:
        """The session of the cookie. Raises `SessionEnded`."""
        if self.settings.name not in connection.cookies:
            return None
        # Garbage ends here: only what we signed ourselves is worth a question to the database.
        cookie = self.genuine(connection)
        if cookie is None:
            raise SessionEnded
        token = cookie.rpartition(".")[0]
        standing = await visits.resume(token, self.unit_of_work.clock.now())
        # A visit says by which grant.
        access = access_of(connection, standing.scope.access.via or f"session:{standing.id}")
        standing = replace(standing, scope=replace(standing.scope, access=access))
        await sessions.see(self.unit_of_work, standing, self.lifetimes)
        return standing

    def genuine(self, connection: HTTPConnection) -> str | None:
        """The session cookie of a request, if it is one of ours."""
        cookie = connection.cookies.get(self.settings.name, "")
        ours = self.signed(cookie.rpartition(".")[0])
        return cookie if hmac.compare_digest(cookie.encode(), ours.encode()) else None

    def signed(self, token: str) -> str:
        """The value of the cookie that holds a token."""
        secret = self.settings.secret
        digest = hmac.digest(secret, b"session|" + token.encode(), hashlib.sha256)
        return f"{token}.{digest.hex()}"

    def csrf_token(self, token: str) -> str:
        """What our pages repeat while the cookie holds that token."""
        return self.csrf.token(self.signed(token))

    def give(self, response: Response, token: str) -> None:
        """Set the cookies of a session that has a new token."""
        lifetime = int(self.lifetimes.lasts.total_seconds())
        self._set(response, self.settings.name, self.signed(token), max_age=lifetime, httponly=True)
        csrf_token = self.csrf_token(token)
        self._set(response, CSRF_COOKIE, csrf_token, max_age=lifetime, httponly=False)

    def take_back(self, response: Response) -> None:
        """Make the browser forget the cookies."""
        for name in (self.settings.name, CSRF_COOKIE):
            self._set(response, name, "", max_age=0, httponly=True)

    def _set(
        self, response: Response, name: str, value: str, *, max_age: int, httponly: bool
    ) -> None:
        response.set_cookie(
            name,
            value,
            max_age=max_age,
            path="/",
            secure=self.settings.production,
            httponly=httponly,
            samesite="lax",
        )
