"""The protocol itself, by authlib: which requests are good, and what is answered.

authlib is synchronous. It runs in a thread for each request, and asks the ledger from there, in
the event loop. Its own ways of keeping tokens are not used: making one and keeping it are one deed
here, under one lock.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from anyio import from_thread, to_thread
from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    InvalidClientError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
)
from authlib.oauth2.rfc6749.grants import (
    AuthorizationCodeGrant,
    ClientCredentialsGrant,
    RefreshTokenGrant,
)
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc7662 import IntrospectionEndpoint

from api.oauth.client import AUTH_METHODS, Client
from api.oauth.forms import AppRequest
from api.oauth.ledger import Code, Known, Ledger, described
from domain.scope import Scope
from tenants.apps.families import Tokens

T = TypeVar("T")

Made = tuple[int, Any, list[tuple[str, str]]]


class InvalidTarget(OAuth2Error):  # type: ignore[misc]  # authlib has no types
    """A token is asked for that would be good somewhere else (RFC 8707)."""

    error = "invalid_target"


class ClientRefused(InvalidClientError):  # type: ignore[misc]
    """Nobody we know; whether there is such an app is not said."""

    def __init__(self) -> None:
        super().__init__(description="Client authentication failed", status_code=401)


@dataclass(frozen=True)
class Answer:
    """What is sent back: JSON, or a browser to somewhere else."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def location(self) -> str | None:
        """Where a browser is sent."""
        return self.headers.get("Location")


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """Tokens for a code that somebody's consent gave out."""

    TOKEN_ENDPOINT_AUTH_METHODS = AUTH_METHODS

    def generate_authorization_code(self) -> str:
        """Have whoever is signed in agree, and keep the code."""
        request = self.request
        ledger: Ledger = self.server.ledger
        return _ask(ledger.agree, request.user, request.client, request.scope, request.payload.data)

    def save_authorization_code(self, code: str, request: AppRequest) -> None:
        """It is kept already."""

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        """A code that was not redeemed yet."""
        ledger: Ledger = self.server.ledger
        return _ask(ledger.code, code, client)

    def create_token_response(self) -> Made:
        """Redeem the code."""
        code: Code = self.request.authorization_code
        tokens = _ask(self.server.ledger.redeem, code.place, self.request.client)
        if tokens is None:
            raise InvalidGrantError("Invalid 'code' in request.")
        return 200, told(tokens), self.TOKEN_RESPONSE_HEADER


class RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    """The next tokens for a refresh token."""

    TOKEN_ENDPOINT_AUTH_METHODS = AUTH_METHODS

    def authenticate_refresh_token(self, refresh_token: str) -> Known | None:
        """A token that was given out, good or not."""
        ledger: Ledger = self.server.ledger
        return _ask(ledger.token, refresh_token)

    def create_token_response(self) -> Made:
        """Use the token up. A business is not asked for an app whose own home is not served."""
        request, ledger = self.request, self.server.ledger
        client: Client = request.client
        if not client.is_served:
            raise InvalidGrantError
        tokens = _ask(ledger.refresh, request.refresh_token, client, request.payload.scope)
        if tokens is None:
            raise InvalidGrantError
        return 200, told(tokens), self.TOKEN_RESPONSE_HEADER


class HomeGrant(ClientCredentialsGrant):  # type: ignore[misc]
    """A token for the app's own home."""

    TOKEN_ENDPOINT_AUTH_METHODS = AUTH_METHODS

    def create_token_response(self) -> Made:
        """Give one out."""
        client, scope = self.request.client, self.request.payload.scope
        if client.wanted(scope) is None:
            raise InvalidScopeError
        tokens = _ask(self.server.ledger.at_home, client, scope)
        return 200, told(tokens), self.TOKEN_RESPONSE_HEADER


class Challenge(CodeChallenge):  # type: ignore[misc]
    """PKCE with S256, from every client. authlib's own `required` lets confidential ones pass."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Refuse whoever sends none, or a plain one."""
        fields = grant.request.payload.data
        if not fields.get("code_challenge") or not fields.get("code_challenge_method"):
            raise InvalidRequestError("Send a code_challenge with code_challenge_method=S256")
        super().validate_code_challenge(grant, redirect_uri)


class Revocation(RevocationEndpoint):  # type: ignore[misc]
    """Tokens that an app gives back (RFC 7009); those of others are unknown to it."""

    CLIENT_AUTH_METHODS = AUTH_METHODS

    def authenticate_token(self, request: AppRequest, client: Client) -> Known | None:
        """A token of the client's; its kind is known without a hint."""
        return _token_of(self.server.ledger, request, client)

    def revoke_token(self, token: Known, request: AppRequest) -> None:
        """End it."""
        _ask(self.server.ledger.give_back, token, request.client)


class Introspection(IntrospectionEndpoint):  # type: ignore[misc]
    """Whether a token of its own is good (RFC 7662)."""

    CLIENT_AUTH_METHODS = AUTH_METHODS

    def create_endpoint_response(self, request: AppRequest) -> Made:
        """What it is good for, or that it is not active."""
        server: Server = self.server
        client = self.authenticate_endpoint_client(request)
        token = _token_of(server.ledger, request, client)
        good = _ask(server.ledger.good_for, token, client) if token else None
        # Every token is good for something, unless it is not good.
        body: dict[str, Any] = {"active": False}
        if token and good:
            body = described(token, client, server.issuer, good)
        return 200, body, [("Content-Type", "application/json"), ("Cache-Control", "no-store")]


class Server(AuthorizationServer):  # type: ignore[misc]
    """The authorisation server of a deployment, which is called `issuer`."""

    def __init__(self, ledger: Ledger, issuer: str) -> None:
        super().__init__()
        self.ledger = ledger
        self.issuer = issuer
        self.register_grant(CodeGrant, [Challenge()])
        self.register_grant(RefreshGrant)
        self.register_grant(HomeGrant)
        self.register_endpoint(Revocation)
        self.register_endpoint(Introspection)

    async def tokens(self, request: AppRequest) -> Answer:
        """Answer at the token endpoint."""
        return await self._run(self.create_token_response, request)

    async def endpoint(self, name: str, request: AppRequest) -> Answer:
        """Answer at one of the smaller endpoints."""
        return await self._run(self.create_endpoint_response, name, request)

    async def wish(self, request: AppRequest) -> Any:
        """What an app asks of whoever is sent here. Raises `OAuth2Error`."""
        return await to_thread.run_sync(partial(self.get_consent_grant, request))

    async def decide(self, grant: Any, agreed: Scope | None) -> Answer:
        """Send a browser back with a code, or without if nobody agreed."""
        return await self._run(self.create_authorization_response, grant.request, agreed, grant)

    async def refuse(self, request: AppRequest, error: OAuth2Error) -> Answer:
        """Send a browser back with an error, or answer with it."""
        return await self._run(self.handle_error_response, request, error)

    async def _run(self, deed: Callable[..., Any], *given: Any) -> Answer:
        answer: Answer = await to_thread.run_sync(partial(deed, *given))
        return answer

    def query_client(self, client_id: str) -> Client | None:
        """For authlib."""
        return _ask(self.ledger.client, client_id)

    def authenticate_client(
        self, request: AppRequest, methods: list[str], endpoint: str = "token"
    ) -> Client:
        """Who asks, if they prove it. Raises `ClientRefused`, whatever is wrong."""
        given = request.credentials
        client = self.query_client(given.client_id)
        if client is None or not client.is_proved_by(given.secret):
            raise ClientRefused
        return client

    def create_oauth2_request(self, request: AppRequest) -> AppRequest:
        """It is one already; a token is good here and nowhere else."""
        wanted = request.form.get("resource")
        if wanted is not None and wanted not in {self.issuer, f"{self.issuer}/graphql"}:
            raise InvalidTarget("Tokens are good here only")
        return request

    def send_signal(self, name: str, *given: Any, **more: Any) -> None:
        """Nobody listens: what happened is recorded where it is done."""

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Answer:
        """An answer; a browser is told who sends it, with errors too (RFC 9207)."""
        told = dict(headers)
        if "Location" in told:
            told["Location"] = add_params_to_uri(told["Location"], [("iss", self.issuer)])
        return Answer(status, body, told)


def told(tokens: Tokens) -> dict[str, Any]:
    """Tokens as RFC 6749 writes them."""
    given: dict[str, Any] = {
        "access_token": tokens.access,
        "expires_in": int(tokens.lasts.total_seconds()),
        "scope": " ".join(tokens.permissions),
        "token_type": "Bearer",
    }
    return given | ({"refresh_token": tokens.refresh} if tokens.refresh else {})


def _token_of(ledger: Ledger, request: AppRequest, client: Client) -> Known | None:
    token = request.form.get("token")
    if token is None:
        raise InvalidRequestError("Send a token")
    known = _ask(ledger.token, token)
    return known if known is not None and known.check_client(client) else None


def _ask(deed: Callable[..., Coroutine[Any, Any, T]], *given: Any) -> T:
    """Ask in the event loop, from authlib's thread."""
    return from_thread.run(deed, *given)
