"""How large a document may be, measured with its fragments written out.

A fragment is measured once however often it is spread, so measuring takes time in the length of
the document, never in the size of what it expands to.
"""

from dataclasses import dataclass

from graphql import (
    ASTValidationRule,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    SelectionSetNode,
    ValidationContext,
)
from strawberry.extensions import AddValidationRules, MaxTokensLimiter

MOST_TOKENS = 2000
MOST_ALIASES = 30
# Introspection as GraphiQL asks for it is 13 deep; the deepest useful query of ours is 9.
MOST_DEPTH = 15
MOST_FIELDS = 1000


@dataclass(frozen=True)
class Size:
    """How deep, how wide and how often renamed a selection is."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0

    def beside(self, other: "Size") -> "Size":
        """Both, next to each other."""
        return Size(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
        )

    def under(self, field: FieldNode) -> "Size":
        """This, as the selection of a field."""
        return Size(self.depth + 1, self.fields + 1, self.aliases + bool(field.alias))

    @property
    def excess(self) -> str | None:
        """What there is too much of."""
        for count, most, noun in (
            (self.depth, MOST_DEPTH, "levels"),
            (self.fields, MOST_FIELDS, "fields"),
            (self.aliases, MOST_ALIASES, "aliases"),
        ):
            if count > most:
                return f"This operation has {count} {noun}; at most {most} are answered"
        return None


class Measure:
    """Measures the selections of one document."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, Size] = {}

    def of(self, selections: SelectionSetNode | None) -> Size:
        """The size of a selection with its fragments written out."""
        size = Size()
        for selection in selections.selections if selections else ():
            if isinstance(selection, FragmentSpreadNode):
                size = size.beside(self._of_fragment(selection.name.value))
                continue
            assert isinstance(selection, FieldNode | InlineFragmentNode)
            inner = self.of(selection.selection_set)
            inner = inner.under(selection) if isinstance(selection, FieldNode) else inner
            size = size.beside(inner)
        return size

    def _of_fragment(self, name: str) -> Size:
        if name not in self._known and name in self._fragments:
            # A fragment within itself is an error that another rule reports; here it ends.
            self._known[name] = Size()
            self._known[name] = self.of(self._fragments[name].selection_set)
        return self._known.get(name, Size())


class ReasonableSize(ASTValidationRule):
    """Refuses operations that are too deep, too wide or rename too much."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        definitions = context.document.definitions
        fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        measure = Measure(fragments)
        for operation in definitions:
            if isinstance(operation, OperationDefinitionNode):
                excess = measure.of(operation.selection_set).excess
                if excess is not None:
                    context.report_error(GraphQLError(excess, operation))


class Limits(AddValidationRules):
    """The limits every operation obeys."""

    def __init__(self) -> None:
        super().__init__([ReasonableSize])


class NoIntrospection(AddValidationRules):
    """Keeps the schema to those who have its documentation."""

    def __init__(self) -> None:
        super().__init__([NoSchemaIntrospectionCustomRule])


class Tokens(MaxTokensLimiter):
    """Stops parsing a document that is too long."""

    def __init__(self) -> None:
        super().__init__(MOST_TOKENS)
