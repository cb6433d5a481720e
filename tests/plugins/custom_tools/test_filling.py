"""From words to what the schema wants; pure."""

import pytest

from plugins.custom_tools.filling import told, typed
from tests.factories.tools import parcel

CODE = {"type": "string", "pattern": "^[A-Z]{2}[0-9]{4}$"}


@pytest.mark.parametrize(
    "said",
    [
        "AB1234",
        "ab1234",
        "It's AB1234.",
        "it is A B 1 2 3 4",
        "the number is AB 1234, I think",
        "AB-12 34",
        "A B one two three four please",
        "alpha bravo one two three four",
    ],
)
def test_a_code_is_understood_as_it_is_said(said):
    assert typed(CODE, said) == "AB1234"


def test_what_is_no_code_stays_as_it_was_said():
    assert typed(CODE, "I do not know it") == "I do not know it"


@pytest.mark.parametrize(
    ("given", "answer", "value"),
    [
        ({"type": "boolean"}, "yes", True),
        ({"type": "boolean"}, "no", False),
        ({"type": "integer"}, "42", 42),
        ({"type": "number"}, "1.5", 1.5),
        ({"type": "integer"}, "1.5", 1.5),
        ({"type": "string"}, "anything", "anything"),
        ({"type": "string", "format": "date"}, "2026-11-20", "2026-11-20"),
    ],
)
def test_answers_have_the_types_of_the_schema(given, answer, value):
    assert typed(given, answer) == value
    assert type(typed(given, answer)) is type(value)


def test_what_was_left_open_is_left_out():
    assert told(parcel(), {"number": ""}) == {}
    assert told(parcel(), {"number": "AB1234", "other": "x"}) == {"number": "AB1234"}
