"""One visit of a browser to a provider: where to, and who came back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus, urlencode

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from domain.ports import port
from integrations.oidc import tokens
from integrations.oidc.documents import JSON, Documents, Fetched, Metadata, json_in
from tenants.sso.ports import Challenge, Client, Finding, Named, ProviderFault, Return

SCOPE = "openid email profile"
FORM = {**JSON, "Content-Type": "application/x-www-form-urlencoded"}
BASIC, POST = "client_secret_basic", "client_secret_post"
# Longer ones would not fit where they are compared.
LONGEST_WORD = 320


@dataclass(frozen=True)
class OpenIdClient:
    """Speaks OpenID Connect: authorization code, PKCE, and everything about a token checked."""

    documents: Documents

    @port
    async def address(self, client: Client, challenge: Challenge) -> str:
        """Where to send a browser. Raises `ProviderFault`."""
        metadata = await self.documents.metadata(client.issuer)
        asked = {
            "response_type": "code",
            "client_id": client.client_id,
            "redirect_uri": client.redirect_uri,
            "scope": SCOPE,
            "state": challenge.state,
            "nonce": challenge.nonce,
            "code_challenge": create_s256_code_challenge(challenge.verifier),
            "code_challenge_method": "S256",
            **({"login_hint": challenge.email} if challenge.email else {}),
            **({"prompt": "login", "max_age": "0"} if challenge.fresh else {}),
        }
        return str(add_params_to_uri(metadata.authorization_endpoint, list(asked.items())))

    @port
    async def identify(self, client: Client, came: Return, challenge: Challenge) -> Named:
        """Who came back. Raises `ProviderFault`."""
        metadata = await self.documents.metadata(client.issuer)
        _check_return(came, metadata)
        sent = await self._exchange(client, metadata, came.code or "", challenge.verifier)
        claims = await self._claims(client, metadata, sent, challenge)
        if "email" not in claims and metadata.userinfo_endpoint and "access_token" in sent:
            claims = await self._userinfo(metadata.userinfo_endpoint, sent, claims) | claims
        return _named(claims)

    @port
    async def logged_out(self, client: Client, token: str) -> tuple[str | None, str | None]:
        """The subject and the session that a logout token ends. Raises `ProviderFault`."""
        metadata = await self.documents.metadata(client.issuer)
        claims = await self._signed(metadata, token)
        tokens.check_logout(claims, client, self.documents.clock.now())
        subject, session = _text(claims.get("sub")), _text(claims.get("sid"))
        if not subject and not session:
            raise ProviderFault("logout_nobody")
        return subject or None, session or None

    @port
    async def examine(self, client: Client) -> list[Finding]:
        """Whether everything is set up: what is published, and whether our secret is right."""
        try:
            metadata = await self.documents.metadata(client.issuer)
        except ProviderFault as fault:
            return [Finding("discovery", ok=False, detail=fault.reason)]
        found = [Finding("discovery", ok=True)]
        return [*found, await self._try_keys(metadata), await self._try_secret(client, metadata)]

    async def _try_keys(self, metadata: Metadata) -> Finding:
        try:
            published = await self.documents.keys(metadata)
        except ProviderFault as fault:
            return Finding("keys", ok=False, detail=fault.reason)
        usable = any(tokens.keys_for({"alg": alg}, published) for alg in tokens.ALGORITHMS)
        return Finding("keys", ok=usable, detail="" if usable else "keys_unusable")

    async def _try_secret(self, client: Client, metadata: Metadata) -> Finding:
        """Bring a code that nobody gave: whoever knows us finds fault with that, not with us."""
        try:
            fetched = await self._ask(client, metadata, "deskbell-tries-a-code", "0" * 43)
            error = _text(json_in(fetched.body, "token").get("error"))
        except ProviderFault as fault:
            return Finding("credentials", ok=False, detail=fault.reason)
        known = error == "invalid_grant"
        return Finding("credentials", ok=known, detail="" if known else _code(error))

    async def _exchange(
        self, client: Client, metadata: Metadata, code: str, verifier: str
    ) -> dict[str, Any]:
        fetched = await self._ask(client, metadata, code, verifier)
        sent = json_in(fetched.body, "token")
        if fetched.status != 200:
            raise ProviderFault(_code(_text(sent.get("error"))))
        return sent

    async def _ask(self, client: Client, metadata: Metadata, code: str, verifier: str) -> Fetched:
        """Ask the token endpoint with a code."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": client.redirect_uri,
            "code_verifier": verifier,
        }
        known = metadata.token_endpoint_auth_methods_supported
        how = POST if POST in known and BASIC not in known else BASIC
        # RFC 6749, section 2.3.1: as a form writes them, before they are put together.
        by_form = quote_plus if how == BASIC else str
        ours = ClientAuth(by_form(client.client_id), by_form(client.client_secret), how)
        url, headers, body = ours.prepare(
            "POST", metadata.token_endpoint, dict(FORM), urlencode(form)
        )
        return await self.documents.http.post(url, headers, body.encode())

    async def _claims(
        self, client: Client, metadata: Metadata, sent: dict[str, Any], challenge: Challenge
    ) -> dict[str, Any]:
        token = _text(sent.get("id_token"), longest=100_000)
        if not token:
            raise ProviderFault("token_missing")
        claims, header = await self._signed(metadata, token), tokens.header_of(token)
        wanted = {"nonce": challenge.nonce, "access_token": _text(sent.get("access_token"), 10_000)}
        tokens.check(claims, header, client, self.documents.clock.now(), **wanted)
        return claims

    async def _signed(self, metadata: Metadata, token: str) -> dict[str, Any]:
        """What a token says; a key that is not known yet is looked for once more."""
        header = tokens.header_of(token)
        keys = tokens.keys_for(header, await self.documents.keys(metadata))
        if not keys:
            again = await self.documents.keys(metadata, again=True)
            keys = tokens.keys_for(header, again)
        if not keys:
            raise ProviderFault("token_key_unknown")
        return tokens.claims_of(token, keys)

    async def _userinfo(
        self, url: str, sent: dict[str, Any], claims: dict[str, Any]
    ) -> dict[str, Any]:
        """What a provider tells of a person elsewhere; it must be the same person."""
        bearer = {"Authorization": f"Bearer {_text(sent['access_token'], 10_000)}"}
        fetched = await self.documents.http.get(url, {**JSON, **bearer})
        if fetched.status != 200:
            raise ProviderFault("userinfo_status")
        told = json_in(fetched.body, "userinfo")
        if told.get("sub") != claims["sub"]:
            raise ProviderFault("userinfo_other_person")
        return told


def _check_return(came: Return, metadata: Metadata) -> None:
    """Whether a browser comes from this very provider (RFC 9207), with a code."""
    missing = came.issuer is None and metadata.authorization_response_iss_parameter_supported
    if missing or came.issuer not in (None, metadata.issuer):
        raise ProviderFault("other_issuer")
    if came.error is not None:
        raise ProviderFault("provider_refused")
    if not came.code:
        raise ProviderFault("no_code")


def _named(claims: dict[str, Any]) -> Named:
    methods, asked = claims.get("amr"), claims.get("auth_time")
    listed = methods if isinstance(methods, list) else []
    return Named(
        subject=claims["sub"],
        email=_text(claims.get("email")),
        email_verified=claims.get("email_verified") is True,
        name=_text(claims.get("name")),
        auth_time=_moment(asked),
        amr=tuple(each for each in listed if isinstance(each, str)),
        acr=_text(claims.get("acr")),
        session=_text(claims.get("sid")) or None,
        claims=claims,
    )


def _moment(seconds: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _text(value: Any, longest: int = LONGEST_WORD) -> str:
    """A word of a provider's, or none if it is something else."""
    return value if isinstance(value, str) and len(value) <= longest else ""


# What RFC 6749 lets a token endpoint say; anything else a provider says stays with it.
CODES = frozenset(
    {
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)


def _code(error: str) -> str:
    return f"token_{error}" if error in CODES else "token_refused"
