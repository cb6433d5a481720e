"""A partner's app, a business that may agree to it, and the way between them."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.api.conftest import PUBLIC_URL, Browser
from tests.factories.apps import CALLBACK, CHALLENGE, VERIFIER, app_of

AUTHORIZE, CONSENT, TOKEN = "/oauth/authorize", "/oauth/consent", "/oauth/token"
ISSUER = PUBLIC_URL


@dataclass
class Partner:
    """A partner's server: sends browsers here, and asks for tokens itself."""

    http: httpx.AsyncClient
    client_id: str
    secret: str | None
    basic: bool = True
    query: dict[str, str] = field(default_factory=dict)

    def request(self, **changes: Any) -> str:
        """The query of an authorisation request; None leaves something out."""
        asked = {
            "client_id": self.client_id,
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            "redirect_uri": CALLBACK,
            "response_type": "code",
            "state": "a state & more",
        }
        return urlencode({k: v for k, v in (asked | changes).items() if v is not None})

    async def post(self, path: str, **form: Any) -> httpx.Response:
        """A form, with the app's own proof of who it is."""
        auth = None
        if self.secret is None:
            form = {"client_id": self.client_id} | form
        elif self.basic:
            auth = httpx.BasicAuth(self.client_id, self.secret)
        else:
            form = {"client_id": self.client_id, "client_secret": self.secret} | form
        return await self.http.post(path, data=form, auth=auth or httpx.USE_CLIENT_DEFAULT)

    async def redeem(self, code: str, **changes: Any) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER,
        } | changes
        return await self.post(TOKEN, **{k: v for k, v in form.items() if v is not None})

    async def refresh(self, token: str, **more: Any) -> httpx.Response:
        return await self.post(TOKEN, grant_type="refresh_token", refresh_token=token, **more)


async def decide(browser: Browser, request: str, scopes: list[str], tenant: str, *, allow: bool):
    """What the page does when a button is pressed."""
    shown = {"tenant": tenant, "scopes": scopes}
    body = {"request": request, "allow": allow, "shown": shown}
    return await browser.http.post(CONSENT, json=body, headers=browser.headers)


def answer_in(location: str) -> dict[str, str]:
    """What a browser brings back to the app."""
    assert location.startswith(f"{CALLBACK}?")
    return {name: value for name, [value] in parse_qs(urlsplit(location).query).items()}


@pytest.fixture
async def issued(unit_of_work, other_scope):
    return await app_of(
        unit_of_work, other_scope, "contacts:read", "contacts:write", name="Calendar <Sync>"
    )


@pytest.fixture
async def partner(stranger, issued):
    return Partner(stranger.http, str(issued.app.id), issued.secret)


@pytest.fixture
async def public_partner(unit_of_work, other_scope, stranger):
    made = await app_of(unit_of_work, other_scope, "contacts:read", confidential=False)
    return Partner(stranger.http, str(made.app.id), None)


async def agreed(owner, scope, partner, *scopes: str) -> str:
    """A code that the owner's consent gave out."""
    scopes = scopes or ("contacts:read", "contacts:write", "tenant:read")
    request = partner.request(scope=" ".join(scopes))
    shown = sorted({*scopes, "tenant:read"})
    response = await decide(owner, request, shown, scope.tenant.slug, allow=True)
    assert response.status_code == 200, response.text
    return answer_in(response.json()["location"])["code"]
