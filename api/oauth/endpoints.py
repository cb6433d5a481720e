"""Where programs ask: tokens, revocation, introspection, and what there is (RFC 8414)."""

from dataclasses import dataclass
from typing import Any

import orjson
from authlib.oauth2 import OAuth2Error
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.oauth.client import AUTH_METHODS
from api.oauth.forms import AppRequest, read_form
from api.oauth.server import Answer, Server
from domain.rates import Bucket, RateLimiter, admit
from tenants.roles import FOR_PEOPLE, OF_CALLS_ONLY, Permission

AUTHORIZE = "/oauth/authorize"
INTROSPECT = "/oauth/introspect"
REGISTER = "/oauth/register"
REVOKE = "/oauth/revoke"
TOKEN = "/oauth/token"  # noqa: S105  # a path
METADATA = "/.well-known/oauth-authorization-server"
# Of one address: a partner's server refreshes for many businesses within a minute.
ASKED_AT_ONCE = 300
ASKED_PER_SECOND = 10.0


@dataclass(frozen=True)
class Gate:
    """Counts requests by where they come from; without a limiter everybody is let in."""

    limiter: RateLimiter | None = None

    async def admit(self, request: Request, kind: str, points: int, per_second: float) -> None:
        """Count one. Raises `RateLimited`."""
        if self.limiter is None:
            return
        address = request.client.host if request.client else "nowhere"
        bucket = Bucket(f"oauth:{kind}:{address}", points, per_second)
        await admit(self.limiter, [bucket], "Ask less often")


@dataclass(frozen=True)
class Endpoints:
    """The routes for programs."""

    server: Server
    gate: Gate
    registers: bool = False
    """Whether apps may register themselves."""

    def routes(self) -> list[Route]:
        """`/oauth/token`, `/oauth/revoke`, `/oauth/introspect` and the metadata."""
        return [
            Route(TOKEN, self.token, methods=["POST"]),
            Route(REVOKE, self.revoke, methods=["POST"]),
            Route(INTROSPECT, self.introspect, methods=["POST"]),
            Route(METADATA, self.metadata, methods=["GET"]),
        ]

    async def token(self, request: Request) -> Response:
        """Tokens for a code, a refresh token or a secret."""
        form = await self._read(request)
        return as_json(await self.server.tokens(form) if isinstance(form, AppRequest) else form)

    async def revoke(self, request: Request) -> Response:
        """Take a token back; an unknown one is as good as taken back."""
        return await self._smaller("revocation", request)

    async def introspect(self, request: Request) -> Response:
        """Say whether a token of the app's own is good."""
        return await self._smaller("introspection", request)

    async def metadata(self, request: Request) -> Response:
        """What this server can do."""
        body = described(self.server.issuer, registers=self.registers)
        return Response(orjson.dumps(body), media_type="application/json")

    async def _smaller(self, name: str, request: Request) -> Response:
        form = await self._read(request)
        if not isinstance(form, AppRequest):
            return as_json(form)
        return as_json(await self.server.endpoint(name, form))

    async def _read(self, request: Request) -> AppRequest | Answer:
        """The form, or why it is none. Raises `RateLimited`."""
        await self.gate.admit(request, "ask", ASKED_AT_ONCE, ASKED_PER_SECOND)
        try:
            return self.server.create_oauth2_request(await read_form(request))
        except OAuth2Error as wrong:
            return self.server.handle_response(*wrong())


def described(issuer: str, *, registers: bool) -> dict[str, Any]:
    """The metadata of an authorisation server (RFC 8414)."""
    scopes = sorted(set(Permission) - FOR_PEOPLE - OF_CALLS_ONLY)
    told = {
        "authorization_endpoint": issuer + AUTHORIZE,
        "authorization_response_iss_parameter_supported": True,
        "code_challenge_methods_supported": ["S256"],
        "grant_types_supported": ["authorization_code", "client_credentials", "refresh_token"],
        "introspection_endpoint": issuer + INTROSPECT,
        "introspection_endpoint_auth_methods_supported": AUTH_METHODS,
        "issuer": issuer,
        "response_modes_supported": ["query"],
        "response_types_supported": ["code"],
        "revocation_endpoint": issuer + REVOKE,
        "revocation_endpoint_auth_methods_supported": AUTH_METHODS,
        "scopes_supported": scopes,
        "token_endpoint": issuer + TOKEN,
        "token_endpoint_auth_methods_supported": AUTH_METHODS,
    }
    return told | ({"registration_endpoint": issuer + REGISTER} if registers else {})


def as_json(answer: Answer) -> Response:
    """An answer to a program, which nobody keeps."""
    response = Response(orjson.dumps(answer.body), answer.status, media_type="application/json")
    response.headers.update(answer.headers)
    response.headers["Cache-Control"] = "no-store"
    return response
