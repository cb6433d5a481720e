"""Documents that are too large never run, however cleverly they are written."""

import pytest
from graphql import get_introspection_query

from api.graphql.limits import MOST_ALIASES, MOST_DEPTH, MOST_FIELDS, MOST_TOKENS
from tests.api.conftest import browse, build_app


async def told(browser, query):
    response = await browser.post(query)
    [error, *_] = response.json()["errors"]
    return error["message"]


def deep(levels):
    """A selection that many levels deep, through introspection, where there is no end."""
    return '{ __type(name: "T") ' + "{ ofType " * (levels - 2) + "{ name }" + " }" * (levels - 1)


async def test_the_deepest_query_allowed_runs(stranger):
    assert await stranger.ask(deep(MOST_DEPTH)) == {"__type": None}


async def test_a_deeper_query_is_refused(stranger):
    assert "levels" in await told(stranger, deep(MOST_DEPTH + 1))


async def test_depth_is_counted_through_fragments(stranger):
    query = (
        '{ __type(name: "T") { ...A } } fragment A on __Type '
        + "{ ofType " * 20
        + "{ name }"
        + " }" * 20
    )
    assert "levels" in await told(stranger, query)


async def test_too_many_aliases_are_refused(stranger):
    aliased = " ".join(f"a{n}: version" for n in range(MOST_ALIASES + 1))
    assert "aliases" in await told(stranger, f"{{ {aliased} }}")


async def test_aliases_hide_in_no_fragment(stranger):
    spreads = " ".join(f"t{n}: tenant {{ ...T }}" for n in range(10))
    query = f"{{ {spreads} }} fragment T on Tenant {{ a: name b: name c: name }}"
    assert "aliases" in await told(stranger, query)


async def test_too_many_fields_are_refused(stranger):
    query = f"{{ {'version ' * (MOST_FIELDS + 1)} }}"
    assert "fields" in await told(stranger, query)


async def test_too_many_tokens_are_refused(stranger):
    query = f"{{ {'version ' * MOST_TOKENS} }}"
    assert "token" in (await told(stranger, query)).lower()


async def test_a_bomb_of_fragments_is_measured_at_once(stranger):
    fragments = [
        f"fragment F{n} on Tenant {{ a{n}: id ...F{n + 1} ...F{n + 1} }}" for n in range(60)
    ]
    query = "{ tenant { ...F0 } } " + " ".join(fragments) + " fragment F60 on Tenant { name }"
    message = await told(stranger, query)
    assert "at most" in message


async def test_a_fragment_within_itself_is_refused(stranger):
    query = "{ tenant { ...A } } fragment A on Tenant { name ...B } fragment B on Tenant { ...A }"
    assert "Cannot spread fragment" in await told(stranger, query)


@pytest.mark.parametrize(
    "query", ["{ __schema { types { name } } }", '{ __type(name: "Tenant") { name } }']
)
async def test_production_does_not_describe_itself(unit_of_work, live, query):
    async with browse(build_app(unit_of_work, live, production=True)) as browser:
        assert "introspection" in await told(browser, query)


async def test_production_suggests_no_names(unit_of_work, live):
    async with browse(build_app(unit_of_work, live, production=True)) as browser:
        assert "Did you mean" not in await told(browser, "{ viewr { name } }")


async def test_development_suggests_names(stranger):
    assert "Did you mean" in await told(stranger, "{ viewr { name } }")


async def test_graphiql_can_read_the_schema(stranger):
    described = await stranger.ask(get_introspection_query())
    assert described["__schema"]["queryType"]["name"] == "Query"
