"""The shortest way to every field of the schema, written as a document, made from the schema."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

from api.graphql.nodes import KINDS
from tests.api.everything import HOLDS
from tests.api.test_isolation import is_id, sample

# A list that can be asked for little is: a page of everything would be over the price of one
# operation.
FEW = 5
# Each of these is read by itself, from its own beginning.
ROOTS = {*KINDS, "Tenant"}
HOLDER_IDS = HOLDS | {"endpointId": "WebhookEndpoint", "id": "Contact"}


@dataclass(frozen=True)
class Way:
    """How to come to a type: what is written before its selection, and what closes it again."""

    type_name: str
    opening: str
    closing: str
    passed: tuple[str, ...] = ()
    """The fields on the way, as `Type.field`; a node that it begins with, as `node Type`."""

    def through(self, kind: GraphQLNamedType, name: str, asked: str, into: str) -> "Way":
        """One field further."""
        passed = (*self.passed, f"{kind.name}.{name}")
        return Way(into, f"{self.opening} {asked} {{", f"}} {self.closing}", passed)

    def to(self, selected: str) -> str:
        """The document that selects something there."""
        return f"{self.opening} {selected} {self.closing}"


def ways(schema: GraphQLSchema, own: dict[str, str]) -> dict[str, Way]:
    """The shortest way to every object type that can be read, by its name."""
    found = {"Query": Way("Query", "query {", "}")}
    waiting = deque(found.values())
    while waiting:
        way = waiting.popleft()
        for further in _further(schema, way, own):
            if further.type_name not in found:
                found[further.type_name] = further
                waiting.append(further)
    return found


def _further(schema: GraphQLSchema, way: Way, own: dict[str, str]) -> Iterator[Way]:
    kind = schema.type_map[way.type_name]
    assert isinstance(kind, GraphQLObjectType)
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLObjectType):
            yield way.through(kind, name, asking(name, field, own), inner.name)
    if way.type_name == "Query":
        yield from (_to_node(id, type_name) for type_name, id in own.items() if type_name in KINDS)


def _to_node(id: str, type_name: str) -> Way:
    opening = f'query {{ node(id: "{id}") {{ ... on {type_name} {{'
    return Way(type_name, opening, "} } }", (f"node {type_name}",))


def asking(name: str, field: GraphQLField, own: dict[str, str], **given: str) -> str:
    """A field with the arguments it must have, and with those that are given."""
    arguments = {
        each: written(each, argument.type, own)
        for each, argument in field.args.items()
        if is_required_argument(argument)
    }
    if "after" in field.args:
        arguments["first"] = str(FEW)
    arguments |= {each: value for each, value in given.items() if each in field.args}
    told = ", ".join(f"{each}: {value}" for each, value in arguments.items())
    return f"{name}({told})" if told else name


def written(name: str, known: Any, own: dict[str, str]) -> str:
    """A value of an argument as it stands in a document; inputs hold what they must."""
    kind = get_named_type(known)
    if is_id(known):
        return f'"{own[HOLDER_IDS[name]]}"'
    if isinstance(kind, GraphQLInputObjectType):
        required = {n: f for n, f in kind.fields.items() if is_required_input_field(f)}
        told = (f"{each}: {written(each, field.type, own)}" for each, field in required.items())
        return f"{{{', '.join(told)}}}"
    value = sample(known)
    if isinstance(kind, GraphQLEnumType):
        return str(value)
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


def all_of(schema: GraphQLSchema, type_name: str, own: dict[str, str]) -> str:
    """Everything that can be selected of a type; what is a node itself is not looked into."""
    return _all_of(schema, schema.type_map[type_name], own, ())


def _all_of(
    schema: GraphQLSchema, kind: GraphQLNamedType, own: dict[str, str], above: tuple[str, ...]
) -> str:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        members = schema.get_possible_types(kind)
        inner = [f"... on {one.name} {{ {_all_of(schema, one, own, above)} }}" for one in members]
        return " ".join(["__typename", *inner])
    assert isinstance(kind, GraphQLObjectType)
    shallow = bool(above) and kind.name in ROOTS
    selected = [
        _selected(schema, name, field, own, (*above, kind.name))
        for name, field in kind.fields.items()
        if is_leaf_type(get_named_type(field.type)) or not shallow
    ]
    return " ".join(["__typename", *selected])


def _selected(
    schema: GraphQLSchema,
    name: str,
    field: GraphQLField,
    own: dict[str, str],
    above: tuple[str, ...],
) -> str:
    kind, asked = get_named_type(field.type), asking(name, field, own)
    if is_leaf_type(kind):
        return asked
    if kind.name in above:
        return f"{asked} {{ __typename }}"
    return f"{asked} {{ {_all_of(schema, kind, own, above)} }}"
