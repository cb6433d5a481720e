"""What an operation costs, worked out before it runs, from the document and its page sizes.

An object costs 1, a scalar nothing. A connection costs what its page could hold: the rows that are
asked for, times what is asked of each. Any other list counts as `USUAL_LIST` rows. A mutation field
costs `MUTATION` on top, and some fields more than others: `docs/api.md` has the table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_operation_ast,
    is_composite_type,
)

from api.graphql.pagination import MOST, USUAL

USUAL_LIST = 10
MUTATION = 10
# Fields that are dearer than an object, by what has to be computed for them.
DEARER = {
    "Tenant.availability": 10,
    "Tenant.overview": 10,
    "Tenant.search": 10,
    "Tenant.usage": 10,
}


@dataclass
class Pricing:
    """Adds up one document; a fragment is added up once for each type it is spread on."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]
    _known: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, selections: SelectionSetNode | None, parent: GraphQLCompositeType) -> int:
        """The cost of a selection on a type."""
        if selections is None:
            return 0
        return sum(self._of_one(selection, parent) for selection in selections.selections)

    def _of_one(self, selection: Any, parent: GraphQLCompositeType) -> int:
        if isinstance(selection, FieldNode):
            return self._of_field(selection, parent)
        if isinstance(selection, FragmentSpreadNode):
            return self._of_fragment(selection.name.value, parent)
        assert isinstance(selection, InlineFragmentNode)
        return self.of(selection.selection_set, self._narrowed(selection.type_condition, parent))

    def _of_fragment(self, name: str, parent: GraphQLCompositeType) -> int:
        place = (name, parent.name)
        if place not in self._known and name in self.fragments:
            # A fragment within itself is an error that validation reports; here it ends.
            self._known[place] = 0
            fragment = self.fragments[name]
            narrowed = self._narrowed(fragment.type_condition, parent)
            self._known[place] = self.of(fragment.selection_set, narrowed)
        return self._known.get(place, 0)

    def _narrowed(self, condition: Any, parent: GraphQLCompositeType) -> GraphQLCompositeType:
        named = self.schema.get_type(condition.name.value) if condition else None
        return named if named is not None and is_composite_type(named) else parent

    def _of_field(self, node: FieldNode, parent: GraphQLCompositeType) -> int:
        definition = _definition(node, parent)
        if definition is None:
            return 0
        named = get_named_type(definition.type)
        if not is_composite_type(named):
            return 0
        own = DEARER.get(f"{parent.name}.{node.name.value}", 1)
        within = self.of(node.selection_set, named)
        return own + within * self._rows(node, definition, named)

    def _rows(self, node: FieldNode, definition: GraphQLField, named: GraphQLNamedType) -> int:
        if named.name.endswith("Connection") and "first" in definition.args:
            sizes = [size for size in self._sizes(node) if size is not None]
            return min(MOST, max(1, *sizes)) if sizes else USUAL
        if named.name.endswith("Edge"):
            # The connection around it has counted them.
            return 1
        kind: Any = definition.type
        kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        return USUAL_LIST if isinstance(kind, GraphQLList) else 1

    def _sizes(self, node: FieldNode) -> Iterator[int | None]:
        """What `first` and `last` say; what is not a number is refused elsewhere."""
        for argument in node.arguments or ():
            if argument.name.value not in ("first", "last"):
                continue
            value: Any = argument.value
            if isinstance(value, IntValueNode):
                yield int(value.value)
            elif isinstance(value, VariableNode):
                given = self.variables.get(value.name.value)
                yield given if isinstance(given, int) else None


def cost_of(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation_name: str | None,
    variables: Mapping[str, Any] | None,
) -> int:
    """The points that one operation of a valid document costs, at least 1."""
    operation = get_operation_ast(document, operation_name)
    if operation is None:
        return 1
    root = schema.get_root_type(operation.operation)
    if root is None:
        return 1
    fragments = {
        part.name.value: part
        for part in document.definitions
        if isinstance(part, FragmentDefinitionNode)
    }
    pricing = Pricing(schema, fragments, _with_defaults(operation, variables or {}))
    deeds = operation.selection_set.selections if operation.operation is _MUTATES else ()
    return max(1, pricing.of(operation.selection_set, root) + MUTATION * len(deeds))


_MUTATES = OperationType.MUTATION


def _with_defaults(
    operation: OperationDefinitionNode, variables: Mapping[str, Any]
) -> dict[str, Any]:
    defaults = {
        one.variable.name.value: int(one.default_value.value)
        for one in operation.variable_definitions or ()
        if isinstance(one.default_value, IntValueNode)
    }
    return {**defaults, **variables}


def _definition(node: FieldNode, parent: GraphQLCompositeType) -> GraphQLField | None:
    if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        return None
    found: GraphQLField | None = parent.fields.get(node.name.value)
    return found
