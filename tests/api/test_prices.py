"""What operations cost: the rules of the published table, one by one, and no way around them."""

import pytest
from graphql import parse, validate
from hypothesis import given
from hypothesis import strategies as st

from api.graphql.costs import DEARER, MUTATION, USUAL_LIST, cost_of
from api.graphql.pagination import MOST, USUAL
from api.graphql.schema import build_schema

SCHEMA = build_schema(production=False)._schema


def cost(query: str, **variables: object) -> int:
    document = parse(query)
    assert not validate(SCHEMA, document)
    return cost_of(SCHEMA, document, None, variables)


def calls(size: str = "", selection: str = "edges { node { id } }") -> str:
    return f"{{ tenant {{ calls{size} {{ {selection} }} }} }}"


@pytest.mark.parametrize(
    ("query", "points"),
    [
        ("{ version }", 1),
        ("{ tenant { name timeZone } }", 1),
        ("{ viewer { name tenant { name } } }", 2),
        # A page: the connection, and for each row its edge and its node.
        (calls("(first: 5)"), 1 + 1 + 5 * 2),
        (calls("(last: 5)"), 1 + 1 + 5 * 2),
        (calls(), 1 + 1 + USUAL * 2),
        (calls("(first: 0)"), 1 + 1 + 2),
        (calls("(first: 5)", "edges { node { conversation { id } } }"), 1 + 1 + 5 * 3),
        (calls(f"(first: {MOST + 1})"), 1 + 1 + MOST * 2),
    ],
)
def test_the_table(query: str, points: int) -> None:
    assert cost(query) == points


def test_a_page_may_be_as_large_as_its_variable_says() -> None:
    query = "query ($n: Int = 7) { tenant { calls(first: $n) { edges { node { id } } } } }"
    assert cost(query, n=50) == 2 + 50 * 2
    assert cost(query) == 2 + 7 * 2


def test_a_list_that_is_no_page_counts_as_a_usual_one() -> None:
    profile = "{ tenant { businessProfile { locations { id %s } } } }"
    assert cost(profile % "") == 3
    assert cost(profile % "hours { weekday }") == 3 + USUAL_LIST


def test_a_mutation_costs_more() -> None:
    adding = 'contactAdd(input: {name: "x"}) { __typename }'
    assert cost(f"mutation {{ {adding} }}") == MUTATION + 1
    assert cost(f"mutation {{ a: {adding} b: {adding} }}") == 2 * (MUTATION + 1)


@pytest.mark.parametrize("place", sorted(DEARER))
def test_what_is_dearer_is_there(place: str) -> None:
    type_name, field_name = place.split(".")
    kind = SCHEMA.get_type(type_name)
    assert kind is not None
    assert field_name in kind.fields


def test_fragments_and_aliases_save_nothing() -> None:
    page = "calls(first: 9) { edges { node { id } } }"
    fragment = f"fragment T on Tenant {{ {page} }}"
    plain = cost(f"{{ tenant {{ {page} }} }}")
    assert cost(f"{{ tenant {{ ...T }} }} {fragment}") == plain
    assert cost(f"{{ tenant {{ ... on Tenant {{ {page} }} }} }}") == plain
    assert cost(f"{{ a: tenant {{ ...T }} b: tenant {{ ...T }} }} {fragment}") == 2 * plain


@given(st.integers(0, MOST), st.integers(0, MOST))
def test_more_rows_never_cost_less(one: int, other: int) -> None:
    fewer, more = sorted((one, other))
    assert cost(calls(f"(first: {fewer})")) <= cost(calls(f"(first: {more})"))
