"""Search through GraphQL: who finds what, and what is on record of it."""

import pytest

from domain import contacts, messages, search
from domain.audit.repository import AuditEntries
from domain.conversations import add_turns
from domain.personal import Source
from domain.search.models import SearchKind
from tenants.models import Role
from tenants.repository import Users
from tests.api.conftest import browse
from tests.api.everything import turn
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.members import PASSWORD, join

SEARCH = """
query ($looked: String!, $kinds: [SearchKind!], $first: Int, $after: String) { tenant {
  search(query: $looked, kinds: $kinds, first: $first, after: $after) {
    edges { cursor node { __typename kind at snippet { text highlights { start length } }
      ... on TurnHit { turn { text } conversationId }
      ... on SummaryHit { conversationId }
      ... on MessageHit { message { body } }
      ... on ContactHit { contact { name } }
      ... on LeadHit { lead { need } } } }
    pageInfo { hasNextPage endCursor } } } }
"""


@pytest.fixture
async def words(unit_of_work, scope):
    """Somebody who said, left and is called something."""
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name="Lea Kagan")
    async with unit_of_work(scope) as uow:
        said = [turn(uow, 0, "The sink is leaking"), turn(uow, 1, "It leaks a lot, 😀 it leaks")]
        turns = await add_turns(uow, caller.conversation_id, said)
        left = messages.NewMessage(caller.conversation_id, "Please stop the leak")
        message = await messages.leave(uow, left)
        await search.keep(uow, SearchKind.TURN, [each.id for each in turns])
        await search.keep(uow, SearchKind.MESSAGE, [message.id])
        await search.keep(uow, SearchKind.CONTACT, [caller.contact_id])
    return caller


async def find(browser, query, **asked):
    return (await browser.ask(SEARCH, looked=query, **asked))["tenant"]["search"]


def told(found):
    return {edge["node"]["snippet"]["text"] for edge in found["edges"]}


async def test_hits_say_what_they_are_and_where_the_words_stand(owner, words):
    found = await find(owner, "leaks", kinds=["TURN"], first=1)
    [edge] = found["edges"]
    node = edge["node"]
    assert (node["__typename"], node["kind"]) == ("TurnHit", "TURN")
    assert node["turn"] == {"text": "It leaks a lot, 😀 it leaks"}
    text = node["snippet"]["text"]
    marked = [text[m["start"] :][: m["length"]] for m in node["snippet"]["highlights"]]
    assert marked == ["leaks", "leaks"]
    assert found["pageInfo"]["hasNextPage"]


async def test_pages_follow_each_other(owner, words):
    first = await find(owner, "leak", first=2)
    second = await find(owner, "leak", first=2, after=first["pageInfo"]["endCursor"])
    assert len(first["edges"]) == 2
    assert (len(second["edges"]), second["pageInfo"]["hasNextPage"]) == (1, False)
    assert told(first) | told(second) == {
        "The sink is leaking",
        "It leaks a lot, 😀 it leaks",
        "Please stop the leak",
    }


async def test_a_name_finds_its_contact(owner, words):
    [edge] = (await find(owner, "kagan"))["edges"]
    assert edge["node"]["contact"] == {"name": "Lea Kagan"}


@pytest.mark.parametrize("query", ["", "  ", "x", "plu*", "w" * 201])
async def test_what_cannot_be_looked_for_is_a_typed_error(owner, query):
    assert await owner.fail(SEARCH, looked=query) == "INVALID_INPUT"


@pytest.mark.parametrize("asked", [{"first": 101}, {"first": -1}, {"after": "nonsense"}])
async def test_a_page_that_makes_no_sense_is_refused(owner, asked):
    assert await owner.fail(SEARCH, looked="leak", **asked) == "INVALID_INPUT"


async def test_no_kinds_are_no_place_to_look(owner):
    assert await owner.fail(SEARCH, looked="leak", kinds=[]) == "INVALID_INPUT"


@pytest.fixture
async def viewer(app, unit_of_work, scope):
    member = await join(unit_of_work, scope, Role.VIEWER)
    async with unit_of_work(scope) as uow:
        email = (await Users(uow).get(member.user_id)).email
    async with browse(app) as browser:
        await browser.sign_in(email, PASSWORD)
        yield browser


async def test_whoever_reads_no_transcripts_finds_none(viewer, words):
    """A viewer sees contacts, and nothing of what was said or left."""
    browser = viewer
    assert told(await find(browser, "leak")) == set()
    assert told(await find(browser, "kagan")) == {"Lea Kagan"}
    for kind in ("TURN", "SUMMARY", "MESSAGE", "LEAD"):
        assert await browser.fail(SEARCH, looked="leak", kinds=[kind]) == "FORBIDDEN"


async def reads(unit_of_work, scope):
    async with unit_of_work(scope, read_only=True) as uow:
        entries = AuditEntries(uow)
        return await entries.page(entries.all().filter(action="conversation.read"))


async def test_what_was_said_is_on_record_as_read(owner, words, unit_of_work, scope):
    await find(owner, "nothing")
    assert await reads(unit_of_work, scope) == []
    await find(owner, "sink")
    assert len(await reads(unit_of_work, scope)) == 1


async def test_another_tenant_finds_nothing_of_it(owner, unit_of_work, other_scope):
    async with unit_of_work(other_scope) as uow:
        theirs = await contacts.add(uow, contacts.Details(name="Lea Kagan"), source=Source.OWNER)
        await search.keep(uow, SearchKind.CONTACT, [theirs.id])
    assert told(await find(owner, "kagan")) == set()


async def test_finding_costs_the_same_at_any_size(owner, words, queries):
    counted = []
    await find(owner, "leak", first=1)
    for first in (1, 3):
        queries()
        assert len((await find(owner, "leak", first=first))["edges"]) == first
        counted.append(len(queries()))
    assert counted[0] == counted[1]
