"""Finding what callers said, by words that the database never sees."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain import search
from domain.errors import Forbidden, InvalidInput
from domain.search import finding
from domain.search.models import SearchKind, TurnWords
from domain.search.repository import Index
from domain.search.sources import SOURCES

TURN = SearchKind.TURN
# More rows than the function looks through before it asks the index.
LOOKED_THROUGH = 2000
MINUTE = timedelta(minutes=1)


async def test_a_word_is_found_in_any_form(line):
    await line.say("The sink is leaking", "Nothing else")
    assert await line.texts("leaks") == ["The sink is leaking"]


async def test_a_phrase_is_found_where_its_words_follow_each_other(line):
    await line.say("the front door sticks", "the door in front sticks")
    assert await line.texts('"front door"') == ["the front door sticks"]


async def test_a_beginning_of_any_length_is_found(line):
    await line.say("I need a plumber", "a plum tree")
    assert await line.texts("plum*") == ["a plum tree", "I need a plumber"]
    assert await line.texts("plumb*") == ["I need a plumber"]


async def test_words_of_two_turns_are_not_found_together(line):
    await line.say("a leak", "a kitchen")
    assert await line.texts("leak kitchen") == []


async def test_the_newest_comes_first_page_by_page(line, clock):
    for number in range(7):
        clock.advance(MINUTE)
        await line.say(f"leak number {number}")
    seen, after = [], None
    while True:
        found = await line.find("leak", after=after, most=3)
        seen += [hit.snippet.text for hit in found.hits]
        if not found.more:
            break
        after = found.last
    assert seen == [f"leak number {number}" for number in reversed(range(7))]


async def test_what_only_seems_to_match_is_never_shown(line):
    """Fingerprints of other words, as if some had collided."""
    await line.say("the tap drips")
    await line.say("the tap leaks")
    async with line.work(line.scope) as uow:
        fingerprints = await Index(uow).fingerprints(TURN)
        lie = [fingerprints.of("sleak")]
        rows = TurnWords.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
        await rows.update(words=lie)
    assert await line.texts("leak", TURN) == ["the tap leaks"]


async def test_a_page_of_false_candidates_leads_on_to_the_true_one(line, clock):
    await line.say("the tap leaks")
    for _ in range(3 * finding.ROUNDS):
        clock.advance(MINUTE)
        await line.say("the tap drips")
    async with line.work(line.scope) as uow:
        fingerprints = await Index(uow).fingerprints(TURN)
        rows = TurnWords.filter(tenant_id=uow.tenant_id).using_db(uow.connection)
        await rows.update(words=[fingerprints.of("sleak")])
    found = await line.find("leak", TURN, most=1)
    assert (found.hits, found.more) == ([], True)
    found = await line.find("leak", TURN, after=found.last, most=10)
    assert [hit.snippet.text for hit in found.hits] == ["the tap leaks"]


async def test_a_rare_word_is_found_behind_thousands_of_newer_rows(line, clock):
    """The newest rows are looked through first; what is older comes out of the index."""
    await line.say("a needle", "another needle")
    clock.advance(MINUTE)
    caller = await line.say(*(["hay"] * (LOOKED_THROUGH + 1)))
    clock.advance(MINUTE)
    await line.add(caller, "the newest needle", first=LOOKED_THROUGH + 1)
    first = await line.find("needle", TURN, most=2)
    assert ([hit.snippet.text for hit in first.hits], first.more) == (
        ["the newest needle", "another needle"],
        True,
    )
    rest = await line.find("needle", TURN, after=first.last, most=2)
    assert ([hit.snippet.text for hit in rest.hits], rest.more) == (["a needle"], False)
    assert len((await line.find("hay", TURN, most=100)).hits) == 100


async def test_another_tenants_words_are_never_found(line, other_line):
    await line.say("a leak")
    await other_line.say("a leak too")
    assert await line.texts("leak") == ["a leak"]
    assert await other_line.texts("leak") == ["a leak too"]


async def test_the_function_shows_the_tenant_of_the_transaction_only(line, other_line):
    await line.say("a leak")
    async with line.work(line.scope) as uow:
        groups = await Index(uow)._groups(TURN, search.ask("leak").wanted())
    query = "SELECT id FROM search_turn_words($1, NULL, NULL, 10)"
    async with line.work(line.scope) as uow:
        assert len(await uow.connection.execute_query_dict(query, [groups])) == 1
    # The very fingerprints of the other tenant, asked for from here.
    async with other_line.work(other_line.scope) as uow:
        assert await uow.connection.execute_query_dict(query, [groups]) == []


async def test_without_a_tenant_nothing_is_found(line):
    await line.say("a leak")
    async with line.work(line.scope) as uow:
        groups = await Index(uow)._groups(TURN, search.ask("leak").wanted())
    query = "SELECT id FROM search_turn_words($1, NULL, NULL, 10)"
    connection = TurnWords._meta.db
    assert await connection.execute_query_dict(query, [groups]) == []


@pytest.mark.parametrize("kind", SearchKind)
async def test_each_kind_needs_its_own_permission(line, kind):
    await line.say("a leak")
    missing = SOURCES[kind].permission
    line.scope = replace(line.scope, permissions=line.scope.permissions - {missing})
    with pytest.raises(Forbidden, match=missing):
        await line.find("leak", kind)


async def test_nowhere_is_no_place_to_look(line):
    with pytest.raises(InvalidInput):
        async with line.work(line.scope) as uow:
            await search.find(uow, search.ask("leak"), [], most=1)
