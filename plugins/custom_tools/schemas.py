"""The JSON Schema of a tool's inputs: a flat part of draft 2020-12, read by linear expressions.

Nothing is fetched, nothing refers to anything, and no pattern goes back: whoever writes a schema
cannot make a call wait for it.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import jsonschema_rs

from domain.business.profile import QuestionKind
from domain.errors import InvalidInput
from plugins.custom_tools.rules import MOST_INPUTS, MOST_SCHEMA

DRAFT = "https://json-schema.org/draft/2020-12/schema"
PATH = "inputSchema"
OF_OBJECT = frozenset(
    {"$schema", "additionalProperties", "description", "properties", "required", "title", "type"}
)
ABOUT = frozenset({"description", "title", "type"})
OF_TYPE = {
    "boolean": ABOUT,
    "integer": ABOUT | {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"},
    "number": ABOUT | {"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"},
    "string": ABOUT | {"enum", "format", "maxLength", "minLength", "pattern"},
}
FORMATS = {
    "date": QuestionKind.DATE,
    "email": QuestionKind.EMAIL,
    "phone": QuestionKind.PHONE,
}
MOST_CHOICES, LONGEST_PATTERN = 20, 200
# Bytes that one compiled pattern may take.
MOST_OF_PATTERN = 256 * 1024

Property = Mapping[str, Any]


def check_schema(schema: Mapping[str, Any]) -> None:
    """Raise `InvalidInput` unless it is of the part that is understood here."""
    try:
        written = json.dumps(schema)
    except (TypeError, ValueError, RecursionError) as problem:
        raise _wrong(PATH, "This is no JSON") from problem
    if len(written.encode()) > MOST_SCHEMA:
        raise _wrong(PATH, f"A schema has {MOST_SCHEMA} bytes at most")
    _check_object(schema)
    for key, each in schema["properties"].items():
        _check_property(f"{PATH}.properties.{key}", each)
    try:
        _validator(written)
    except (ValueError, jsonschema_rs.ReferencingError) as problem:
        raise _wrong(PATH, "This is no JSON Schema of draft 2020-12") from problem


def kind_of(given: Property) -> QuestionKind:
    """What sort of question a property is asked by."""
    if "enum" in given:
        return QuestionKind.CHOICE
    by_type = {
        "boolean": QuestionKind.YES_NO,
        "integer": QuestionKind.NUMBER,
        "number": QuestionKind.NUMBER,
    }
    return by_type.get(given["type"]) or FORMATS.get(given.get("format", ""), QuestionKind.TEXT)


def misfits(schema: Mapping[str, Any], values: Mapping[str, Any]) -> Sequence[str]:
    """The keys of the values that do not fit, or are missing; empty if all is well."""
    found = _validator(json.dumps(schema)).iter_errors(dict(values))
    return [_key_of(each) for each in found]


def fits(given: Property, value: Any) -> bool:
    """Whether one value is what a property wants."""
    return bool(_validator(json.dumps(given)).is_valid(value))


@lru_cache(maxsize=512)
def _validator(written: str) -> Any:
    schema = {**json.loads(written), "$schema": DRAFT}
    return jsonschema_rs.validator_for(
        schema,
        validate_formats=True,
        # Nothing refers to anything; if it did, nobody would be asked for it.
        offline=True,
        pattern_options=jsonschema_rs.RegexOptions(size_limit=MOST_OF_PATTERN),
    )


def _key_of(error: Any) -> str:
    if error.instance_path:
        return str(error.instance_path[0])
    # What is missing has no place of its own; what is too much is ours.
    return str(getattr(error.kind, "property", ""))


def _check_object(schema: Mapping[str, Any]) -> None:
    if schema.get("type") != "object" or set(schema) - OF_OBJECT:
        raise _wrong(PATH, f"Use an object, and of its keywords {', '.join(sorted(OF_OBJECT))}")
    if schema.get("$schema", DRAFT) != DRAFT:
        raise _wrong(PATH, f"Use {DRAFT}")
    if schema.get("additionalProperties", False) is not False:
        raise _wrong(PATH, "Nothing but its properties is sent: additionalProperties is false")
    known = schema.get("properties")
    if not isinstance(known, dict) or len(known) > MOST_INPUTS:
        raise _wrong(PATH, f"Name the properties: {MOST_INPUTS} at most")
    required = schema.get("required", [])
    named = isinstance(required, list) and all(isinstance(each, str) for each in required)
    if not named or not set(required) <= known.keys():
        raise _wrong(f"{PATH}.required", "Only properties can be required")


def _check_property(path: str, given: Any) -> None:
    if not isinstance(given, dict) or str(given.get("type")) not in OF_TYPE:
        raise _wrong(path, f"A property is one of {', '.join(sorted(OF_TYPE))}")
    allowed = OF_TYPE[given["type"]]
    if set(given) - allowed:
        raise _wrong(path, f"Of a {given['type']} use {', '.join(sorted(allowed))}")
    if len(str(given.get("pattern", ""))) > LONGEST_PATTERN:
        raise _wrong(path, f"A pattern has {LONGEST_PATTERN} characters at most")
    if str(given.get("format", "date")) not in FORMATS:
        raise _wrong(path, f"A format is one of {', '.join(sorted(FORMATS))}")
    choices = given.get("enum", ["", "-"])
    words = isinstance(choices, list) and all(isinstance(each, str) for each in choices)
    if not words or not 2 <= len(set(choices)) <= MOST_CHOICES:
        raise _wrong(path, f"Name 2 to {MOST_CHOICES} words to choose from")


def _wrong(path: str, message: str) -> InvalidInput:
    return InvalidInput.at(path, message, "SCHEMA_NOT_UNDERSTOOD")
