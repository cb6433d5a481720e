"""Apps in the API: made and changed at home, seen and ended by whoever agreed to them."""

import httpx

from api.graphql.allowances import Rates
from api.graphql.ids import write_id
from integrations.redis_bucket import BucketsInRedis
from plugins.webhooks.models import WebhookOwner
from plugins.webhooks.repository import WebhookEndpoints
from tests.api.conftest import PUBLIC_URL, browse, build_app, owner_of
from tests.api.deeds import do, listed, refuse
from tests.api.oauth.conftest import Partner
from tests.factories.apps import CALLBACK, app_of, connect

CONTACTS = "{ tenant { contacts { edges { node { name } } } } }"
MADE = {"name": "Sync", "permissions": ["CONTACTS_READ"], "redirectUris": [CALLBACK]}


async def at_home(app, made):
    """The status with which the app gets a token for its home."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        partner = Partner(http, made["app"]["clientId"], made["secret"])
        return (await partner.post("/oauth/token", grant_type="client_credentials")).status_code


async def test_an_app_is_made_changed_and_deleted_by_people(owner, app):
    made = await do(
        owner, "appCreate", "secret app { id clientId permissions }", **MADE, actsAtHome=True
    )
    id = made["app"]["id"]
    assert made["app"]["permissions"] == ["CONTACTS_READ", "TENANT_READ"]
    assert made["secret"].startswith("dbs_")
    assert await at_home(app, made) == 200
    changed = await do(owner, "appUpdate", "app { name description }", id=id, name="Sync 2")
    assert changed["app"] == {"name": "Sync 2", "description": ""}
    rotated = await do(
        owner, "appRotateSecret", "secret app { clientId previousUntil }", id=id, overlap="PT1H"
    )
    assert rotated["app"]["previousUntil"]
    assert await at_home(app, made) == await at_home(app, rotated) == 200
    last = await do(owner, "appRotateSecret", "secret app { clientId }", id=id, overlap="PT0S")
    assert [await at_home(app, each) for each in (made, rotated, last)] == [401, 401, 200]
    [shown] = await listed(owner, "apps", "id name redirectUris confidential selfRegistered")
    assert shown == {
        "id": id,
        "name": "Sync 2",
        "redirectUris": [CALLBACK],
        "confidential": True,
        "selfRegistered": False,
    }
    assert (await do(owner, "appDelete", "deletedId", id=id))["deletedId"] == id
    assert await listed(owner, "apps", "id") == []
    assert await at_home(app, last) == 401


async def test_what_cannot_be_made_is_refused_by_type(owner):
    wrong = MADE | {"redirectUris": ["http://partner.example"]}
    assert await refuse(owner, "appCreate", **wrong) == "InvalidInputError"
    public = await do(owner, "appCreate", "secret app { id }", **MADE, confidential=False)
    assert public["secret"] is None
    id = public["app"]["id"]
    assert await refuse(owner, "appRotateSecret", id=id, overlap="PT0S") == "PublicAppError"
    assert await refuse(owner, "appUpdate", id=id, actsAtHome=True) == "InvalidInputError"


async def test_a_connected_app_is_seen_and_ended_at_once(
    owner, app, unit_of_work, scope, other_scope
):
    issued = await app_of(unit_of_work, other_scope, "contacts:read", name="Theirs")
    tokens = await connect(unit_of_work, scope, issued.app)
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {tokens.access}"
        await program.ask(CONTACTS)
        [shown] = await listed(
            owner,
            "connectedApps",
            "id name publisher clientId permissions dataClasses lastUsedAt endedAt",
        )
        assert shown.pop("lastUsedAt")
        id = shown.pop("id")
        assert shown == {
            "name": "Theirs",
            "publisher": other_scope.tenant.name,
            "clientId": str(issued.app.id),
            "permissions": ["CONTACTS_READ", "TENANT_READ"],
            "dataClasses": [
                "AUDIT",
                "BUSINESS",
                "CALL_METADATA",
                "CALLER_IDENTITY",
                "CONSENT",
                "INQUIRY",
            ],
            "endedAt": None,
        }
        ended = await do(owner, "connectedAppRevoke", "connectedApp { endedAt }", id=id)
        assert ended["connectedApp"]["endedAt"]
        assert await program.fail(CONTACTS) == "TOKEN_REFUSED"


async def test_whoever_made_an_app_does_not_see_who_agreed_to_it(
    app, unit_of_work, scope, other_scope
):
    issued = await app_of(unit_of_work, other_scope, "contacts:read")
    await connect(unit_of_work, scope, issued.app)
    async with browse(app) as publisher:
        await publisher.sign_in(owner_of(other_scope))
        assert await listed(publisher, "connectedApps", "id") == []
        [mine] = await listed(publisher, "apps", "id")
        assert mine["id"] == write_id("App", issued.app.id)


async def test_an_app_makes_no_apps_and_ends_none(app, unit_of_work, scope, other_scope):
    issued = await app_of(unit_of_work, other_scope, "contacts:read", "apps:read")
    tokens = await connect(unit_of_work, scope, issued.app)
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {tokens.access}"
        [mine] = await listed(program, "connectedApps", "id")
        end = "mutation ($id: ID!) { connectedAppRevoke(input: {id: $id}) { __typename } }"
        assert await program.fail(end, id=mine["id"]) == "FORBIDDEN"


async def test_an_app_has_a_bucket_of_its_own(unit_of_work, live, redis, scope, other_scope):
    limiter = BucketsInRedis(redis, patience=5)
    app = build_app(unit_of_work, live, limiter=limiter, rates=Rates(operation=5000, minute=60))
    made = [await app_of(unit_of_work, other_scope, "contacts:read") for _ in range(2)]
    first, second = [await connect(unit_of_work, scope, each.app) for each in made]
    query = "{ tenant { contacts(first: 60) { edges { node { name } } } } }"

    async def status(tokens, address):
        async with browse(app, address) as program:
            program.headers["Authorization"] = f"Bearer {tokens.access}"
            return (await program.post(query)).status_code

    assert await status(first, "192.0.2.1") == 200
    assert await status(first, "192.0.2.2") == 429
    assert await status(second, "192.0.2.3") == 200


async def test_an_app_declares_a_webhook(owner):
    made = await do(owner, "appCreate", "app { id }", **MADE)
    id = made["app"]["id"]
    said = {"id": id, "url": "https://partner.example/in", "events": ["contact.*"]}
    shown = "secret webhook { endpointId url events payload }"
    declared = await do(owner, "appWebhookDeclare", shown, **said)
    assert declared["secret"].startswith("whsec_")
    again = await do(owner, "appWebhookDeclare", shown, **said | {"events": ["*"]})
    assert (again["secret"], again["webhook"]["events"]) == (None, ["*"])
    assert again["webhook"]["endpointId"] == declared["webhook"]["endpointId"]
    rotated = await do(owner, "appWebhookRotateSecret", "secret", id=id, overlapHours=1)
    assert rotated["secret"] not in {None, declared["secret"]}
    [listed_app] = await listed(owner, "apps", "webhook { url }")
    assert listed_app["webhook"] == {"url": "https://partner.example/in"}
    # It is not an endpoint of the business itself.
    assert await listed(owner, "webhookEndpoints", "id") == []
    await do(owner, "appWebhookRemove", "appId", id=id)
    [listed_app] = await listed(owner, "apps", "webhook { url }")
    assert listed_app["webhook"] is None


async def test_a_webhook_that_makes_no_sense_is_refused_by_type(owner):
    made = await do(owner, "appCreate", "app { id }", **MADE)
    said = {"id": made["app"]["id"], "url": "https://partner.example/in", "events": ["*"]}
    for wrong in ({"url": "http://127.0.0.1/"}, {"events": ["no.event"]}, {"payload": "{"}):
        assert await refuse(owner, "appWebhookDeclare", **said | wrong) == "InvalidInputError"


async def test_an_endpoint_of_an_app_is_seen_and_left_alone(owner, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await WebhookEndpoints(uow).add(
            owner_kind=WebhookOwner.APP,
            app_id=uow.new_id(),
            url="https://partner.example/in",
            created_by="app:x",
            created_at=uow.now,
            updated_at=uow.now,
        )
    [shown] = await listed(owner, "webhookEndpoints", "id owner clientId url")
    assert (shown["owner"], bool(shown["clientId"])) == ("APP", True)
    for deed in ("webhookUpdate", "webhookDelete", "webhookRotateSecret", "webhookTest"):
        assert await refuse(owner, deed, id=shown["id"]) == "WebhookOfAppError"
