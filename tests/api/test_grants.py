"""Those from above come in by a grant over HTTP, do what it lends, and are shown the door."""

from datetime import timedelta

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from api.graphql.ids import write_id
from api.recordings import whoever_may
from domain.errors import Forbidden
from domain.scope import Actor, ActorKind
from tenants.grants import service
from tests.api.conftest import browse, build_app, owner_of
from tests.api.deeds import do, listed, refuse
from tests.api.everything import own_everything
from tests.api.people import code_of, post
from tests.api.serving import serving
from tests.api.test_subscriptions import Socket
from tests.factories.houses import let_in
from tests.factories.members import key_of
from tests.tenants.grants.test_grants import invited

SERVICES = "{ tenant { name businessProfile { services { name } } } }"
# One of each sort of thing by which a guest could stay, or let others in.
ESCALATIONS = (
    'mutation { apiKeyCreate(input: {name: "x", permissions: []}) { __typename } }',
    'mutation { invitationSend(input: {email: "x@y.test", role: OWNER}) { __typename } }',
    'mutation { customRoleAdd(input: {name: "x", permissions: []}) { __typename } }',
    "mutation { tenantSecurityUpdate(input: {mfaRequired: false}) { __typename } }",
    'mutation { webhookCreate(input: {url: "https://x.test/", events: []}) { __typename } }',
    'mutation { passwordChange(input: {currentPassword: "x", newPassword: "y"}) { __typename } }',
    'mutation { accessGrantUpdate(input: {id: "x", permissions: []}) { __typename } }',
    'mutation { accessGrantRevoke(input: {id: "x"}) { __typename } }',
    'mutation { accessGrantAccept(input: {token: "x"}) { __typename } }',
)
CALLERS_WORDS = (
    "{ tenant { conversations { edges { node { summary } } } } }",
    "{ tenant { conversations { edges { node { turns { text } } } } } }",
    "{ tenant { contacts { edges { node { name } } } } }",
    "{ tenant { messages { edges { node { body } } } } }",
    "{ tenant { calls { edges { node { recording { url } } } } } }",
    "{ tenant { audit { edges { node { action } } } } }",
)


@pytest.fixture
async def agent(app, agency):
    """The owner of an organisation, signed in at home."""
    async with browse(app) as browser:
        assert (await browser.sign_in(owner_of(agency))).status_code == 200
        yield browser


@pytest.fixture
async def grant(unit_of_work, scope, agency):
    return await let_in(unit_of_work, scope, agency)


@pytest.fixture
async def guest(agent, scope, grant):
    """The same person, on a visit."""
    assert (await post(agent, "visit", tenant=scope.tenant.slug)).status_code == 200
    return agent


async def exchanged(browser, unit_of_work, agency, slug, *permissions):
    issued = await key_of(unit_of_work, agency, "tenants:reach", *permissions)
    headers = {"Authorization": f"Bearer {issued.token}"}
    body = {"tenant": slug}
    return await browser.http.post("/auth/organization-token", json=body, headers=headers)


async def test_a_guest_sees_the_tenant_that_let_them_in(guest, scope):
    data = await guest.ask("{ tenant { name kind } viewer { name } }")
    assert data == {"tenant": {"name": scope.tenant.name, "kind": "BUSINESS"}, "viewer": None}


async def test_a_guest_goes_home_again(guest, agency):
    assert (await post(guest, "switch", tenant=agency.tenant.slug)).status_code == 200
    assert (await guest.ask("{ tenant { kind } }"))["tenant"]["kind"] == "ORGANIZATION"


async def test_a_guest_leaves(guest):
    assert (await post(guest, "sign-out")).status_code == 204
    assert await guest.ask("{ viewer { name } }") == {"viewer": None}


@pytest.mark.promise("P090")
@pytest.mark.promise("P106")
@pytest.mark.parametrize("query", CALLERS_WORDS)
async def test_a_guest_sees_nothing_of_a_caller(guest, unit_of_work, scope, query):
    await own_everything(unit_of_work, scope, "canary")
    response = await guest.post(query)
    assert "canary" not in response.text
    codes = {error["extensions"]["code"] for error in response.json()["errors"]}
    assert codes <= {"FORBIDDEN", "BAD_REQUEST"}
    assert "FORBIDDEN" in codes


@pytest.mark.parametrize("query", ESCALATIONS)
async def test_a_guest_gives_no_rights_and_takes_none(guest, query):
    assert await guest.fail(query) == "FORBIDDEN"


async def test_a_guest_visits_nobody_from_there(guest, unit_of_work, agency, other_scope):
    await let_in(unit_of_work, other_scope, agency)
    response = await post(guest, "visit", tenant=other_scope.tenant.slug)
    assert code_of(response) == (403, "FORBIDDEN")


async def test_a_guest_proves_themselves_at_home_only(guest):
    response = await post(guest, "step-up", password="correct horse battery")
    assert code_of(response) == (403, "FORBIDDEN")


@pytest.mark.promise("P112")
async def test_what_a_guest_does_names_them_their_house_and_the_grant(guest, owner, agency, grant):
    await do(guest, "serviceAdd", "service { name }", name="Cleaning", durationMinutes=30)
    entries = await listed(owner, "audit", "action actor via", first=5)
    [entry] = [each for each in entries if each["action"] == "business.changed"]
    assert entry["actor"] == f"organization:{agency.actor.id}"
    assert entry["via"] == f"visit:{grant.id}@{agency.tenant_id}"


async def test_an_owner_sees_who_may_reach_them(owner, agency, grant):
    [seen] = await listed(owner, "accessGrants", "id house kind permissions revokedAt")
    assert seen["house"] == agency.tenant.name
    assert seen["kind"] == "ORGANIZATION"
    assert "RECORDINGS_LISTEN" not in seen["permissions"]
    assert seen["revokedAt"] is None


async def test_an_owner_shows_a_guest_the_door(owner, guest, grant):
    id = write_id("AccessGrant", grant.id)
    await do(owner, "accessGrantRevoke", "accessGrant { revokedAt }", id=id)
    assert await guest.fail(SERVICES) == "SESSION_ENDED"


async def test_giving_asks_for_a_recent_proof(owner, grant, clock):
    id = write_id("AccessGrant", grant.id)
    clock.advance(timedelta(minutes=11))
    change = "mutation ($id: ID!) { accessGrantRevoke(input: {id: $id}) { __typename } }"
    assert await owner.fail(change, id=id) == "STEP_UP_REQUIRED"


async def test_an_owner_accepts_with_more_and_with_less(owner, unit_of_work, agency):
    token, _ = await invited(unit_of_work, agency)
    made = await do(
        owner,
        "accessGrantAccept",
        "accessGrant { id permissions }",
        token=token,
        permissions=["CALLS_READ", "TRANSCRIPTS_READ"],
    )
    held = made["accessGrant"]
    assert held["permissions"] == ["CALLS_READ", "TENANT_READ", "TRANSCRIPTS_READ"]
    less = {"id": held["id"], "permissions": []}
    done = await do(owner, "accessGrantUpdate", "accessGrant { permissions }", **less)
    assert done["accessGrant"]["permissions"] == ["TENANT_READ"]
    never = {"id": held["id"], "permissions": ["KEYS_WRITE"]}
    assert await refuse(owner, "accessGrantUpdate", **never) == "InvalidInputError"


async def test_where_nobody_let_them_in_looks_like_nowhere(agent, other_scope):
    answers = {
        (await post(agent, "visit", tenant=slug)).text.partition('"instance"')[0]
        for slug in (other_scope.tenant.slug, "no-such-business")
    }
    assert len(answers) == 1
    assert "NOT_FOUND" in answers.pop()


async def test_a_program_exchanges_its_key(stranger, unit_of_work, scope, agency, grant):
    slug = scope.tenant.slug
    response = await exchanged(stranger, unit_of_work, agency, slug, "business:read")
    assert response.headers["Cache-Control"] == "no-store"
    stranger.headers["Authorization"] = f"Bearer {response.json()['token']}"
    assert (await stranger.ask(SERVICES))["tenant"]["name"] == scope.tenant.name
    async with unit_of_work(scope) as uow:
        await service.revoke(uow, grant.id)
    assert await stranger.fail(SERVICES) == "KEY_REFUSED"


async def test_a_program_of_another_house_gets_nothing(
    stranger, unit_of_work, scope, other_agency, grant
):
    response = await exchanged(stranger, unit_of_work, other_agency, scope.tenant.slug)
    assert code_of(response) == (404, "NOT_FOUND")


async def test_a_token_is_exchanged_for_no_other(
    stranger, unit_of_work, scope, other_scope, agency, grant
):
    await let_in(unit_of_work, other_scope, agency)
    first = (await exchanged(stranger, unit_of_work, agency, scope.tenant.slug)).json()["token"]
    headers = {"Authorization": f"Bearer {first}"}
    body = {"tenant": other_scope.tenant.slug}
    response = await stranger.http.post("/auth/organization-token", json=body, headers=headers)
    assert code_of(response) == (403, "FORBIDDEN")


async def test_nobody_exchanges_without_a_key(stranger, scope):
    response = await post(stranger, "organization-token", tenant=scope.tenant.slug)
    assert code_of(response) == (401, "UNAUTHENTICATED")


async def test_a_token_is_not_heard_beside_a_session(owner, unit_of_work, scope, agency, grant):
    async with browse(build_app(unit_of_work, None)) as program:
        response = await exchanged(program, unit_of_work, agency, scope.tenant.slug)
    owner.headers["Authorization"] = f"Bearer {response.json()['token']}"
    assert await owner.fail(SERVICES) == "TWO_CREDENTIALS"


async def test_a_socket_ends_with_the_grant(unit_of_work, live, scope, agency, grant):
    app = build_app(unit_of_work, live, recheck=0.05)
    async with browse(app) as program:
        response = await exchanged(program, unit_of_work, agency, scope.tenant.slug)
    told = {"authorization": f"Bearer {response.json()['token']}"}
    async with (
        serving(app) as authority,
        connect(f"ws://{authority}/graphql", subprotocols=["graphql-transport-ws"]) as connection,
    ):
        socket = Socket(connection)
        await socket.send(type="connection_init", payload=told)
        assert (await socket.receive())["type"] == "connection_ack"
        async with unit_of_work(scope) as uow:
            await service.revoke(uow, grant.id)
        with pytest.raises(ConnectionClosed) as closed:
            await socket.receive()
        assert closed.value.rcvd.code == 4403


@pytest.mark.promise("P106")
async def test_a_link_to_a_recording_ends_with_the_grant(unit_of_work, scope, agency):
    lent = ["calls:read", "recordings:listen"]
    grant = await let_in(unit_of_work, scope, agency, lent)
    ask, actor = whoever_may(unit_of_work), Actor(ActorKind.ORGANIZATION, agency.actor.id)
    assert "recordings:listen" in (await ask(scope.tenant_id, actor)).permissions
    async with unit_of_work(scope) as uow:
        await service.revoke(uow, grant.id)
    with pytest.raises(Forbidden):
        await ask(scope.tenant_id, actor)


@pytest.mark.promise("P090")
async def test_a_guest_without_that_right_listens_to_nothing(unit_of_work, scope, agency, grant):
    ask, actor = whoever_may(unit_of_work), Actor(ActorKind.ORGANIZATION, agency.actor.id)
    with pytest.raises(Forbidden):
        await ask(scope.tenant_id, actor)
