"""The way of a browser: sent here by an app, asked on our page, sent back with a code or not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from authlib.oauth2 import OAuth2Error
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from api import forms
from api.auth import SessionCookies
from api.forms import Form
from api.oauth.consent import page
from api.oauth.consent.page import Asked
from api.oauth.endpoints import AUTHORIZE, Gate
from api.oauth.forms import read_query
from api.oauth.server import Answer, Server
from api.sign_in import answered
from domain.errors import InvalidInput
from domain.scope import Scope
from tenants.apps.errors import ConsentOutdated
from tenants.apps.service import WRITE
from tenants.errors import SessionEnded

CONSENT = "/oauth/consent"
# Of one address: people look at this page, programs do not.
LOOKS_AT_ONCE = 60
LOOKS_PER_SECOND = 1.0


class Shown(Form):
    """What the page showed when somebody decided."""

    tenant: str = Field(max_length=63)
    scopes: list[str] = Field(max_length=100)


class Decision(Form):
    """The query with which the browser was sent here, and what was decided."""

    request: str = Field(max_length=8000)
    allow: bool
    shown: Shown


@dataclass(frozen=True)
class ConsentDesk:
    """The routes of the page."""

    server: Server
    cookies: SessionCookies
    gate: Gate

    def routes(self) -> list[Route]:
        """`/oauth/authorize`, `/oauth/consent`, and what the page loads."""
        return [
            Route(AUTHORIZE, self.ask, methods=["GET"]),
            Route(CONSENT, self.decide, methods=["POST"]),
            Route(page.SCRIPT, _asset("consent.js", "text/javascript"), methods=["GET"]),
            Route(page.STYLE, _asset("consent.css", "text/css"), methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Show who asks for what, or send the browser back with what is wrong."""
        await self.gate.admit(request, "look", LOOKS_AT_ONCE, LOOKS_PER_SECOND)
        try:
            grant = await self.server.wish(read_query(request.url.query))
        except OAuth2Error as wrong:
            return await self._refused(request.url.query, wrong)
        asked = asked_by(grant)
        if not asked.client.is_served:
            return page.tell("This app is not available", "Its publisher is not served here.", 403)
        scope = await self._scope(request)
        if scope is None:
            return page.ask_to_sign_in(asked)
        needed = {*asked.permissions, WRITE}
        return page.ask_to_agree(asked, scope, frozenset(needed - scope.permissions))

    async def decide(self, request: Request) -> Response:
        """Where to send the browser; nothing is agreed to but what was shown."""
        given = await forms.read(request, Decision)
        scope = await self._scope(request)
        if scope is None:
            raise SessionEnded
        try:
            grant = await self.server.wish(read_query(given.request))
        except OAuth2Error as wrong:
            raise InvalidInput.at("request", "This is not what an app may ask") from wrong
        asked = asked_by(grant)
        told = (scope.tenant.slug, sorted(asked.permissions))
        if told != (given.shown.tenant, sorted(given.shown.scopes)) or not asked.client.is_served:
            raise ConsentOutdated
        answer = await self.server.decide(grant, scope if given.allow else None)
        return answered({"location": answer.location})

    async def _refused(self, query: str, error: OAuth2Error) -> Response:
        """Back to the app, if it is known where that is; otherwise the person is told."""
        if not error.redirect_uri:
            # Whoever could be sent anywhere by a made-up request would be sent to strangers.
            words = error.get_error_description() or error.error
            return page.tell("This link does not work", words)
        answer = await self.server.refuse(read_query(query), error)
        return _sent(answer)

    async def _scope(self, request: Request) -> Scope | None:
        try:
            return await self.cookies.scope_of(request)
        except SessionEnded:
            return None


def asked_by(grant: Any) -> Asked:
    """What a grant that authlib has checked asks for."""
    permissions = tuple(sorted(grant.request.scope.split()))
    return Asked(grant.request.client, permissions, grant.redirect_uri)


def _sent(answer: Answer) -> Response:
    assert answer.location is not None
    return RedirectResponse(answer.location, 302, headers={"Cache-Control": "no-store"})


def _asset(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    """One of the files that the page names."""
    path = Path(__file__).with_name(name)

    async def asset(request: Request) -> Response:
        return Response(path.read_bytes(), media_type=media_type)

    return asset
