"""What a change of the schema breaks for those who use the last release, and how things go away.

A field, argument or value goes away in two steps. First it is deprecated, with a reason that ends
in `(since 2026-11-26, until 2027-05-25)`, at least 180 days apart. From then on it may be removed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from graphql import (
    REMOVE,
    DangerousChange,
    DangerousChangeType,
    DirectiveNode,
    DocumentNode,
    GraphQLObjectType,
    GraphQLSchema,
    NamedTypeNode,
    Node,
    ObjectTypeDefinitionNode,
    StringValueNode,
    TypeDefinitionNode,
    Visitor,
    build_ast_schema,
    build_schema,
    find_breaking_changes,
    find_dangerous_changes,
    parse,
    visit,
)

NOTICE = timedelta(days=180)
SPAN = re.compile(r".+ \(since (\d{4}-\d\d-\d\d), until (\d{4}-\d\d-\d\d)\)")
ROOTS = {"Query", "Mutation", "Subscription"}
# Clients read what they asked for: more of it does them no harm, another default does.
OTHER_DEFAULTS = {
    DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    DangerousChangeType.INPUT_FIELD_DEFAULT_VALUE_CHANGE,
}


@dataclass(frozen=True)
class Deprecation:
    """Something that goes away, and when."""

    of: str
    reason: str

    @property
    def until(self) -> date | None:
        """When it may be removed; None if the reason does not say, or gives too little time."""
        said = SPAN.fullmatch(self.reason)
        if said is None:
            return None
        since, until = (date.fromisoformat(each) for each in said.groups())
        return until if until - since >= NOTICE else None


def deprecations(sdl: str) -> list[Deprecation]:
    """Everything in a schema that goes away."""
    found = _Deprecated()
    visit(parse(sdl), found)
    return found.found


def careless(sdl: str) -> list[str]:
    """What is deprecated without saying for how long it stays, in words."""
    asked = f"end the reason with `(since …, until …)`, {NOTICE.days} days apart"
    return [f"{each.of}: {asked}" for each in deprecations(sdl) if each.until is None]


def breaks(released: str, sdl: str, today: date) -> list[str]:
    """What clients of a released schema stumble over, in words."""
    old, new = _still_promised(released, today), build_schema(sdl)
    broken = [each for each in find_breaking_changes(old, new) if not _is_unfelt(each.description)]
    felt = [each for each in find_dangerous_changes(old, new) if _is_felt(each, new)]
    return [
        *(f"{each.type.name}: {each.description}" for each in broken),
        *(f"{each.type.name}: {each.description}" for each in felt),
    ]


def _is_unfelt(description: str) -> bool:
    # A consequence that nobody notices: GraphQL itself knows the scalar still.
    return description.startswith("Standard scalar ")


def _is_felt(change: DangerousChange, schema: GraphQLSchema) -> bool:
    if change.type is DangerousChangeType.TYPE_ADDED_TO_UNION:
        return not _is_an_error(change.description, schema)
    return change.type in OTHER_DEFAULTS


def _is_an_error(description: str, schema: GraphQLSchema) -> bool:
    """Whether the new member of a union is one that `... on UserError` covers."""
    member = schema.type_map.get(description.partition(" ")[0])
    if not isinstance(member, GraphQLObjectType):
        return False
    return "UserError" in {each.name for each in member.interfaces}


def _still_promised(released: str, today: date) -> GraphQLSchema:
    """A released schema without what may be gone by now, and what only that led to."""
    document = visit(parse(released), _Gone(today))
    kinds = {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, TypeDefinitionNode)
    }
    reached = _reached(kinds)
    kept = [
        each
        for each in document.definitions
        if not isinstance(each, TypeDefinitionNode) or each.name.value in reached
    ]
    return build_ast_schema(DocumentNode(definitions=tuple(kept)))


def _reached(kinds: dict[str, TypeDefinitionNode]) -> set[str]:
    reached: set[str] = set()
    waiting = [name for name in ROOTS if name in kinds]
    while waiting:
        name = waiting.pop()
        if name in kinds and name not in reached:
            reached.add(name)
            waiting += [*_named(kinds[name]), *_implementing(name, kinds)]
    return reached


def _implementing(interface: str, kinds: dict[str, TypeDefinitionNode]) -> Iterator[str]:
    for name, kind in kinds.items():
        if isinstance(kind, ObjectTypeDefinitionNode) and interface in _named_by(kind.interfaces):
            yield name


def _named_by(nodes: Iterable[NamedTypeNode] | None) -> set[str]:
    return {each.name.value for each in nodes or ()}


def _named(node: Node) -> set[str]:
    found = _Names()
    visit(node, found)
    return found.names


class _Names(Visitor):
    """Collects the types that a definition names."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_named_type(self, node: NamedTypeNode, *_: Any) -> None:
        self.names.add(node.name.value)


class _Deprecated(Visitor):
    """Collects what is deprecated, by its name within its type."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Deprecation] = []

    def enter(self, node: Node, _key: Any, _parent: Any, _path: Any, ancestors: Any) -> None:
        reason = _reason(node)
        if reason is not None:
            above = [each for each in ancestors if isinstance(each, Node)]
            named = [_name(each) for each in (*above, node) if _name(each)]
            self.found.append(Deprecation(".".join(named), reason))


class _Gone(Visitor):
    """Takes out what was deprecated until today or before."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def enter(self, node: Node, *_: Any) -> Any:
        reason = _reason(node)
        until = Deprecation("", reason).until if reason is not None else None
        return REMOVE if until is not None and until <= self.today else None


def _name(node: Node) -> str:
    return getattr(getattr(node, "name", None), "value", "")


def _reason(node: Node) -> str | None:
    for directive in getattr(node, "directives", None) or ():
        if isinstance(directive, DirectiveNode) and directive.name.value == "deprecated":
            given = [each.value for each in directive.arguments or ()]
            return next((each.value for each in given if isinstance(each, StringValueNode)), "")
    return None
