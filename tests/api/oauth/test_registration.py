"""Apps that register themselves, where a deployment lets them."""

import json

import httpx
import pytest

from api.oauth.app import OAuthSettings
from tests.api.conftest import PUBLIC_URL, build_app
from tests.api.oauth.conftest import AUTHORIZE, Partner, agreed
from tests.factories.apps import CALLBACK
from tests.factories.outbox import events

REGISTER = "/oauth/register"
TOKEN = "an initial access token"
SAID = {"client_name": "Self-made", "redirect_uris": [CALLBACK], "scope": "contacts:read"}


@pytest.fixture
async def register(unit_of_work, live, other_scope):
    """Asks a server at which apps may register with a token; its answer."""
    at = OAuthSettings(PUBLIC_URL, register_at=other_scope.tenant.slug, register_token=TOKEN)
    app = build_app(unit_of_work, live, oauth_settings=at)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:

        async def ask(body, token=TOKEN):
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            return await http.post(REGISTER, json=body, headers=headers)

        yield ask


async def test_it_is_off_unless_it_is_switched_on(stranger):
    assert (await stranger.http.post(REGISTER, json=SAID)).status_code == 404


async def test_an_app_registers_and_is_agreed_to(
    register, stranger, owner, scope, unit_of_work, other_scope
):
    response = await register(SAID | {"logo_uri": "https://ignored.example"})
    assert response.status_code == 201
    told = response.json()
    assert told["client_secret_expires_at"] == 0
    assert told["scope"] == "contacts:read tenant:read"
    assert "logo_uri" not in told
    assert await events(unit_of_work, other_scope, "app.") == ["app.created"]
    partner = Partner(stranger.http, told["client_id"], told["client_secret"])
    page = await owner.http.get(f"{AUTHORIZE}?{partner.request()}")
    assert "nobody has checked whose it is" in page.text
    code = await agreed(owner, scope, partner, "contacts:read")
    assert (await partner.redeem(code)).status_code == 200


async def test_a_public_app_gets_no_secret(register):
    told = (await register(SAID | {"token_endpoint_auth_method": "none"})).json()
    assert "client_secret" not in told
    assert told["token_endpoint_auth_method"] == "none"


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "!"])
async def test_without_the_initial_token_nobody_registers(register, token):
    response = await register(SAID, token)
    assert (response.status_code, response.json()["error"]) == (401, "invalid_token")
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"redirect_uris": ["http://partner.example/cb"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "invalid_redirect_uri"),
        ({"client_name": ""}, "invalid_client_metadata"),
        ({"client_name": "a\0b"}, "invalid_client_metadata"),
        ({"client_name": 7}, "invalid_client_metadata"),
        ({"scope": "keys:write"}, "invalid_client_metadata"),
        ({"scope": "nonsense"}, "invalid_client_metadata"),
        ({"grant_types": ["client_credentials"]}, "invalid_client_metadata"),
        ({"response_types": ["token"]}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "invalid_client_metadata"),
    ],
)
async def test_what_makes_no_sense_is_not_registered(register, changes, error):
    response = await register(SAID | changes)
    assert (response.status_code, response.json()["error"]) == (400, error), json.dumps(changes)


async def test_it_is_found_where_the_server_describes_itself(unit_of_work, live, other_scope):
    at = OAuthSettings(PUBLIC_URL, register_at=other_scope.tenant.slug)
    app = build_app(unit_of_work, live, oauth_settings=at)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        told = (await http.get("/.well-known/oauth-authorization-server")).json()
        assert told["registration_endpoint"] == PUBLIC_URL + REGISTER
        assert (await http.post(REGISTER, json=SAID)).status_code == 201
