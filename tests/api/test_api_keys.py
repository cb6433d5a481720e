"""Programs ask with their keys: over HTTP, streams and sockets, and never as somebody else."""

import json
from uuid import uuid4

import httpx
import pytest
from starlette.requests import HTTPConnection
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from api.auth import CookieSettings, SessionCookies
from api.graphql.ids import write_id
from api.keys import KeyRates, KeysOrCookies
from api.recordings import RecordingLinks, whoever_may
from domain.errors import Forbidden, RateLimited
from integrations.redis_bucket import BucketsInRedis
from tenants.api_keys import service
from tests.api.conftest import SECRET, browse, build_app
from tests.api.deeds import do, listed, refuse
from tests.api.everything import own_everything
from tests.api.serving import serving
from tests.api.test_subscriptions import Socket
from tests.factories.members import key_of

CONTACTS = "{ tenant { contacts { edges { node { name } } } } }"
ADD = 'mutation { contactAdd(input: {name: "Eve"}) { __typename } }'
SOON = 10


@pytest.fixture
async def issued(unit_of_work, scope):
    return await key_of(unit_of_work, scope, "contacts:read", "contacts:write", "transcripts:read")


@pytest.fixture
async def program(app, issued):
    """A program that sends its key."""
    async with browse(app) as browser:
        browser.headers["Authorization"] = f"Bearer {issued.token}"
        yield browser


async def test_a_program_reads_and_writes_without_signing_in(program):
    assert (await program.ask(ADD))["contactAdd"]["__typename"] == "ContactAddPayload"
    edges = (await program.ask(CONTACTS))["tenant"]["contacts"]["edges"]
    assert [edge["node"]["name"] for edge in edges] == ["Eve"]


async def test_it_does_no_more_than_it_was_allowed(program):
    assert await program.fail("{ tenant { messages { edges { cursor } } } }") == "FORBIDDEN"


async def test_a_program_is_nobody(program):
    assert await program.ask("{ viewer { name } tenant { name } }") is not None
    assert (await program.ask("{ viewer { name } }"))["viewer"] is None


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer"])
async def test_the_scheme_is_written_in_any_case(program, issued, scheme):
    program.headers["Authorization"] = f"{scheme} {issued.token}"
    await program.ask(CONTACTS)


@pytest.mark.parametrize("token", ["", "x", "dbk_live_0_0", "dbk_live_" + "0" * 97])
async def test_a_wrong_key_is_refused(program, token):
    program.headers["Authorization"] = f"Bearer {token}"
    assert await program.fail(CONTACTS) == "KEY_REFUSED"


async def test_a_revoked_key_is_refused(program, unit_of_work, scope, issued):
    async with unit_of_work(scope) as uow:
        await service.revoke(uow, issued.key.id)
    assert await program.fail(CONTACTS) == "KEY_REFUSED"


async def test_a_key_opens_its_own_business_only(program, unit_of_work, other_scope):
    await own_everything(unit_of_work, other_scope, "canary")
    assert "canary" not in (await program.post(CONTACTS)).text


async def test_a_key_beside_a_session_is_refused(owner, issued):
    owner.headers["Authorization"] = f"Bearer {issued.token}"
    assert await owner.fail(CONTACTS) == "TWO_CREDENTIALS"


async def test_a_program_needs_no_proof_against_forgery(program):
    program.headers["Origin"] = "https://elsewhere.example"
    assert (await program.ask(ADD))["contactAdd"]["__typename"] == "ContactAddPayload"


async def test_a_session_is_not_excused_by_a_key(owner, issued):
    headers = {"Authorization": f"Bearer {issued.token}"}
    response = await owner.http.post("/graphql", json={"query": ADD}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "CSRF_FAILED")


async def test_another_scheme_is_no_key_and_excuses_nothing(owner):
    headers = {"Authorization": "Basic b3duZXI6b3duZXI="}
    response = await owner.http.post("/graphql", json={"query": ADD}, headers=headers)
    assert response.json()["code"] == "CSRF_FAILED"
    headers = owner.headers | headers
    response = await owner.http.post("/graphql", json={"query": ADD}, headers=headers)
    assert response.json()["data"]["contactAdd"]["__typename"] == "ContactAddPayload"


async def test_a_key_asks_as_often_as_its_maker_allows(redis, unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, rate_per_minute=2)
    rates = KeyRates(BucketsInRedis(redis, patience=5))
    cookies = SessionCookies(CookieSettings(SECRET), unit_of_work)
    who = KeysOrCookies(cookies, unit_of_work, rates)
    headers = [(b"authorization", f"Bearer {issued.token}".encode())]
    connection = HTTPConnection({"type": "http", "headers": headers})
    for _ in range(2):
        assert await who.scope_of(connection)
    with pytest.raises(RateLimited) as slow:
        await who.scope_of(connection)
    assert 0 < slow.value.retry_after <= 30


async def test_a_stream_of_events_takes_a_key(app, issued, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "mark")
    headers = {"Authorization": f"Bearer {issued.token}", "Accept": "text/event-stream"}
    query = "subscription ($id: ID!) { callUpdated(callId: $id) { state } }"
    body = {"query": query, "variables": {"id": write_id("Call", owned["Call"])}}
    async with serving(app) as authority, httpx.AsyncClient(timeout=SOON) as client:
        url = f"http://{authority}/graphql"
        async with client.stream("POST", url, json=body, headers=headers) as response:
            told = [line async for line in response.aiter_lines() if line.startswith("data: {")]
    # It is known, and may read no calls.
    assert "FORBIDDEN" in told[0]


async def test_a_socket_says_its_key_in_its_first_words(app, issued, unit_of_work, scope):
    await own_everything(unit_of_work, scope, "mark")
    told = {"authorization": f"Bearer {issued.token}"}
    async with (
        serving(app) as authority,
        connect(f"ws://{authority}/graphql", subprotocols=["graphql-transport-ws"]) as connection,
    ):
        socket = Socket(connection)
        await socket.send(type="connection_init", payload=told)
        assert (await socket.receive())["type"] == "connection_ack"
        query = {"query": CONTACTS}
        await socket.send(id="1", type="subscribe", payload=query)
        answer = (await socket.receive())["payload"]
        assert "errors" not in answer
        assert "mark" in json.dumps(answer)


async def test_a_socket_with_a_wrong_key_is_nobody(app):
    async with (
        serving(app) as authority,
        connect(f"ws://{authority}/graphql", subprotocols=["graphql-transport-ws"]) as connection,
    ):
        socket = Socket(connection)
        await socket.send(type="connection_init", payload={"authorization": "Bearer x"})
        await socket.receive()
        await socket.send(id="1", type="subscribe", payload={"query": CONTACTS})
        errors = (await socket.receive())["payload"]["errors"]
        assert errors[0]["extensions"]["code"] == "KEY_REFUSED"


async def test_a_socket_ends_with_its_key(unit_of_work, live, scope, issued):
    told = {"authorization": f"Bearer {issued.token}"}
    app = build_app(unit_of_work, live, recheck=0.05)
    async with (
        serving(app) as authority,
        connect(f"ws://{authority}/graphql", subprotocols=["graphql-transport-ws"]) as connection,
    ):
        socket = Socket(connection)
        await socket.send(type="connection_init", payload=told)
        assert (await socket.receive())["type"] == "connection_ack"
        async with unit_of_work(scope) as uow:
            await service.revoke(uow, issued.key.id)
        with pytest.raises(ConnectionClosed) as closed:
            await socket.receive()
        assert closed.value.rcvd.code == 4403


async def test_a_key_is_made_rotated_and_revoked_by_people(owner, app):
    made = await do(
        owner,
        "apiKeyCreate",
        "token apiKey { id prefix permissions }",
        name="Website",
        permissions=["CONTACTS_READ"],
    )
    assert made["token"].startswith(made["apiKey"]["prefix"])
    assert made["apiKey"]["permissions"] == ["CONTACTS_READ", "TENANT_READ"]
    id = made["apiKey"]["id"]
    rotated = await do(
        owner, "apiKeyRotate", "token apiKey { previousUntil }", id=id, overlap="PT1H"
    )
    async with browse(app) as program:
        for token in (made["token"], rotated["token"]):
            program.headers["Authorization"] = f"Bearer {token}"
            await program.ask(CONTACTS)
        await do(owner, "apiKeyRevoke", "apiKey { revokedAt }", id=id)
        assert await program.fail(CONTACTS) == "KEY_REFUSED"
    [listed_key] = await listed(owner, "apiKeys", "name lastUsedAt revokedAt")
    assert listed_key["name"] == "Website"
    assert listed_key["lastUsedAt"]
    assert await refuse(owner, "apiKeyRotate", id=id, overlap="PT0S") == "KeyOverError"


async def test_a_key_makes_no_keys(program):
    mutation = 'mutation { apiKeyCreate(input: {name: "x", permissions: []}) { __typename } }'
    assert await program.fail(mutation) == "FORBIDDEN"


async def test_a_key_may_listen_only_while_it_is_good(unit_of_work, scope):
    links = RecordingLinks(
        "a secret of thirty-two bytes, or so", clock=unit_of_work.clock, public_url=""
    )
    issued = await key_of(unit_of_work, scope, "recordings:listen")
    standing = await service.resume(unit_of_work, issued.token, "")
    token = links.url(standing.scope, uuid4()).rpartition("/")[2]
    actor, ask = links.read(token).actor, whoever_may(unit_of_work)
    assert (await ask(scope.tenant_id, actor)).permissions >= {"recordings:listen"}
    async with unit_of_work(scope) as uow:
        await service.revoke(uow, issued.key.id)
    with pytest.raises(Forbidden):
        await ask(scope.tenant_id, actor)
