"""What a file of rows holds, as JSON Schema: read from the columns and their labels."""

from typing import Any

from tortoise import fields
from tortoise.fields.base import Field
from tortoise.models import Model

from domain.archives.tables import columns
from domain.personal import labels
from domain.sealed import SealedField

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The kinds of columns, the particular in front of the general.
_KINDS: tuple[tuple[type[Field[Any]], dict[str, Any]], ...] = (
    (SealedField, {"type": "string"}),
    (fields.UUIDField, {"type": "string", "format": "uuid"}),
    (fields.DatetimeField, {"type": "string", "format": "date-time"}),
    (fields.DateField, {"type": "string", "format": "date"}),
    (fields.BooleanField, {"type": "boolean"}),
    (fields.IntField, {"type": "integer"}),
    (fields.BigIntField, {"type": "integer"}),
    (fields.SmallIntField, {"type": "integer"}),
    (fields.FloatField, {"type": "number"}),
    (fields.BinaryField, {"type": "string", "contentEncoding": "base64"}),
    (fields.JSONField, {}),
)


def schema(model: type[Model]) -> dict[str, Any]:
    """The JSON Schema of a file of rows: an array of objects."""
    names = columns(model)
    return {
        "$schema": DIALECT,
        "title": model._meta.db_table,
        "description": (model.__doc__ or "").strip().partition("\n")[0],
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: _column(model, name) for name in names},
            "required": names,
            "additionalProperties": False,
        },
    }


def _column(model: type[Model], name: str) -> dict[str, Any]:
    field = model._meta.fields_map[name]
    label = labels(model)[name]
    said = {"description": f"Kind of data: {label.value}"} if label else {}
    if enum := getattr(field, "enum_type", None):
        values = [each.value for each in enum]
        return {"enum": [*values, None] if field.null else values} | said
    kind = next((found for type_, found in _KINDS if isinstance(field, type_)), {"type": "string"})
    # What was erased is null, wherever it stood.
    if "type" in kind and field.null:
        kind = kind | {"type": [kind["type"], "null"]}
    return kind | said
