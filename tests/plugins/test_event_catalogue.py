"""The checked-in schema of events, and what may change in it."""

import pytest

from deskbell.event_catalogue import SCHEMA, broken, current, written

EVENT = {
    "properties": {
        "id": {"type": "string", "format": "uuid", "title": "Id"},
        "status": {"type": "string"},
    },
    "required": ["id", "status"],
}


def changed(**properties):
    """The event with other fields: None takes one away."""
    fields = {**EVENT["properties"], **properties}
    kept = {name: field for name, field in fields.items() if field is not None}
    return {"call.ended@1": {**EVENT, "properties": kept}}


def test_the_checked_in_schema_is_current():
    advice = "Events have changed: run `deskbell schema` and commit the file"
    assert SCHEMA.read_text() == written(current()), advice


def test_no_event_has_room_for_words():
    wordy = {"body", "email", "name", "notes", "phone", "summary", "text", "transcript"}
    fields = {name: set(schema["properties"]) for name, schema in current().items()}
    assert {name: found & wordy for name, found in fields.items() if found & wordy} == {}


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ({}, "call.ended@1 is gone"),
        (changed(status=None), "call.ended@1: status is gone"),
        (changed(status={"type": "integer"}), "call.ended@1: status has changed"),
        (
            {"call.ended@1": {**EVENT, "required": ["id", "status", "reason"]}},
            "call.ended@1: reason is demanded now",
        ),
    ],
)
def test_a_breaking_change_is_named(new, fault):
    assert broken({"call.ended@1": EVENT}, new) == [fault]


@pytest.mark.parametrize(
    "new",
    [
        changed(reason={"type": "string", "default": ""}),
        changed(id={"type": "string", "format": "uuid", "title": "The call"}),
        {**changed(), "call.ended@2": EVENT},
    ],
)
def test_an_addition_breaks_nothing(new):
    assert broken({"call.ended@1": EVENT}, new) == []
