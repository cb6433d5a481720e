"""Which definitions make sense; pure."""

import pytest

from domain.errors import InvalidInput
from integrations.http_out import Reach
from plugins.custom_tools.checking import check_secret, checked, questions
from plugins.custom_tools.definition import Definition
from tests.factories.tools import SCHEMA, parcel

PHONE = {"type": "string", "format": "phone"}
OF_CALLER = {"key": "number", "source": "caller_phone", "data": "caller_identity"}


def schema(**properties):
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def test_a_definition_that_makes_sense_is_taken():
    made = checked(parcel(purpose="  Says where a parcel is. "), Reach())
    assert made.purpose == "Says where a parcel is."
    [question] = questions(made)
    assert (question.key, question.required) == ("number", True)
    assert made.data == frozenset()


def test_what_is_known_of_a_caller_goes_with_one_who_is_proven():
    given = parcel(inputs=[OF_CALLER], input_schema=schema(number=PHONE))
    with pytest.raises(InvalidInput) as refused:
        checked(given, Reach())
    assert refused.value.problems[0].path == "conditions"
    made = checked(given.model_copy(update={"conditions": ("caller_proven",)}), Reach())
    assert [each.value for each in made.data] == ["caller_identity"]
    assert questions(made) == ()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"name": "Parcel status"}, "name"),
        ({"name": ""}, "name"),
        ({"phrases": []}, "phrases"),
        ({"phrases": [" "]}, "phrases"),
        ({"url": "http://tools.example/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": "https://[::ffff:169.254.169.254]/"}, "url"),
        ({"url": "https://tools.example:22/"}, "url"),
        ({"url": "https://me:secret@tools.example/"}, "url"),
        ({"says": "It is {other}."}, "says"),
        ({"says": "It is {status!r}."}, "says"),
        ({"says": "It is {status.__class__}."}, "says"),
        ({"says": "It is {status:>9}."}, "says"),
        ({"says": "It is {status."}, "says"),
        ({"says": "x" * 501}, "says"),
        ({"answers": [{"name": "status", "at": "parcel"}]}, "answers"),
        ({"answers": [{"name": "a", "at": "/a"}, {"name": "a", "at": "/b"}]}, "answers"),
        ({"budget_ms": 100}, "budgetMs"),
        ({"budget_ms": 60_000}, "budgetMs"),
        ({"country": "Germany"}, "country"),
        ({"conditions": ["in_writing", "on_the_phone"]}, "conditions"),
        ({"inputs": []}, "inputs"),
        ({"inputs": [{"key": "number", "ask": ""}]}, "inputs.number.ask"),
        ({"inputs": [{"key": "number", "ask": "x" * 201}]}, "inputs.number.ask"),
        (
            {"inputs": [{"key": "number", "ask": "What?"}, {"key": "other", "ask": "What?"}]},
            "inputs",
        ),
        (
            {"inputs": [{"key": "number", "ask": "What?", "only_if": {"number": "1"}}]},
            "inputs.number.onlyIf",
        ),
        ({"inputs": [{"key": "number", "ask": "?", "data": "transcript"}]}, "inputs.number.data"),
        ({"input_schema": schema(number={"type": "string"})}, "inputs.number.data"),
        ({"input_schema": schema(number=PHONE)}, "inputs.number.data"),
        ({"inputs": [OF_CALLER | {"data": "none"}]}, "inputs.number.data"),
        (
            {"inputs": [OF_CALLER], "input_schema": schema(number={"type": "integer"})},
            "inputs.number.source",
        ),
    ],
)
def test_one_that_makes_none_is_refused_by_its_part(changes, path):
    with pytest.raises(InvalidInput) as refused:
        checked(parcel(**changes), Reach())
    assert refused.value.problems[0].path.startswith(path)


def test_unknown_parts_are_refused():
    with pytest.raises(InvalidInput):
        parcel(code="import os")
    with pytest.raises(InvalidInput):
        parcel(conditions=["the_moon_is_full"])


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Host", "elsewhere.example"),
        ("content-length", "0"),
        ("Idempotency-Key", "1"),
        ("X Y", "1"),
        ("", "1"),
        ("Authorization", ""),
        ("Authorization", "one\r\nHost: two"),
        ("Authorization", "schlüssel"),
        ("Authorization", " blank"),
        ("Authorization", "x" * 2_001),
    ],
)
def test_a_secret_is_a_header_of_its_own(header, value):
    with pytest.raises(InvalidInput):
        check_secret(header, value)


def test_a_definition_survives_its_row():
    made = checked(parcel(input_schema=SCHEMA), Reach())
    assert Definition.parsed(made.columns) == made
