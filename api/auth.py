"""Who is behind a request, and the two routes by which people sign in and out."""

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Protocol

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route

from api.csrf import Csrf
from api.problems import BadRequest
from domain.errors import FieldProblem, InvalidInput
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants import sessions
from tenants.errors import SessionEnded
from tenants.sessions import Standing

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

    def __init__(self, settings: CookieSettings, unit_of_work: UnitsOfWork) -> None:
        self.settings = settings
        self.unit_of_work = unit_of_work
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
        return await sessions.resume(token, self.unit_of_work.clock.now())

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

    def give(self, response: Response, cookie: str) -> None:
        """Set the cookies of a new session."""
        lifetime = int(sessions.LASTS.total_seconds())
        self._set(response, self.settings.name, cookie, max_age=lifetime, httponly=True)
        csrf_token = self.csrf.token(cookie)
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


class Credentials(BaseModel):
    """What a person types to sign in."""

    model_config = ConfigDict(extra="forbid", strict=True)

    email: str = Field(min_length=3, max_length=254)
    # Longer ones only cost us time to hash.
    password: str = Field(min_length=1, max_length=1000)


def routes(cookies: SessionCookies) -> list[Route]:
    """`POST /auth/sign-in` and `POST /auth/sign-out`."""

    async def sign_in(request: Request) -> Response:
        """Check an address and a password; set the session cookie."""
        given = await _credentials(request)
        begun = await sessions.sign_in(cookies.unit_of_work, given.email, given.password)
        cookie = cookies.signed(begun.token)
        body = {"csrfToken": cookies.csrf.token(cookie), "expiresAt": begun.expires_at}
        response = Response(orjson.dumps(body), media_type="application/json")
        response.headers["Cache-Control"] = "no-store"
        cookies.give(response, cookie)
        return response

    async def sign_out(request: Request) -> Response:
        """End the session of the cookie; without one there is nothing to do."""
        response = Response(status_code=204)
        cookies.take_back(response)
        try:
            standing = await cookies.standing(request)
        except SessionEnded:
            return response
        if standing is not None:
            await sessions.sign_out(cookies.unit_of_work, standing)
        return response

    return [
        Route("/auth/sign-in", sign_in, methods=["POST"]),
        Route("/auth/sign-out", sign_out, methods=["POST"]),
    ]


async def _credentials(request: Request) -> Credentials:
    # A form on another site can post text, but not JSON: asking for it keeps strangers out.
    if not request.headers.get("Content-Type", "").startswith("application/json"):
        raise BadRequest("Send JSON")
    try:
        return Credentials.model_validate_json(await request.body())
    except ValidationError as wrong:
        problems = [FieldProblem(str(e["loc"][-1]), e["msg"]) for e in wrong.errors() if e["loc"]]
        raise InvalidInput("Send an email and a password", *problems) from wrong
