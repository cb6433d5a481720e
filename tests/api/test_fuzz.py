"""Inputs made up from the schema: whatever is sent, nothing breaks on our side."""

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.graphql.schema import build_schema
from tests.api.everything import global_ids, own_everything

SCHEMA = build_schema(production=False)._schema
WORDS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=40)
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "Boolean": st.booleans(),
    "Date": st.dates().map(str),
    "DateTime": st.datetimes().map(lambda moment: f"{moment.isoformat()}Z"),
    "EmailAddress": WORDS | st.just("anna@example.com"),
    "Int": st.sampled_from([-(2**31), -1, 0, 1, 5, 30, 2**31 - 1]),
    "JSON": st.recursive(
        st.none() | WORDS, lambda inner: st.dictionaries(WORDS, inner, max_size=2)
    ),
    "PhoneNumber": st.from_regex(r"\+?1[0-9() -]{3,14}", fullmatch=True),
    "String": WORDS | st.sampled_from(["notify", "USD"]),
    "Time": st.times().map(str),
    "TimeZone": st.sampled_from(["Europe/London", "Antarctica/Troll"]),
}


def values(known: Any, ids: list[str]) -> st.SearchStrategy[Any]:
    """Values that an input type takes, and some that it only seems to take."""
    if isinstance(known, GraphQLNonNull):
        return values(known.of_type, ids).filter(lambda value: value is not None)
    if isinstance(known, GraphQLList):
        return st.lists(values(known.of_type, ids), max_size=3)
    if isinstance(known, GraphQLEnumType):
        return st.sampled_from(list(known.values))
    if isinstance(known, GraphQLInputObjectType):
        return objects(known, ids)
    return st.sampled_from(ids) if known.name == "ID" else st.none() | SCALARS[known.name]


def objects(known: GraphQLInputObjectType, ids: list[str]) -> st.SearchStrategy[Any]:
    fields = {name: values(field.type, ids) for name, field in known.fields.items()}
    required = {n for n, f in known.fields.items() if isinstance(f.type, GraphQLNonNull)}
    optional = {name: field for name, field in fields.items() if name not in required}
    return st.fixed_dictionaries({n: fields[n] for n in sorted(required)}, optional=optional)


@pytest.fixture
async def ids(unit_of_work, scope):
    owned = global_ids(await own_everything(unit_of_work, scope, "mark"))
    return [*owned.values(), "garbage"]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
async def test_no_input_breaks_anything_of_ours(owner, ids, data):
    for mutation, field in SCHEMA.mutation_type.fields.items():
        known = get_named_type(field.args["input"].type)
        query = f"mutation ($i: {known.name}!) {{ {mutation}(input: $i) {{ __typename }} }}"
        made_up = data.draw(objects(known, ids), label=mutation)
        answer = (await owner.post(query, i=made_up)).json()
        codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
        assert "INTERNAL" not in codes, (mutation, made_up)
