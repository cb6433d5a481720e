"""Everything that is said is in the catalogue, and everything in the catalogue is said."""

import ast
import json
from string import Formatter

import pytest

from deskbell.event_catalogue import current
from domain.conversations.models import Outcome
from domain.receptionist.booking import REFUSALS
from domain.texts import catalogue
from domain.texts.catalogue import FOLDER
from tests.architecture.source import written

TEXTS = catalogue("en")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
# A summary is chosen by what came of the conversation; a message is told as being left.
COMPOSED = {f"summary_{outcome.value}" for outcome in Outcome} | {"summary_left_message"}


def places(key):
    """The names that a text leaves to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(TEXTS[key].text) if name}


def sayings():
    """`(where, key, values)` of every text said by a literal key; values are None if computed."""
    for source in written():
        for name, call in source.calls:
            for key, values in _said(name, call):
                yield f"{source.path}:{call.lineno}", key, values


def test_every_text_that_is_said_exists():
    assert {key for _, key, _ in sayings()} - set(TEXTS.lines) == set()
    assert set(REFUSALS.values()) - set(TEXTS.lines) == set()


def test_every_text_that_exists_is_said():
    quoted = {text for source in written() for text in source.strings}
    assert set(TEXTS.lines) - quoted - COMPOSED == set()


def test_every_place_is_filled():
    wrong = {
        f"{where} {key}: {sorted(values)}"
        for where, key, values in sayings()
        if values is not None and values != places(key)
    }
    assert wrong == set()


def test_what_the_calendar_refuses_needs_no_filling():
    assert [key for key in REFUSALS.values() if places(key)] == []


def test_every_outcome_can_be_summed_up():
    assert set(TEXTS.lines) >= COMPOSED


def test_every_claim_names_an_event():
    claims = {line.claims for line in TEXTS.lines.values() if line.claims}
    assert claims <= {name.partition("@")[0] for name in current()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same(language):
    other = catalogue(language)
    assert set(other.lines) == set(TEXTS.lines)
    for key, line in other.lines.items():
        filled = {name for _, name, _, _ in Formatter().parse(line.text) if name}
        assert filled == places(key), key


def test_every_language_has_a_version():
    for language in LANGUAGES:
        stored = json.loads((FOLDER / f"{language}.json").read_text())
        assert stored["version"] >= 1


def _said(name, call):
    if name == "_plain":
        return [(key, set()) for argument in call.args for key in _keys(argument)]
    if name == "Utter":
        return [(key, _values(call)) for key in _keys(call.args[0])]
    if name.endswith("texts.say"):
        return [(key, {given.arg for given in call.keywords}) for key in _keys(call.args[0])]
    return []


def _keys(node):
    """The key, or both keys of a choice between two; none if it is computed."""
    choices = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return [choice.value for choice in choices if isinstance(choice, ast.Constant)]


def _values(call):
    if len(call.args) == 1:
        return set()
    given = call.args[1]
    return {key.value for key in given.keys} if isinstance(given, ast.Dict) else None
