"""Events are named for what happened, declared once, and all of them are in the catalogue."""

import ast
import dataclasses
import re

import pytest

from deskbell.event_catalogue import current
from domain import events
from tests.architecture.source import written

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
# What is past, or lasting, without ending in -ed.
ALSO_HAPPENED = {
    "dead": "a delivery that will not be tried again",
    "due_soon": "a clock that is about to run out",
    "forgotten": "irregular",
    "frozen": "irregular",
    "given": "irregular",
    "left": "irregular",
    "made": "irregular",
    "overdue": "a clock that has run out",
    "read": "irregular",
    "withdrawn": "irregular",
    "ready": "a recording that can be heard",
    "ringing": "a call's first state, before anything is past",
    "signed_in": "the verb comes first",
}


def declared():
    """`(name, path)` of every event class that source declares."""
    return [
        (node.value.value, source.path)
        for source in written()
        if source.path.endswith("events.py")
        for node in source.of(ast.AnnAssign)
        if isinstance(node.target, ast.Name) and node.target.id == "name"
        if isinstance(node.value, ast.Constant)
    ]


@pytest.fixture(scope="module")
def known():
    return {name.partition("@")[0] for name in current()}


def test_every_declared_event_is_in_the_catalogue(known):
    assert {name for name, _ in declared()} == known


def test_every_event_is_declared_once():
    names = [name for name, _ in declared()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", [name for name, _ in declared()])
def test_an_event_says_what_happened_to_what(name):
    assert NAME.fullmatch(name)
    verb = name.rpartition(".")[2]
    assert verb.endswith("ed") or verb in ALSO_HAPPENED


def test_every_event_names_the_id_of_what_it_happened_to(known):
    for event in events.declared():
        fields = {field.name for field in dataclasses.fields(event)}
        assert event.aggregate in fields, event.name
        assert event.aggregate.endswith("_id"), event.name


def test_events_cannot_be_changed(known):
    assert all(event.__dataclass_params__.frozen for event in events.declared())


def test_every_exception_still_has_its_event(known):
    assert {name.rpartition(".")[2] for name in known} >= set(ALSO_HAPPENED)
