"""A client keeps a copy: what changed, in order and page by page, and what is gone."""

from datetime import datetime, timedelta

import pytest

from api.graphql.ids import write_id
from domain.contacts.repository import Contacts
from domain.knowledge.repository import KnowledgeItems
from domain.sync.service import HORIZON
from tests.api.conftest import browse
from tests.api.deeds import do
from tests.api.everything import own_everything
from tests.conftest import NOW
from tests.factories.members import key_of

A_MINUTE = timedelta(minutes=1)
BEGINNING = "1970-01-01T00:00:00Z"
ROUND = """query ($since: DateTime!, $after: String) { tenant {
    syncedUntil
    contacts(updatedSince: $since, first: 2, after: $after) {
      edges { node { name updatedAt } } pageInfo { hasNextPage endCursor } }
} }"""
LISTS = ["appointments", "calls", "contacts", "conversations", "knowledge", "leads", "messages"]
GONE = """query ($since: DateTime!, $kinds: [SyncKind!]!) { tenant {
    tombstones(since: $since, kinds: $kinds) { edges { node { kind deletedId at } } } } }"""
KINDS = ["APPOINTMENT", "CALL", "CONTACT", "CONVERSATION", "KNOWLEDGE_ITEM", "LEAD", "MESSAGE"]


async def catch_up(owner, since):
    """The names that one round brings, and where the next one begins."""
    names, after, until = [], None, None
    while True:
        tenant = (await owner.ask(ROUND, since=since, after=after))["tenant"]
        until = until or tenant["syncedUntil"]
        names += [edge["node"]["name"] for edge in tenant["contacts"]["edges"]]
        page = tenant["contacts"]["pageInfo"]
        if not page["hasNextPage"]:
            return names, until
        after = page["endCursor"]


async def test_a_copy_catches_up_page_by_page_and_round_by_round(owner, clock):
    made = {}
    for name in ("Ada", "Bea", "Cleo", "Dora", "Eve"):
        made[name] = (await do(owner, "contactAdd", "contact { id }", name=name))["contact"]["id"]
        clock.advance(A_MINUTE)
    names, until = await catch_up(owner, BEGINNING)
    assert names == ["Ada", "Bea", "Cleo", "Dora", "Eve"]
    assert await catch_up(owner, until) == ([], until)
    await do(owner, "contactUpdate", "contact { id }", id=made["Bea"], name="Beatrice")
    clock.advance(A_MINUTE)
    assert (await catch_up(owner, until))[0] == ["Beatrice"]


async def test_what_changes_while_one_pages_comes_again_in_the_next_round(owner, clock):
    made = {}
    for name in ("Ada", "Bea", "Cleo"):
        made[name] = (await do(owner, "contactAdd", "contact { id }", name=name))["contact"]["id"]
        clock.advance(A_MINUTE)
    first = (await owner.ask(ROUND, since=BEGINNING))["tenant"]
    await do(owner, "contactUpdate", "contact { id }", id=made["Ada"], name="Adele")
    clock.advance(A_MINUTE)
    after = first["contacts"]["pageInfo"]["endCursor"]
    second = (await owner.ask(ROUND, since=BEGINNING, after=after))["tenant"]["contacts"]
    assert [edge["node"]["name"] for edge in second["edges"]] == ["Cleo", "Adele"]
    assert (await catch_up(owner, first["syncedUntil"]))[0] == ["Adele"]


@pytest.mark.parametrize("connection", LISTS)
async def test_every_list_that_is_copied_can_be_caught_up_with(
    owner, unit_of_work, scope, clock, connection
):
    await own_everything(unit_of_work, scope, "mark")
    clock.advance(A_MINUTE)
    query = f"""query ($since: DateTime!) {{ tenant {{ {connection}(updatedSince: $since) {{
        edges {{ node {{ id updatedAt }} }} }} }} }}"""
    for since, there in ((NOW, True), (NOW + A_MINUTE, False)):
        edges = (await owner.ask(query, since=since.isoformat()))["tenant"][connection]["edges"]
        assert bool(edges) == there
        changed = {datetime.fromisoformat(edge["node"]["updatedAt"]) for edge in edges}
        assert changed <= {NOW}


async def test_what_is_gone_is_told_by_its_id(owner, unit_of_work, scope, clock):
    owned = await own_everything(unit_of_work, scope, "mark")
    async with unit_of_work(scope) as uow:
        await Contacts(uow).remove(await Contacts(uow).get(owned["Contact"]))
        await KnowledgeItems(uow).remove(await KnowledgeItems(uow).get(owned["KnowledgeItem"]))
    clock.advance(A_MINUTE)
    answer = await owner.ask(GONE, since=NOW.isoformat(), kinds=KINDS)
    told = [edge["node"] for edge in answer["tenant"]["tombstones"]["edges"]]
    assert {each["deletedId"] for each in told} == {
        write_id(kind, owned[kind]) for kind in ("Appointment", "Contact", "KnowledgeItem", "Lead")
    }
    answer = await owner.ask(GONE, since=NOW.isoformat(), kinds=["LEAD"])
    [lead] = answer["tenant"]["tombstones"]["edges"]
    assert lead["node"]["kind"] == "LEAD"


async def test_whoever_stayed_away_for_too_long_starts_afresh(owner, clock):
    earliest = NOW - HORIZON
    asked = {"since": (earliest - A_MINUTE).isoformat(), "kinds": KINDS}
    [error] = (await owner.post(GONE, **asked)).json()["errors"]
    told = {"code": "RESYNC_NEEDED", "earliest": earliest.isoformat()}
    assert error["extensions"] == told
    await owner.ask(GONE, since=earliest.isoformat(), kinds=KINDS)


async def test_nobody_hears_that_what_they_may_not_read_is_gone(app, unit_of_work, scope):
    issued = await key_of(unit_of_work, scope, "contacts:read")
    async with browse(app) as program:
        program.headers["Authorization"] = f"Bearer {issued.token}"
        await program.ask(GONE, since=NOW.isoformat(), kinds=["CONTACT"])
        assert await program.fail(GONE, since=NOW.isoformat(), kinds=["LEAD"]) == "FORBIDDEN"


async def test_a_copy_learns_nothing_of_others(owner, unit_of_work, other_scope, clock):
    theirs = await own_everything(unit_of_work, other_scope, "canary")
    async with unit_of_work(other_scope) as uow:
        await Contacts(uow).remove(await Contacts(uow).get(theirs["Contact"]))
    clock.advance(A_MINUTE)
    assert (await catch_up(owner, BEGINNING))[0] == []
    answer = await owner.ask(GONE, since=NOW.isoformat(), kinds=KINDS)
    assert answer["tenant"]["tombstones"]["edges"] == []
