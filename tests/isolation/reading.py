"""Reading everything there is, and asking for what is another's: what came of it."""

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLField, GraphQLSchema, get_named_type, is_leaf_type

from api.graphql.nodes import KINDS
from tests.api.conftest import Browser
from tests.api.test_isolation import OF_THE_OPERATOR, is_id
from tests.isolation.leaks import leaks
from tests.isolation.ways import all_of, asking, ways


async def reads(browser: Browser, schema: GraphQLSchema, own: dict[str, str]) -> dict[str, str]:
    """The answer to every question there is, by what was asked for; none may be refused."""
    answers = {}
    for name, query in everything_there_is(schema, own):
        answer = await browser.post(query)
        codes = {error["extensions"]["code"] for error in answer.json().get("errors", [])}
        assert codes <= {"NOT_FOUND"}, (name, answer.json()["errors"])
        answers[name] = answer.text
    return answers


def everything_there_is(schema: GraphQLSchema, own: dict[str, str]) -> Iterator[tuple[str, str]]:
    """One document for each field of the tenant, for each node, and for each other beginning."""
    assert schema.query_type is not None
    for name, field in schema.query_type.fields.items():
        kind = get_named_type(field.type)
        if name not in {"tenant", "node"} and not is_leaf_type(kind):
            asked = asking(name, field, own)
            yield f"Query.{name}", f"{{ {asked} {{ {all_of(schema, kind.name, own)} }} }}"
    for name, field in schema.type_map["Tenant"].fields.items():
        kind = get_named_type(field.type)
        inner = "" if is_leaf_type(kind) else f"{{ {all_of(schema, kind.name, own)} }}"
        yield f"Tenant.{name}", f"{{ tenant {{ {asking(name, field, own)} {inner} }} }}"
    for kind in KINDS.keys() - OF_THE_OPERATOR:
        selected = all_of(schema, kind, own)
        yield kind, f'{{ node(id: "{own[kind]}") {{ ... on {kind} {{ {selected} }} }} }}'


async def reached(
    browser: Browser,
    schema: GraphQLSchema,
    own: dict[str, str],
    theirs: dict[str, str],
    marks: dict[str, str],
) -> tuple[set[str], set[str]]:
    """The arguments that were attacked with ids of another tenant, and those that let one in."""
    attacked, found = set(), set()
    for place, query, foreign in attacks(schema, own, theirs):
        attacked.add(place)
        # An error may repeat what it was asked.
        answer = (await browser.post(query)).text.replace(foreign, "")
        if "__typename" in answer or leaks(answer, marks):
            found.add(place)
    return attacked, found


def attacks(
    schema: GraphQLSchema, own: dict[str, str], theirs: dict[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Every argument that holds an id, wherever it is, with every id of the other tenant."""
    for way in ways(schema, own).values():
        for name, field in schema.type_map[way.type_name].fields.items():
            for argument in (each for each, known in field.args.items() if is_id(known.type)):
                for foreign in theirs.values():
                    asked = asking(name, field, own, **{argument: f'"{foreign}"'})
                    query = way.to(f"{asked} {_whether_there(field)}")
                    yield f"{way.type_name}.{name}({argument})", query, foreign


def _whether_there(field: GraphQLField) -> str:
    """A selection that shows whether there was something."""
    kind: Any = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    return "{ edges { node { __typename } } }" if "edges" in kind.fields else "{ __typename }"
