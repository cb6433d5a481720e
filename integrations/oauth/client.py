"""Asking a service for tokens, for new ones, and telling it that they are wanted no more."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7009 import prepare_revoke_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from domain.ports import port
from integrations.oauth.ports import (
    Fetched,
    GrantDied,
    Http,
    OAuthFault,
    Provider,
    ProviderAway,
    Tokens,
)

JSON = {"Accept": "application/json"}
FORM = {**JSON, "Content-Type": "application/x-www-form-urlencoded"}
WORD = re.compile(r"[a-z_]{1,40}")
# Some services part them by commas, against RFC 6749, section 3.3.
SEPARATED = re.compile(r"[^\s,]+")
HOME = re.compile(r"https?://[\w.-]{1,250}(:\d{1,5})?")
# A grant that these end cannot be mended by asking again (RFC 6749, section 5.2).
ENDINGS = {"invalid_grant", "consent_required", "interaction_required", "login_required"}
# What Salesforce, Pipedrive and Zoho, and Mailchimp call the address of an account's API.
HOMES = ("instance_url", "api_domain", "api_endpoint")
LONGEST_ACCOUNT = 320


@dataclass(frozen=True)
class OAuthClient:
    """Speaks OAuth 2.0 as a confidential client: authorization code with PKCE, refresh, revoke."""

    http: Http

    def address(self, provider: Provider, redirect_uri: str, state: str, verifier: str) -> str:
        """Where to send a browser so that somebody allows us something."""
        return str(
            prepare_grant_uri(
                provider.authorize_url,
                provider.client_id,
                "code",
                redirect_uri,
                provider.scopes_by.join(provider.scopes),
                state,
                code_challenge=create_s256_code_challenge(verifier),
                code_challenge_method="S256",
                **provider.extra,
            )
        )

    @port
    async def exchange(
        self, provider: Provider, code: str, verifier: str, redirect_uri: str
    ) -> Tokens:
        """The tokens for a code. Raises `OAuthFault`."""
        told = await self._ask(
            provider,
            "authorization_code",
            code=code,
            code_verifier=verifier,
            redirect_uri=redirect_uri,
        )
        return await self._named(provider, told)

    @port
    async def refresh(self, provider: Provider, refresh: str) -> Tokens:
        """New tokens for an old one. Raises `GrantDied`, `ProviderAway` and `OAuthFault`."""
        return _tokens(await self._ask(provider, "refresh_token", refresh_token=refresh), {})

    @port
    async def revoke(self, provider: Provider, token: str, kind: str) -> None:
        """Say that a token is wanted no more. Raises `ProviderAway`.

        A service that does not know the token (any more) has nothing left to revoke.
        """
        body, headers = prepare_revoke_token_request(token, kind, "", dict(FORM))
        answer = await self._send(provider, provider.revoke_url, body, headers)
        if answer.status == 429 or answer.status >= 500:
            raise ProviderAway(f"status_{answer.status}")

    async def _ask(self, provider: Provider, grant: str, **given: str) -> dict[str, Any]:
        body = prepare_token_request(grant, **given)
        answer = await self._send(provider, provider.token_url, body, FORM)
        told = _object(answer.body)
        if answer.status == 200 and isinstance(told.get("access_token"), str):
            return told
        if answer.status == 429 or answer.status >= 500:
            raise ProviderAway(f"status_{answer.status}")
        error = told.get("error")
        reason = error if isinstance(error, str) and WORD.fullmatch(error) else "answer_malformed"
        raise (GrantDied if reason in ENDINGS else OAuthFault)(reason)

    async def _send(
        self, provider: Provider, url: str, body: str, headers: Mapping[str, str]
    ) -> Fetched:
        # RFC 6749, section 2.3.1: as a form writes them, before they are put together.
        ours = ClientAuth(
            quote_plus(provider.client_id),
            quote_plus(provider.client_secret),
            "client_secret_basic",
        )
        if provider.secret_in_body:
            ours = ClientAuth(provider.client_id, provider.client_secret, "client_secret_post")
        url, headers, body = ours.prepare("POST", url, dict(headers), body)
        return await self.http.post(url, headers, body.encode())

    async def _named(self, provider: Provider, told: dict[str, Any]) -> Tokens:
        """Whose account it is: by the answer itself, which came to us over TLS, or by asking."""
        claims = _claims(told.get("id_token"))
        if provider.account_url:
            shown = f"{provider.account_scheme} {told['access_token']}"
            headers = {**JSON, "Authorization": shown}
            claims = _object((await self.http.get(provider.account_url, headers)).body)
        return _tokens(told, claims)


def _tokens(told: dict[str, Any], claims: dict[str, Any]) -> Tokens:
    lasts, scope = told.get("expires_in"), told.get("scope")
    names = ("email", "Email", "preferred_username", "name", "accountname")
    known = next((claims[name] for name in names if claims.get(name)), "")
    home = _home(told) or _home(claims)
    # Zoho's number of a person, Mailchimp's of an account; Pipedrive names the company only, by
    # the address of its API.
    numbers = (str(claims.get(name) or "") for name in ("ZUID", "user_id"))
    subject = claims.get("sub") or claims.get("id") or next(filter(None, numbers), home)
    return Tokens(
        access=told["access_token"],
        refresh=_text(told.get("refresh_token")),
        lasts=float(lasts) if isinstance(lasts, int | float) and lasts > 0 else None,
        scopes=tuple(SEPARATED.findall(scope)) if isinstance(scope, str) else (),
        subject=_text(subject)[:LONGEST_ACCOUNT],
        account=_text(known)[:LONGEST_ACCOUNT],
        api_url=home,
    )


def _home(told: dict[str, Any]) -> str:
    """Where the account is asked: each service has a word of its own for that."""
    said = next((told[name] for name in HOMES if told.get(name)), "")
    said = _text(said).rstrip("/")
    return said if HOME.fullmatch(said) else ""


def _claims(token: Any) -> dict[str, Any]:
    """What an ID token says; it came from the service itself (OIDC Core 1.0, 3.1.3.7)."""
    parts = token.split(".") if isinstance(token, str) else []
    if len(parts) != 3:
        return {}
    try:
        return _object(urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
