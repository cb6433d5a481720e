"""What each field of the schema needs, as it declares it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLObjectType
from strawberry import Schema
from strawberry.schema.schema_converter import GraphQLCoreConverter

from plugins.graphql_kit import Needs


@dataclass(frozen=True)
class Operation:
    """A field that does something; None if it lets everybody through."""

    kind: str
    field: str
    permission: str | None

    @property
    def name(self) -> str:
        """Such as `Mutation.contactAdd`."""
        return f"{self.kind}.{self.field}"


def operations(schema: Schema) -> Iterator[Operation]:
    """Every field with a resolver, in the order of the schema."""
    for known in schema._schema.type_map.values():
        if isinstance(known, GraphQLObjectType):
            for name, field in known.fields.items():
                definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
                if definition is not None and definition.base_resolver is not None:
                    yield Operation(known.name, name, _needed(definition))


def _needed(definition: Any) -> str | None:
    declared = [each.permission for each in definition.extensions if isinstance(each, Needs)]
    # Two would leave it to the order which of them is asked for.
    return declared[0] if len(declared) == 1 else None
