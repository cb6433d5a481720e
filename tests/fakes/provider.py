"""An OpenID provider of our own, which keeps to the rules unless a test tells it not to."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from domain.clock import Clock

CLIENT_ID = "deskbell"
CLIENT_SECRET = "provider's secret, with : and % and ü"
LASTS = 300

Signing = Callable[[dict[str, Any]], str]


@cache
def signing_key(kid: str) -> RSAKey:
    """A key of that name: making one takes longer than a sign-in, so it is made once a run."""
    return RSAKey.generate_key(2048, {"kid": kid})


@dataclass
class Provider:
    """Knows one client. `said` changes what its tokens say; None takes a claim out."""

    clock: Clock
    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: signing_key("one"))
    said: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    """What discovery says otherwise."""
    names_itself: bool = True
    """Whether it says who it is when a browser leaves (RFC 9207)."""
    signing: Signing | None = None
    answers: dict[str, Callable[[Request], Any]] = field(default_factory=dict)
    """What a path is answered with instead."""
    userinfo: dict[str, Any] | None = None
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def app(self) -> Starlette:
        """The provider as a web application."""
        served = {
            "/.well-known/openid-configuration": self._discovery,
            "/jwks": self._jwks,
            "/token": self._token,
            "/userinfo": self._userinfo,
        }
        return Starlette(
            routes=[
                Route(path, self._at(path, serve), methods=["GET", "POST"])
                for path, serve in served.items()
            ]
        )

    def log_in(self, url: str, **claims: Any) -> str:
        """Somebody logs in where they were sent to; the query they are sent back with."""
        asked = dict(parse_qsl(urlsplit(url).query))
        assert asked["code_challenge_method"] == "S256"
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        code = secrets.token_urlsafe(16)
        self._codes[code] = {**asked, "claims": claims}  # type: ignore[dict-item]
        named = {"iss": self.issuer} if self.names_itself else {}
        return urlencode({"code": code, "state": asked["state"], **named})

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        """A token of this provider's."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid, **header}, claims, self.key)

    def logout_token(self, **claims: Any) -> str:
        """That somebody has signed out here."""
        said = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": int(self.clock.now().timestamp()),
            "jti": secrets.token_hex(8),
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        }
        said |= claims
        kept = {name: value for name, value in said.items() if value is not None}
        return self.sign(kept, typ="logout+jwt")

    def _at(self, path: str, serve: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            self.asked.append(path)
            instead = self.answers.get(path)
            return await (instead or serve)(request)

        return answer

    async def _discovery(self, request: Request) -> Response:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "authorization_response_iss_parameter_supported": self.names_itself,
        }
        return JSONResponse(told | self.told)

    async def _jwks(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _token(self, request: Request) -> Response:
        form = {
            name: values[0] for name, values in parse_qs((await request.body()).decode()).items()
        }
        if not self._knows(request):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = self._claims(asked)
        token = self.signing(claims) if self.signing else self.sign(claims)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": token})

    async def _userinfo(self, request: Request) -> Response:
        return JSONResponse(self.userinfo or {})

    def _knows(self, request: Request) -> bool:
        scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return False
        id, _, secret = base64.b64decode(encoded).decode().partition(":")
        return (unquote_plus(id), unquote_plus(secret)) == (CLIENT_ID, CLIENT_SECRET)

    def _claims(self, asked: dict[str, Any]) -> dict[str, Any]:
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + LASTS,
            "auth_time": now,
            "nonce": asked["nonce"],
            "email_verified": True,
            **asked["claims"],
            **self.said,
        }
        return {name: value for name, value in claims.items() if value is not None}
