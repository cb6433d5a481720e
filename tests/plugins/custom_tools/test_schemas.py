"""Which schemas are understood, and what fits them; pure."""

import time

import pytest

from domain.business.profile import QuestionKind
from domain.errors import InvalidInput
from plugins.custom_tools.rules import MOST_INPUTS, MOST_SCHEMA
from plugins.custom_tools.schemas import DRAFT, check_schema, fits, kind_of, misfits

STRING = {"type": "string"}


def objects(*, properties=None, **more):
    return {"type": "object", "properties": properties or {"why": STRING}} | more


@pytest.mark.parametrize(
    "schema",
    [
        objects(),
        objects(**{"$schema": DRAFT}),
        objects(required=["why"], additionalProperties=False, title="A", description="B"),
        objects(properties={"n": {"type": "integer", "minimum": 1, "maximum": 9}}),
        objects(properties={"c": {"type": "string", "enum": ["red", "blue"]}}),
        objects(properties={"d": {"type": "string", "format": "date"}}),
        {"type": "object", "properties": {}},
    ],
)
def test_a_flat_object_is_understood(schema):
    check_schema(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "array", "items": STRING},
        objects(**{"$ref": "https://elsewhere.example/schema"}),
        objects(**{"$schema": "http://json-schema.org/draft-04/schema#"}),
        objects(additionalProperties=True),
        objects(required=["other"]),
        objects(required=[{}]),
        objects(allOf=[{}]),
        objects(properties={"a": objects()}),
        objects(properties={"a": {"type": ["string", "null"]}}),
        objects(properties={"a": {"$ref": "#/properties/a"}}),
        objects(properties={"a": STRING | {"format": "regex"}}),
        objects(properties={"a": STRING | {"enum": ["one"]}}),
        objects(properties={"a": STRING | {"enum": ["one", 2]}}),
        objects(properties={"a": STRING | {"pattern": "("}}),
        objects(properties={"a": STRING | {"pattern": "(?=look)ahead"}}),
        objects(properties={"a": STRING | {"pattern": "x" * 201}}),
        objects(properties={"a": STRING | {"minLength": "three"}}),
        objects(properties={str(n): STRING for n in range(MOST_INPUTS + 1)}),
        objects(description="x" * MOST_SCHEMA),
    ],
)
def test_whatever_else_is_refused(schema):
    with pytest.raises(InvalidInput) as refused:
        check_schema(schema)
    assert refused.value.problems[0].path.startswith("inputSchema")


def test_no_pattern_makes_anybody_wait():
    greedy = STRING | {"pattern": "^(a+)+$"}
    check_schema(objects(properties={"a": greedy}))
    began = time.process_time()
    assert not fits(greedy, "a" * 5_000 + "!")
    assert time.process_time() - began < 0.5


def test_what_does_not_fit_is_named_by_its_key():
    schema = objects(
        properties={"n": {"type": "integer", "minimum": 1}, "why": STRING}, required=["n", "why"]
    )
    assert misfits(schema, {"n": 1, "why": "x"}) == []
    assert misfits(schema, {"n": 0, "why": "x"}) == ["n"]
    assert misfits(schema, {"n": 1}) == ["why"]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (STRING, QuestionKind.TEXT),
        (STRING | {"enum": ["a", "b"]}, QuestionKind.CHOICE),
        (STRING | {"format": "date"}, QuestionKind.DATE),
        (STRING | {"format": "email"}, QuestionKind.EMAIL),
        (STRING | {"format": "phone"}, QuestionKind.PHONE),
        ({"type": "integer"}, QuestionKind.NUMBER),
        ({"type": "boolean"}, QuestionKind.YES_NO),
    ],
)
def test_a_property_is_asked_for_as_what_it_is(given, kind):
    assert kind_of(given) is kind
