"""The endpoints of programs: what is answered, and every refusal."""

import base64
from uuid import UUID

import httpx
import pytest
from websockets.asyncio.client import connect as websockets
from websockets.exceptions import ConnectionClosed

from integrations.redis_bucket import BucketsInRedis
from tenants.apps import consent, service
from tenants.apps.repository import ConnectedApps
from tests.api.conftest import browse, build_app
from tests.api.oauth.conftest import ISSUER, TOKEN, Partner, agreed
from tests.api.serving import serving
from tests.api.test_subscriptions import Socket
from tests.factories.apps import CALLBACK, app_of, connect

CONTACTS = "{ tenant { contacts { edges { node { name } } } } }"
ADD = 'mutation { contactAdd(input: {name: "Eve"}) { __typename } }'
LEADS = "{ tenant { leads { edges { cursor } } } }"
INTROSPECT, REVOKE = "/oauth/introspect", "/oauth/revoke"


def error_of(response):
    assert "no-store" in response.headers["Cache-Control"]
    return response.status_code, response.json()["error"]


@pytest.fixture
async def given(owner, scope, partner):
    """Tokens that the owner agreed to."""
    return (await partner.redeem(await agreed(owner, scope, partner))).json()


@pytest.fixture
async def home_partner(unit_of_work, other_scope, stranger):
    made = await app_of(unit_of_work, other_scope, "contacts:read", acts_at_home=True)
    return Partner(stranger.http, str(made.app.id), made.secret)


async def active(partner, token, **more):
    return (await partner.post(INTROSPECT, token=token, **more)).json()


async def test_a_code_becomes_tokens_with_which_the_api_answers(app, given):
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 3600)
    assert given["scope"] == "contacts:read contacts:write tenant:read"
    assert given["access_token"].startswith("dba_")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {given['access_token']}"
        assert (await program.ask(ADD))["contactAdd"]["__typename"] == "ContactAddPayload"
        [edge] = (await program.ask(CONTACTS))["tenant"]["contacts"]["edges"]
        assert edge["node"]["name"] == "Eve"
        assert await program.fail(LEADS) == "FORBIDDEN"


@pytest.mark.parametrize("prefix", ["dba_", "dbr_", "dbc_"])
async def test_a_wrong_token_opens_nothing(stranger, given, prefix):
    wrong = [prefix, prefix + "0" * 43, given["refresh_token"]]
    for token in wrong:
        stranger.headers["Authorization"] = f"Bearer {token}"
        assert await stranger.fail(CONTACTS) == "TOKEN_REFUSED"


async def test_a_token_beside_a_session_is_refused(owner, given):
    owner.headers["Authorization"] = f"Bearer {given['access_token']}"
    assert await owner.fail(CONTACTS) == "TWO_CREDENTIALS"


@pytest.mark.parametrize("basic", [True, False])
async def test_a_secret_proves_an_app_in_a_header_or_in_the_form(owner, scope, partner, basic):
    partner.basic = basic
    response = await partner.redeem(await agreed(owner, scope, partner))
    assert response.status_code == 200


async def test_a_public_app_needs_no_secret(owner, scope, public_partner):
    code = await agreed(owner, scope, public_partner, "contacts:read")
    assert (await public_partner.redeem(code)).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "dbs_wrong"},
        {"secret": None},
        {"client_id": "00000000-0000-0000-0000-000000000000"},
        {"client_id": "not an id"},
    ],
)
async def test_whoever_is_not_the_app_hears_the_same(owner, scope, partner, wrong):
    code = await agreed(owner, scope, partner)
    before = vars(partner).copy()
    for name, value in wrong.items():
        setattr(partner, name, value)
    response = await partner.redeem(code)
    assert error_of(response) == (401, "invalid_client")
    assert response.json()["error_description"] == "Client authentication failed"
    assert response.headers["WWW-Authenticate"].startswith("Basic")
    # Nothing was used up.
    for name, value in before.items():
        setattr(partner, name, value)
    assert (await partner.redeem(code)).status_code == 200


@pytest.mark.parametrize("path", [INTROSPECT, REVOKE])
async def test_no_endpoint_answers_without_the_secret(partner, given, path):
    known, partner.secret = partner.secret, None
    response = await partner.post(path, token=given["access_token"])
    assert error_of(response) == (401, "invalid_client")
    partner.secret = known
    assert (await active(partner, given["access_token"]))["active"] is True


async def test_a_secret_of_a_public_app_is_none(public_partner):
    response = await public_partner.post(TOKEN, client_secret="x", grant_type="refresh_token")
    assert error_of(response) == (401, "invalid_client")


async def test_two_proofs_at_once_are_refused(partner):
    response = await partner.post(TOKEN, client_secret="x", grant_type="refresh_token")
    assert error_of(response) == (400, "invalid_request")
    response = await partner.post(TOKEN, client_id="other", grant_type="refresh_token")
    assert error_of(response) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code": "dbc_" + "0" * 43}, "invalid_grant"),
        ({"code": None}, "invalid_request"),
        ({"redirect_uri": CALLBACK + "/"}, "invalid_grant"),
        ({"redirect_uri": None}, "invalid_grant"),
        ({"code_verifier": "w" * 64}, "invalid_grant"),
        ({"code_verifier": None}, "invalid_request"),
        ({"code_verifier": "short"}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": None}, "unsupported_grant_type"),
        ({"resource": "https://elsewhere.example"}, "invalid_target"),
    ],
)
async def test_what_does_not_fit_gets_no_tokens(owner, scope, partner, changes, error):
    code = await agreed(owner, scope, partner)
    assert error_of(await partner.redeem(**{"code": code} | changes)) == (400, error)
    assert (await partner.redeem(code, resource=ISSUER)).status_code == 200


async def test_a_code_that_comes_again_ends_its_tokens(owner, scope, partner):
    code = await agreed(owner, scope, partner)
    given = (await partner.redeem(code)).json()
    assert error_of(await partner.redeem(code)) == (400, "invalid_grant")
    assert await active(partner, given["access_token"]) == {"active": False}
    assert error_of(await partner.refresh(given["refresh_token"])) == (400, "invalid_grant")


async def test_a_code_is_for_one_app(owner, scope, partner, public_partner):
    code = await agreed(owner, scope, partner)
    assert error_of(await public_partner.redeem(code)) == (400, "invalid_grant")
    assert (await partner.redeem(code)).status_code == 200


async def test_refreshing_gives_the_next_pair(partner, given):
    response = await partner.refresh(given["refresh_token"], scope="contacts:read")
    assert response.status_code == 200
    assert response.json()["scope"] == "contacts:read"
    assert (await active(partner, given["refresh_token"])) == {"active": False}
    more = await partner.refresh(response.json()["refresh_token"], scope="leads:read")
    assert error_of(more) == (400, "invalid_scope")


async def test_a_refresh_token_is_for_one_app(public_partner, given, partner):
    response = await public_partner.refresh(given["refresh_token"])
    assert error_of(response) == (400, "invalid_grant")
    assert (await partner.refresh(given["refresh_token"])).status_code == 200


async def test_an_access_token_refreshes_nothing(partner, given):
    assert error_of(await partner.refresh(given["access_token"])) == (400, "invalid_grant")


async def test_a_secret_alone_is_good_at_home_if_the_app_may(app, home_partner, other_scope):
    response = await home_partner.post(TOKEN, grant_type="client_credentials")
    assert response.status_code == 200
    assert "refresh_token" not in response.json()
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {response.json()['access_token']}"
        found = await program.ask("{ tenant { name } }")
    assert found["tenant"]["name"] == other_scope.tenant.name


async def test_others_get_nothing_by_their_secret(partner, home_partner):
    response = await partner.post(TOKEN, grant_type="client_credentials")
    assert error_of(response) == (400, "unauthorized_client")
    wanted = {"grant_type": "client_credentials", "scope": "leads:read"}
    assert error_of(await home_partner.post(TOKEN, **wanted)) == (400, "invalid_scope")


async def test_introspection_tells_an_app_of_its_own_tokens_only(
    partner, public_partner, given, scope
):
    told = await active(partner, given["access_token"])
    assert told.pop("exp") - told.pop("iat") == 3600
    assert told == {
        "active": True,
        "aud": ISSUER,
        "client_id": partner.client_id,
        "iss": ISSUER,
        "scope": "contacts:read contacts:write tenant:read",
        "sub": partner.client_id,
        "tenant_id": str(scope.tenant_id),
        "token_type": "Bearer",
    }
    assert (await active(partner, given["refresh_token"]))["active"] is True
    assert await active(public_partner, given["access_token"]) == {"active": False}
    assert await active(partner, "x", token_type_hint="nonsense") == {"active": False}
    assert error_of(await partner.post(INTROSPECT)) == (400, "invalid_request")


async def test_revocation_ends_what_is_ones_own_and_says_nothing_of_others(
    partner, public_partner, given
):
    response = await public_partner.post(REVOKE, token=given["refresh_token"])
    assert (response.status_code, response.json()) == (200, {})
    assert (await active(partner, given["access_token"]))["active"] is True
    response = await partner.post(REVOKE, token=given["access_token"])
    assert (response.status_code, response.json()) == (200, {})
    assert await active(partner, given["access_token"]) == {"active": False}
    assert (await partner.post(REVOKE, token=given["refresh_token"])).status_code == 200
    assert error_of(await partner.refresh(given["refresh_token"])) == (400, "invalid_grant")
    assert (await partner.post(REVOKE, token="unknown")).status_code == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"grant_type=password", "application/json"),
        (b"a=1&a=2", None),
        (b"token=%00", None),
        (b"\xff\xfe", None),
        (b"scope=%C3%BC", None),
        (b"&".join(b"a%d=1" % each for each in range(50)), None),
        (b"grant_type=refresh_token", None),
    ],
)
@pytest.mark.parametrize("path", [TOKEN, INTROSPECT, REVOKE])
async def test_what_is_no_form_is_refused(stranger, path, body, kind):
    headers = {"Content-Type": kind or "application/x-www-form-urlencoded; charset=utf-8"}
    response = await stranger.http.post(path, content=body, headers=headers)
    assert error_of(response) == (400, "invalid_request")


@pytest.mark.parametrize("header", ["Basic", "Basic %%%", "Basic /////w==", "Basic Og=="])
async def test_a_header_that_cannot_be_read_is_refused(stranger, header):
    form = {"grant_type": "client_credentials"}
    response = await stranger.http.post(TOKEN, data=form, headers={"Authorization": header})
    assert response.status_code in {400, 401}
    assert response.json()["error"] in {"invalid_request", "invalid_client"}


async def test_a_secret_may_hold_letters_that_a_header_escapes(partner):
    plain = f"{partner.client_id}:a%3Ab%20c".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(plain).decode()}"}
    form = {"grant_type": "client_credentials"}
    response = await partner.http.post(TOKEN, data=form, headers=headers)
    assert error_of(response) == (401, "invalid_client")


async def test_what_the_server_can_do_is_described(stranger):
    response = await stranger.http.get("/.well-known/oauth-authorization-server")
    told = response.json()
    assert told["issuer"] == ISSUER
    assert told["token_endpoint"] == ISSUER + TOKEN
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["authorization_response_iss_parameter_supported"] is True
    assert "registration_endpoint" not in told
    assert "contacts:read" in told["scopes_supported"]
    assert not {"apps:write", "keys:write", "calls:answer"} & set(told["scopes_supported"])


async def test_whoever_asks_too_often_waits(unit_of_work, live, redis):
    limited = build_app(unit_of_work, live, limiter=BucketsInRedis(redis, patience=5))
    transport = httpx.ASGITransport(limited, client=("198.51.100.77", 1))
    async with httpx.AsyncClient(transport=transport, base_url=ISSUER) as http:
        statuses = [(await http.get("/oauth/authorize")).status_code for _ in range(61)]
    assert statuses == [400] * 60 + [429]


async def test_a_socket_ends_with_what_was_agreed_to(unit_of_work, live, scope, other_scope):
    issued = await app_of(unit_of_work, other_scope, "contacts:read")
    tokens = await connect(unit_of_work, scope, issued.app)
    told = {"authorization": f"Bearer {tokens.access}"}
    watched = build_app(unit_of_work, live, recheck=0.05)
    async with (
        serving(watched) as authority,
        websockets(f"ws://{authority}/graphql", subprotocols=["graphql-transport-ws"]) as opened,
    ):
        socket = Socket(opened)
        await socket.send(type="connection_init", payload=told)
        assert (await socket.receive())["type"] == "connection_ack"
        async with unit_of_work(scope) as uow:
            connections = ConnectedApps(uow)
            live_one = await connections.one(connections.live(issued.app.id))
            await consent.disconnect(uow, live_one.id)
        with pytest.raises(ConnectionClosed) as closed:
            await socket.receive()
        assert closed.value.rcvd.code == 4403


async def test_introspection_says_what_the_api_would(partner, given, unit_of_work, other_scope):
    async with unit_of_work(other_scope) as uow:
        await service.update(uow, UUID(partner.client_id), permissions=["contacts:read"])
    for token in (given["access_token"], given["refresh_token"]):
        assert (await active(partner, token))["scope"] == "contacts:read tenant:read"


async def test_an_app_that_may_act_at_home_no_more_has_no_token_there(
    home_partner, unit_of_work, other_scope
):
    response = await home_partner.post(TOKEN, grant_type="client_credentials")
    token = response.json()["access_token"]
    assert (await active(home_partner, token))["active"] is True
    async with unit_of_work(other_scope) as uow:
        await service.update(uow, UUID(home_partner.client_id), acts_at_home=False)
    assert await active(home_partner, token) == {"active": False}
