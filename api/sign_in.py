"""Signing in and out over plain HTTP, in one step or two; proving anew who one is; switching."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import forms
from api.access import access_of
from api.auth import SessionCookies
from api.forms import Form
from tenants import sessions
from tenants.devices import Origin
from tenants.door import Door, Entered
from tenants.errors import SessionEnded
from tenants.factors import Answer
from tenants.sessions import Begun, Standing

# Longer passwords only cost us time to hash.
LONGEST_PASSWORD = 1000

Route_ = Callable[[Request], Awaitable[Response]]


class Credentials(Form):
    """What a person types to sign in."""

    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=LONGEST_PASSWORD)


class Proof(Form):
    """A second factor: one of the three."""

    code: str | None = Field(None, max_length=20)
    recovery_code: str | None = Field(None, max_length=40)
    passkey: dict[str, Any] | None = None

    @property
    def answer(self) -> Answer:
        """The same in words of the tenants."""
        return Answer(self.code, self.recovery_code, self.passkey)


class SecondStep(Proof):
    """A second factor, and the sign-in that waits for it."""

    pending_token: str = Field(max_length=100)


class StepUp(Proof):
    """A second factor or a password, from somebody who is signed in."""

    password: str | None = Field(None, max_length=LONGEST_PASSWORD)


class PasskeyWish(Form):
    """Who is to be asked for a passkey: a sign-in that waits, or else whoever is signed in."""

    pending_token: str | None = Field(None, max_length=100)


class Switch(Form):
    """The short name of another tenant that one works for."""

    tenant: str = Field(max_length=63)


@dataclass(frozen=True)
class Desk:
    """The routes by which people come and go, and the cookies they get there."""

    cookies: SessionCookies
    door: Door

    def routes(self) -> list[Route]:
        """`/auth/…`, all of them POST."""
        served: dict[str, Route_] = {
            "mfa": self.second_step,
            "passkey-options": self.passkey_options,
            "sign-in": self.sign_in,
            "sign-out": self.sign_out,
            "step-up": self.step_up,
            "switch": self.switch,
        }
        return [Route(f"/auth/{path}", serve, methods=["POST"]) for path, serve in served.items()]

    async def sign_in(self, request: Request) -> Response:
        """Check an address and a password; a session, or the token of one to be."""
        given = await forms.read(request, Credentials)
        entered = await self.door.sign_in(given.email, given.password, origin_of(request))
        return self._pending(entered) if entered.pending else self._begun(entered)

    async def second_step(self, request: Request) -> Response:
        """Finish a sign-in with a second factor."""
        given = await forms.read(request, SecondStep)
        standing = await self.door.pending(given.pending_token)
        return self.opened(await self.door.finish(standing, given.answer, origin_of(request)))

    async def passkey_options(self, request: Request) -> Response:
        """What a browser needs to answer with a passkey; `publicKey` is null if there is none."""
        given = await forms.read(request, PasskeyWish)
        waits = given.pending_token
        standing = await (self.door.pending(waits) if waits else self.standing(request))
        return answered({"publicKey": await self.door.ask_passkey(standing)})

    async def step_up(self, request: Request) -> Response:
        """Prove anew who one is; destructive deeds are open for ten minutes."""
        given = await forms.read(request, StepUp)
        standing = await self.standing(request)
        origin = origin_of(request)
        begun = await self.door.step_up(standing, given.password, given.answer, origin)
        return self.opened(begun)

    async def switch(self, request: Request) -> Response:
        """Go on at another tenant that one works for."""
        given = await forms.read(request, Switch)
        standing = await self.standing(request)
        return self.opened(await sessions.switch(self.door.unit_of_work, standing, given.tenant))

    async def sign_out(self, request: Request) -> Response:
        """End the session of the cookie; without one there is nothing to do."""
        response = Response(status_code=204)
        self.cookies.take_back(response)
        # Browsers heed it over TLS; what a page kept of the business goes with the session.
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        try:
            standing = await self.cookies.standing(request)
        except SessionEnded:
            return response
        if standing is not None:
            await sessions.sign_out(self.cookies.unit_of_work, standing)
        return response

    async def standing(self, request: Request) -> Standing:
        """The session of the cookie. Raises `SessionEnded`."""
        standing = await self.cookies.standing(request)
        if standing is None:
            raise SessionEnded
        return standing

    def _pending(self, entered: Entered) -> Response:
        return answered(
            {
                "mfaRequired": True,
                "methods": entered.methods,
                "pendingToken": entered.session.token,
                "expiresAt": entered.session.expires_at,
            }
        )

    def _begun(self, entered: Entered) -> Response:
        return self.opened(entered.session, enrol=entered.enrol)

    def opened(self, begun: Begun, *, enrol: bool = False) -> Response:
        """The cookies of a session, and what our pages must know of it."""
        response = answered(
            {
                "mfaRequired": False,
                "mfaEnrolmentRequired": enrol,
                "csrfToken": self.cookies.csrf_token(begun.token),
                "expiresAt": begun.expires_at,
            }
        )
        self.cookies.give(response, begun.token)
        return response


def answered(body: Any, status: int = 200) -> Response:
    """JSON that no cache keeps."""
    response = Response(orjson.dumps(body), status, media_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def origin_of(request: Request) -> Origin:
    """Where somebody signs in from, as far as it is kept."""
    access = access_of(request, "")
    return Origin.of(access.address, access.agent)
