"""How large a document may be, measured with its fragments written out.

A fragment is measured once however often it is spread, so measuring takes time in the length of
the document, never in the size of what it expands to.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    IntValueNode,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    SelectionSetNode,
    Visitor,
    visit,
)
from graphql.validation.validate import ValidationAbortedError
from strawberry.extensions import AddValidationRules, MaxTokensLimiter

MOST_TOKENS = 2000
MOST_ALIASES = 30
# Introspection as GraphiQL asks for it is 13 deep; the deepest useful query of ours is 9.
MOST_DEPTH = 15
MOST_FIELDS = 1000
# Fields of one name in one place are compared with each other, each with each, before anything
# runs. A client that puts its fragments together repeats a field a few dozen times.
MOST_COMPARISONS = 20_000
# No number that anybody means is longer, and Python reads none of thousands of digits.
LONGEST_NUMBER = 100


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
        self._open: set[str] = set()

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
        if name in self._open:
            raise ValidationAbortedError(f"Cannot spread fragment '{name}' within itself")
        if name not in self._known and name in self._fragments:
            self._open.add(name)
            self._known[name] = self.of(self._fragments[name].selection_set)
            self._open.remove(name)
        return self._known.get(name, Size())


class Repeats:
    """Counts how many fields of one name come together in one place of the answer."""

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments

    def comparisons(self, *together: SelectionSetNode | None) -> int:
        """How many pairs there are to be compared in these selections, and below them."""
        fields: dict[str, list[SelectionSetNode | None]] = defaultdict(list)
        for selections in together:
            for field in self._fields(selections):
                name = (field.alias or field.name).value
                fields[name].append(field.selection_set)
        here = sum(len(same) ** 2 for same in fields.values() if len(same) > 1)
        return here + sum(self.comparisons(*same) for same in fields.values() if any(same))

    def _fields(self, selections: SelectionSetNode | None) -> Iterator[FieldNode]:
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                yield selection
            elif isinstance(selection, InlineFragmentNode):
                yield from self._fields(selection.selection_set)
            elif isinstance(selection, FragmentSpreadNode):
                known = self._fragments.get(selection.name.value)
                yield from self._fields(known.selection_set if known else None)


class Numbers(Visitor):
    """Finds numbers that nobody means."""

    def enter_int_value(self, node: IntValueNode, *_: Any) -> None:
        """Refuse a whole number of too many digits."""
        _check_length(node.value)

    def enter_float_value(self, node: FloatValueNode, *_: Any) -> None:
        """Refuse any other."""
        _check_length(node.value)


def _check_length(number: str) -> None:
    if len(number) > LONGEST_NUMBER:
        raise ValidationAbortedError(f"A number has at most {LONGEST_NUMBER} digits")


class ReasonableSize(ASTValidationRule):
    """Refuses operations that are too deep, too wide, rename or repeat too much.

    Nothing else is looked at then: other rules take their time with such a document.
    """

    def enter_document(self, document: DocumentNode, *_: Any) -> None:
        """Measure the whole of it, before any other rule goes into it."""
        definitions = document.definitions
        fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        measure, repeats = Measure(fragments), Repeats(fragments)
        for operation in definitions:
            if isinstance(operation, OperationDefinitionNode):
                excess = measure.of(operation.selection_set).excess
                if excess is not None:
                    raise ValidationAbortedError(excess, operation)
                if repeats.comparisons(operation.selection_set) > MOST_COMPARISONS:
                    raise ValidationAbortedError(
                        "The same fields are repeated too often", operation
                    )
        visit(document, Numbers())


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
