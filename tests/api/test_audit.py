"""The trail through GraphQL and as a file, and what reading leaves in it."""

import csv
import io

import pytest
from starlette.applications import Starlette

from api.audit import AuditExport
from api.auth import CookieSettings, SessionCookies
from api.graphql.ids import write_id
from api.reception import Arrival, Reception
from domain import audit, contacts, conversations
from domain.audit.repository import AuditEntries
from domain.conversations.models import Channel
from domain.personal import Source
from domain.trail import Trace, TraceOutcome
from tenants.models import Role
from tenants.repository import Users
from tests.api.conftest import SECRET, browse
from tests.api.deeds import do, listed
from tests.api.everything import own_everything, turn
from tests.factories.callers import ring
from tests.factories.members import PASSWORD, join

FIELDS = "at actor via address action objects purpose outcome discloses details position hash"
TURNS = "query ($id: ID!) { node(id: $id) { ... on Conversation { turns { text } } } }"
ACCOUNT = """
query ($id: ID!, $first: Int) { node(id: $id) { ... on Contact {
  disclosures(first: $first) { edges { node { action actor purpose objects } } } } } }
"""
AUDIT = """
query ($first: Int) { tenant { audit(first: $first) { edges { node { id action objects } } } } }
"""
FILTERED = """
query ($filter: AuditFilter) { tenant { audit(filter: $filter) { edges { node { action } } } } }
"""


@pytest.fixture
async def owned(unit_of_work, scope):
    return await own_everything(unit_of_work, scope, "mark")


@pytest.fixture
def trail(unit_of_work, scope):
    """The entries of one action, in the order they were written."""

    async def tell(action):
        async with unit_of_work(scope) as uow:
            found = AuditEntries(uow)
            return await found.page(found.all().filter(action=action).order_by("id"))

    return tell


@pytest.fixture
async def exported(app, unit_of_work):
    """The application with the route that gives the trail out."""
    cookies = SessionCookies(CookieSettings(SECRET), unit_of_work)
    routes = AuditExport(unit_of_work, cookies).routes()
    assert isinstance(app, Starlette)
    app.router.routes.extend(routes)


@pytest.fixture
async def viewer(app, unit_of_work, scope):
    """Somebody who may look at little."""
    member = await join(unit_of_work, scope, Role.VIEWER)
    async with unit_of_work(scope) as uow:
        email = (await Users(uow).get(member.user_id)).email
    async with browse(app) as browser:
        assert (await browser.sign_in(email, PASSWORD)).status_code == 200
        browser.user_id = member.user_id
        yield browser


async def found(owner, **filter):
    data = await owner.ask(FILTERED, filter=filter)
    return [edge["node"]["action"] for edge in data["tenant"]["audit"]["edges"]]


async def test_a_deed_tells_who_did_what_from_where(owner, scope):
    owner.headers["Deskbell-Purpose"] = "she asked"
    made = await do(owner, "contactAdd", "contact { id }", name="Anna")
    newest = (await listed(owner, "audit", FIELDS, first=1))[0]
    assert (newest["action"], newest["objects"]) == ("contact.added", [made["contact"]["id"]])
    assert newest["actor"] == f"member:{scope.actor.id}"
    assert newest["via"].startswith("session:")
    assert (newest["address"], newest["purpose"]) == ("127.0.0.1", "she asked")
    assert (newest["outcome"], newest["discloses"]) == ("DONE", False)
    assert (newest["position"], newest["hash"]) == (None, None)


async def test_a_caller_is_known_by_their_channel(unit_of_work, scope, trail):
    arrival = Arrival(scope.tenant_id, Channel.CHAT)
    welcome = await Reception(unit_of_work).welcome(arrival)
    [entry] = await trail("conversation.started")
    assert (entry.actor_kind, entry.actor_id) == ("caller", str(welcome.conversation.id))
    assert (entry.via, entry.object_id) == ("chat", welcome.conversation.id)


async def test_opening_a_transcript_is_on_record(owner, owned, trail):
    owner.headers["User-Agent"] = "Browser 1.0"
    await owner.ask(TURNS, id=write_id("Conversation", owned["Conversation"]))
    [entry] = await trail("conversation.read")
    assert (entry.object_id, entry.others) == (owned["Conversation"], [])
    assert entry.discloses
    assert entry.details.load()["agent"] == "Browser 1.0"


async def test_a_page_of_transcripts_is_one_entry_that_names_them_all(
    owner, owned, unit_of_work, scope, trail
):
    again = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await _says(uow, again.conversation_id)
    await owner.ask("{ tenant { conversations { edges { node { summary turns { text } } } } } }")
    [entry] = await trail("conversation.read")
    named = {str(entry.object_id), *(other.partition(":")[2] for other in entry.others)}
    assert named == {str(again.conversation_id), str(owned["Conversation"])}


async def test_a_turn_by_its_id_is_a_transcript_too(owner, owned, trail):
    await owner.ask(
        "query ($id: ID!) { node(id: $id) { ... on Turn { text } } }",
        id=write_id("Turn", owned["Turn"]),
    )
    [entry] = await trail("conversation.read")
    assert entry.object_id == owned["Conversation"]


async def test_a_list_without_words_discloses_nothing(owner, owned, trail):
    await owner.ask("{ tenant { conversations { edges { node { id channel } } } } }")
    assert await trail("conversation.read") == []


async def test_nothing_leaves_that_is_not_on_record(owner, owned, monkeypatch):
    monkeypatch.setattr("api.graphql.context.TRANSCRIPT_READ", "x" * 81)
    answer = (await owner.post(TURNS, id=write_id("Conversation", owned["Conversation"]))).json()
    assert answer["data"] is None
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "mark" not in str(answer)


async def test_a_refusal_is_on_record(owned, viewer, trail):
    assert await viewer.fail(AUDIT) == "FORBIDDEN"
    refused = (await trail("access.refused"))[-1]
    assert refused.actor_id == str(viewer.user_id)
    assert refused.outcome is TraceOutcome.REFUSED
    assert "audit:read" in refused.details.load()["reason"]


async def test_a_refused_deed_is_on_record_once(viewer, trail):
    name = 'mutation { contactAdd(input: {name: "Anna"}) { __typename } }'
    assert await viewer.fail(name) == "FORBIDDEN"
    assert len(await trail("access.refused")) == 1


async def test_entries_are_found_by_what_they_say(owner, owned, clock, viewer):
    await viewer.fail(AUDIT)
    assert await found(owner, action="lead.captured") == ["lead.captured"]
    assert await found(owner, action="lead.*") == ["lead.captured"]
    assert await found(owner, actor=f"member:{viewer.user_id}", action="access.*") == [
        "access.refused"
    ]
    assert "tenant.created" in await found(owner, actor="operator")
    assert "lead.captured" not in await found(owner, actor="operator")
    lead = write_id("Lead", owned["Lead"])
    assert await found(owner, object=lead) == ["lead.captured"]
    now = clock.now().isoformat()
    assert await found(owner, to=now) == []
    assert await found(owner, **{"from": now, "action": "lead.*"}) == ["lead.captured"]


async def test_entries_are_found_by_what_else_they_name(owner, owned):
    contact = write_id("Contact", owned["Contact"])
    named = await found(owner, object=contact)
    assert "contact.added" in named
    assert len(named) > 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": "somebody"},
        {"from": "2026-11-17T00:00:00Z", "to": "2026-11-16T00:00:00Z"},
    ],
)
async def test_a_search_that_makes_no_sense_is_refused(owner, wrong):
    assert await owner.fail(FILTERED, filter=wrong) == "INVALID_INPUT"


async def test_another_tenants_object_is_in_no_entry(owner, owned, unit_of_work, other_scope):
    theirs = await own_everything(unit_of_work, other_scope, "theirs")
    assert await found(owner, object=write_id("Lead", theirs["Lead"])) == []
    assert await owner.fail(FILTERED, filter={"object": "garbage"}) == "NOT_FOUND"


async def test_the_trail_costs_the_same_at_any_size(owner, owned, queries):
    counted = []
    for first in (1, 5):
        queries()
        data = await owner.ask(AUDIT, first=first)
        assert len(data["tenant"]["audit"]["edges"]) == first
        counted.append(len(queries()))
    assert counted[0] == counted[1]


async def test_a_caller_can_be_told_who_saw_what_is_known_of_them(
    owner, owned, unit_of_work, scope
):
    owner.headers["Deskbell-Purpose"] = "quality"
    await owner.ask(TURNS, id=write_id("Conversation", owned["Conversation"]))
    async with unit_of_work(scope) as uow:
        uow.trace(Trace.of_reading("recording.listened", "recording", [owned["Recording"]]))
        # Of somebody else, and of nobody.
        uow.trace(Trace.of_reading("conversation.read", "conversation", [uow.new_id()]))
    account = await owner.ask(ACCOUNT, id=write_id("Contact", owned["Contact"]))
    told = [edge["node"] for edge in account["node"]["disclosures"]["edges"]]
    assert {entry["action"] for entry in told} == {"recording.listened", "conversation.read"}
    assert len(told) == 2
    read = next(entry for entry in told if entry["action"] == "conversation.read")
    assert (read["actor"], read["purpose"]) == (f"member:{scope.actor.id}", "quality")


async def test_being_one_of_many_on_a_page_is_a_disclosure(owner, owned, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        seen = [uow.new_id(), owned["Conversation"]]
        uow.trace(Trace.of_reading("conversation.read", "conversation", seen))
    account = await owner.ask(ACCOUNT, id=write_id("Contact", owned["Contact"]))
    assert len(account["node"]["disclosures"]["edges"]) == 1


async def test_an_account_costs_the_same_at_any_size(owner, owned, queries):
    for _ in range(5):
        await owner.ask(TURNS, id=write_id("Conversation", owned["Conversation"]))
    counted = []
    for first in (1, 5):
        queries()
        data = await owner.ask(ACCOUNT, id=write_id("Contact", owned["Contact"]), first=first)
        assert len(data["node"]["disclosures"]["edges"]) == first
        counted.append(len(queries()))
    assert counted[0] == counted[1]


async def test_only_auditors_are_told(owned, viewer):
    assert await viewer.fail(ACCOUNT, id=write_id("Contact", owned["Contact"])) == "FORBIDDEN"


async def test_the_trail_comes_as_a_file(exported, owner, owned, trail):
    response = await owner.http.get("/audit.csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert response.headers["Cache-Control"] == "private, no-store"
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert {row["action"] for row in rows} >= {"lead.captured", "contact.added"}
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    [taken] = await trail("audit.exported")
    # That it was taken is the last thing it tells.
    assert rows[-1]["id"] == str(taken.id)


async def test_a_file_holds_what_was_asked_for(exported, owner, owned, clock, trail):
    response = await owner.http.get("/audit.csv", params={"action": "lead.*", "actor": "member"})
    assert [row["action"] for row in csv.DictReader(io.StringIO(response.text))] == [
        "lead.captured"
    ]
    [taken] = await trail("audit.exported")
    assert "lead.*" in str(taken.details.load()["search"])
    later = {"from": clock.now().isoformat(), "to": clock.now().isoformat()}
    assert (await owner.http.get("/audit.csv", params=later)).text.count("\n") == 1


async def test_a_long_trail_is_whole(exported, owner, unit_of_work, scope, monkeypatch):
    monkeypatch.setattr("domain.audit.service.PAGE", 2)
    for number in range(5):
        async with unit_of_work(scope) as uow:
            details = contacts.Details(name=f"Caller {number}")
            await contacts.add(uow, details, source=Source.OWNER)
    response = await owner.http.get("/audit.csv", params={"action": "contact.added"})
    assert len(list(csv.DictReader(io.StringIO(response.text)))) == 5


async def test_a_spreadsheet_finds_no_formula(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        uow.trace(Trace("=HYPERLINK(1)"))
    lines = await audit.export(unit_of_work, scope, audit.Search(action="=HYPERLINK(1)"))
    assert "'=HYPERLINK(1)" in "".join([line async for line in lines])


async def test_nobody_takes_it_without_the_permission(exported, viewer, stranger, trail):
    assert (await stranger.http.get("/audit.csv")).status_code == 401
    assert (await viewer.http.get("/audit.csv")).status_code == 403
    assert await trail("audit.exported") == []
    assert len(await trail("access.refused")) == 1


async def test_asking_what_it_would_be_takes_nothing(exported, owner, trail):
    response = await owner.http.head("/audit.csv")
    assert (response.status_code, response.content) == (200, b"")
    assert await trail("audit.exported") == []


@pytest.mark.parametrize("wrong", [{"from": "yesterday"}, {"to": "2026-11-16"}, {"actor": "x"}])
async def test_a_file_of_nonsense_is_refused(exported, owner, wrong):
    assert (await owner.http.get("/audit.csv", params=wrong)).status_code == 422


async def test_another_tenants_trail_is_in_no_file(exported, owner, unit_of_work, other_scope):
    await own_everything(unit_of_work, other_scope, "theirs")
    rows = csv.DictReader(io.StringIO((await owner.http.get("/audit.csv")).text))
    assert {row["action"] for row in rows} <= {"tenant.created", "audit.exported", "user.signed_in"}


async def _says(uow, conversation_id):
    await conversations.add_turns(uow, conversation_id, [turn(uow, 0, "Hello")])
