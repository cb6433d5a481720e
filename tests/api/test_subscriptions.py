"""Watching calls and conversations over real sockets and event streams."""

import asyncio
import json
from contextlib import asynccontextmanager

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from api.graphql.ids import write_id
from domain.audit.repository import AuditEntries
from domain.conversations import add_turns
from integrations.redis_pubsub import Topic, Watched
from tenants.models import Membership, Role, Tenant
from tenants.repository import Users
from tests.api.conftest import PUBLIC_URL, browse, build_app, owner_of
from tests.api.deeds import do
from tests.api.everything import own_everything, turn
from tests.api.serving import serving
from tests.conftest import as_system
from tests.factories.members import PASSWORD as CHOSEN
from tests.factories.members import join

TURNS = "subscription ($id: ID!) { turnAdded(conversationId: $id) { position text } }"
CALLS = "subscription ($id: ID!) { callUpdated(callId: $id) { state conversation { channel } } }"
OFTEN = 0.1  # seconds
SOON = 10  # seconds; a test that waits this long has failed


@pytest.fixture
async def owned(unit_of_work, scope):
    return await own_everything(unit_of_work, scope, "mark")


@pytest.fixture
async def authority(app):
    async with serving(app) as authority:
        yield authority


class Socket:
    """A client that speaks graphql-transport-ws."""

    def __init__(self, connection):
        self.connection = connection

    async def send(self, **message):
        await self.connection.send(json.dumps(message))

    async def receive(self):
        return json.loads(await asyncio.wait_for(self.connection.recv(), SOON))

    async def subscribe(self, query, **variables):
        payload = {"query": query, "variables": variables}
        await self.send(id="1", type="subscribe", payload=payload)


def cookies_of(browser):
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.http.cookies.jar)


@asynccontextmanager
async def socket(authority, owner=None, **headers):
    cookies = cookies_of(owner) if owner else ""
    async with connect(
        f"ws://{authority}/graphql",
        subprotocols=["graphql-transport-ws"],
        additional_headers={"Cookie": cookies} | headers,
    ) as connection:
        opened = Socket(connection)
        await opened.send(type="connection_init")
        assert (await opened.receive())["type"] == "connection_ack"
        yield opened


async def tell(publisher, watched, id):
    """Tell until somebody hears: a subscription takes a moment to stand."""
    async with asyncio.timeout(SOON):
        while not await publisher.tell(watched, id):  # noqa: ASYNC110  # Valkey has no event for it
            await asyncio.sleep(0.01)


async def say(unit_of_work, scope, conversation_id, position, text):
    async with unit_of_work(scope) as uow:
        [added] = await add_turns(uow, conversation_id, [turn(uow, position, text)])
    return added.id


def watching_turns(scope, owned):
    return Watched(scope.tenant_id, Topic.TURN_ADDED, owned["Conversation"])


async def test_turns_arrive_as_they_are_said(
    authority, owner, owned, publisher, unit_of_work, scope
):
    conversation_id = owned["Conversation"]
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", conversation_id))
        for position in (2, 3):
            id = await say(unit_of_work, scope, conversation_id, position, f"Word {position}")
            await tell(publisher, watching_turns(scope, owned), id)
            message = await watcher.receive()
            told = {"position": position, "text": f"Word {position}"}
            assert message["payload"] == {"data": {"turnAdded": told}}


async def test_watching_is_on_record_once(authority, owner, owned, publisher, unit_of_work, scope):
    conversation_id = owned["Conversation"]
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", conversation_id))
        for position in (2, 3):
            id = await say(unit_of_work, scope, conversation_id, position, "Word")
            await tell(publisher, watching_turns(scope, owned), id)
            assert (await watcher.receive())["type"] == "next"
    async with unit_of_work(scope) as uow:
        [entry] = await AuditEntries(uow).all().filter(action="conversation.read")
    assert (entry.object_id, entry.discloses) == (conversation_id, True)


async def test_a_call_arrives_when_it_changes(authority, owner, owned, publisher, scope):
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(CALLS, id=write_id("Call", owned["Call"]))
        await tell(
            publisher, Watched(scope.tenant_id, Topic.CALL_UPDATED, owned["Call"]), owned["Call"]
        )
        message = await watcher.receive()
    told = {"state": "RINGING", "conversation": {"channel": "VOICE"}}
    assert message["payload"] == {"data": {"callUpdated": told}}


async def test_turns_arrive_over_server_sent_events(authority, owner, owned, publisher, scope):
    body = {"query": TURNS, "variables": {"id": write_id("Conversation", owned["Conversation"])}}
    headers = owner.headers | {"Accept": "text/event-stream", "Cookie": cookies_of(owner)}
    async with (
        httpx.AsyncClient(base_url=f"http://{authority}") as http,
        http.stream("POST", "/graphql", json=body, headers=headers) as response,
    ):
        assert response.headers["Content-Type"].startswith("text/event-stream")
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        lines = response.aiter_lines()
        assert await anext(lines) == "event: next"
        data = (await anext(lines)).removeprefix("data: ")
    assert json.loads(data)["data"]["turnAdded"]["text"] == "Hello mark"
    await until_nobody_hears(publisher, watching_turns(scope, owned), owned["Turn"])


async def first_code(watcher):
    message = await watcher.receive()
    errors = message["payload"]["errors"] if message["type"] == "next" else message["payload"]
    return errors[0]["extensions"]["code"]


async def test_a_stranger_cannot_watch(authority, owned):
    async with socket(authority) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        assert await first_code(watcher) == "UNAUTHENTICATED"


async def test_another_tenants_conversation_cannot_be_watched(authority, owner, theirs):
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", theirs["Conversation"]))
        assert await first_code(watcher) == "NOT_FOUND"


@pytest.fixture
async def theirs(unit_of_work, other_scope):
    return await own_everything(unit_of_work, other_scope, "theirs")


async def test_a_notice_of_another_tenants_row_shows_nothing(
    authority, owner, owned, theirs, publisher, scope
):
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watching_turns(scope, owned), theirs["Turn"])
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert (await watcher.receive())["payload"]["data"]["turnAdded"]["text"] == "Hello mark"


async def test_who_signs_out_sees_no_more(authority, owner, owned, publisher, scope):
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert (await watcher.receive())["type"] == "next"
        await owner.http.post("/auth/sign-out", headers=owner.headers)
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert await first_code(watcher) == "SESSION_ENDED"
        assert (await watcher.receive())["type"] == "complete"


async def test_who_leaves_the_business_sees_no_more(
    authority, owner, owned, publisher, scope, database
):
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        await watcher.receive()
        async with as_system(database):
            await Membership.filter(tenant_id=scope.tenant_id).delete()
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert await first_code(watcher) == "SESSION_ENDED"


@pytest.fixture
async def attentive(unit_of_work, live, database):
    """The same, which looks after its sockets more often than every few seconds."""
    async with serving(build_app(unit_of_work, live, recheck=OFTEN)) as authority:
        yield authority


async def closed(opened):
    """The code with which a socket on which nothing happens is closed, within seconds."""
    await asyncio.wait_for(opened.connection.wait_closed(), SOON)
    return opened.connection.close_code


async def test_a_silent_socket_closes_when_its_session_is_revoked(attentive, owner, app, scope):
    async with socket(attentive, owner) as watcher, browse(app) as telephone:
        await telephone.sign_in(owner_of(scope))
        ending = "mutation { sessionsRevokeOthers(input: {confirm: true}) { __typename } }"
        await telephone.ask(ending)
        assert await closed(watcher) == 4403


async def test_a_silent_socket_closes_when_its_member_is_removed(
    attentive, owner, owned, database, scope
):
    async with socket(attentive, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        async with as_system(database):
            await Membership.filter(tenant_id=scope.tenant_id).delete()
        assert await closed(watcher) == 4403


@asynccontextmanager
async def stream(authority, owner, owned):
    """The lines of an event stream on which nothing happens."""
    body = {"query": TURNS, "variables": {"id": write_id("Conversation", owned["Conversation"])}}
    headers = owner.headers | {"Accept": "text/event-stream", "Cookie": cookies_of(owner)}
    async with (
        httpx.AsyncClient(base_url=f"http://{authority}", timeout=SOON) as http,
        http.stream("POST", "/graphql", json=body, headers=headers) as response,
    ):
        assert response.status_code == 200
        yield response.aiter_lines()


async def last_words(lines):
    """What a stream says before it ends, and that it does."""
    said = [line async for line in lines if line and not line.startswith(":")]
    assert said[-2:] == ["event: complete", "data: "]
    return json.loads(said[-3].removeprefix("data: "))["errors"][0]["extensions"]["code"]


async def test_a_silent_stream_ends_when_its_member_is_removed(
    attentive, owner, owned, publisher, database, scope
):
    async with stream(attentive, owner, owned) as lines:
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert await anext(lines) == "event: next"
        async with as_system(database):
            await Membership.filter(tenant_id=scope.tenant_id).delete()
        assert await last_words(lines) == "SESSION_ENDED"
    await until_nobody_hears(publisher, watching_turns(scope, owned), owned["Turn"])


async def test_a_silent_stream_ends_when_its_session_is_revoked(
    attentive, owner, owned, app, scope
):
    async with stream(attentive, owner, owned) as lines:
        await owner.http.post("/auth/sign-out", headers=owner.headers)
        assert await last_words(lines) == "SESSION_ENDED"


async def test_a_role_that_is_taken_away_ends_what_it_showed(
    authority, owner, owned, publisher, staff
):
    """Whoever is given a lesser role sees what that allows, and their attempt is on record."""
    browser, member, uows, scope = staff
    async with socket(authority, browser) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert (await watcher.receive())["type"] == "next"
        given = {"id": write_id("Member", member.id), "role": "VIEWER"}
        await do(owner, "memberChangeRole", "member { role }", **given)
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert await first_code(watcher) == "FORBIDDEN"
    async with uows(scope, read_only=True) as uow:
        entries = AuditEntries(uow)
        refused = entries.all().filter(action="access.refused", actor_id=str(member.user_id))
        assert await refused.count() == 1


@pytest.fixture
async def staff(app, unit_of_work, scope):
    """A member of staff at their browser."""
    member = await join(unit_of_work, scope, Role.STAFF)
    async with unit_of_work(scope) as uow:
        email = (await Users(uow).get(member.user_id)).email
    async with browse(app) as browser:
        await browser.sign_in(email, CHOSEN)
        yield browser, member, unit_of_work, scope


async def test_a_silent_socket_stays_while_its_session_holds(attentive, owner):
    async with socket(attentive, owner) as watcher:
        await asyncio.sleep(5 * OFTEN)
        await watcher.subscribe("{ tenant { slug } }")
        assert (await watcher.receive())["type"] == "next"


async def test_no_socket_changes_ones_own_cookie(authority, owner):
    async with socket(authority, owner) as asking:
        await asking.subscribe("mutation { mfaDisable(input: {confirm: true}) { __typename } }")
        assert await first_code(asking) == "BAD_REQUEST"


async def test_a_suspended_tenant_may_still_read(
    authority, owner, owned, publisher, scope, database
):
    async with as_system(database):
        await Tenant.filter(id=scope.tenant_id).update(status="suspended")
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        assert (await watcher.receive())["type"] == "next"
    adding = 'mutation { contactAdd(input: {name: "Eve"}) { __typename } }'
    assert await owner.fail(adding) == "FORBIDDEN"


async def test_no_notice_is_read_inside_a_kept_transaction(
    authority, owner, owned, publisher, scope, unit_of_work
):
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watching_turns(scope, owned), owned["Turn"])
        await watcher.receive()
        async with unit_of_work(scope, read_only=True) as uow:
            idle = "SELECT count(*) AS n FROM pg_stat_activity WHERE state = 'idle in transaction'"
            ours = " AND usename = current_user AND datname = current_database()"
            [row] = await uow.connection.execute_query_dict(idle + ours)
    assert row["n"] == 0


async def test_queries_come_over_the_same_socket(authority, owner, scope):
    async with socket(authority, owner) as asking:
        await asking.subscribe("{ tenant { slug } }")
        message = await asking.receive()
    assert message["payload"]["data"]["tenant"]["slug"] == scope.tenant.slug


async def test_a_foreign_page_opens_no_socket(authority, owner):
    with pytest.raises(InvalidStatus, match="403"):
        async with socket(authority, owner, Origin="https://evil.example"):
            pass


async def test_our_own_page_opens_a_socket(authority, owner):
    async with socket(authority, owner, Origin=PUBLIC_URL) as opened:
        assert opened.connection.subprotocol == "graphql-transport-ws"


async def test_the_legacy_protocol_is_not_spoken(authority):
    async with connect(f"ws://{authority}/graphql", subprotocols=["graphql-ws"]) as connection:
        await asyncio.wait_for(connection.wait_closed(), SOON)
    assert connection.close_code == 4406


async def test_who_closes_the_socket_is_forgotten(authority, owner, owned, publisher, scope):
    watched = watching_turns(scope, owned)
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watched, owned["Turn"])
        await watcher.receive()
    await until_nobody_hears(publisher, watched, owned["Turn"])


async def test_who_completes_a_subscription_is_forgotten(authority, owner, owned, publisher, scope):
    watched = watching_turns(scope, owned)
    async with socket(authority, owner) as watcher:
        await watcher.subscribe(TURNS, id=write_id("Conversation", owned["Conversation"]))
        await tell(publisher, watched, owned["Turn"])
        await watcher.receive()
        await watcher.send(id="1", type="complete")
        await until_nobody_hears(publisher, watched, owned["Turn"])


async def until_nobody_hears(publisher, watched, id):
    async with asyncio.timeout(SOON):
        while await publisher.tell(watched, id):  # noqa: ASYNC110  # Valkey has no event for it
            await asyncio.sleep(0.01)
