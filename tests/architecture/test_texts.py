"""Everything that is said is in the catalogue, and everything in the catalogue is said."""

import ast
import json
import re
from string import Formatter

import pytest

from domain.conversations.models import Outcome
from domain.events import catalogue as events
from domain.receptionist.booking import REFUSALS
from domain.texts import catalogue
from domain.texts.catalogue import FOLDER
from deskbell.cli.schema import checked_in
from tests.architecture.source import ROOT, written

TEXTS = catalogue("en")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.json"))
# Who says a text by its key, and whether its values are in the second place or in keywords.
SPEAKERS = re.compile(r"(^|\.)(Utter|texts\.say|say)$")
COMPOSED = {f"summary_{outcome.value}" for outcome in Outcome}


def places(key):
    """The names that a text leaves to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(TEXTS[key].text) if name}


def sayings():
    """`(where, key, values)` of every text that is said by a literal key; None if not literal."""
    for source in written():
        for name, call in source.calls:
            if name != "Utter" and not name.endswith("texts.say"):
                continue
            for key in _literal_keys(call.args[0]):
                yield f"{source.path}:{call.lineno}", key, _values(name, call)


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
    message = {f"summary_{Outcome.MESSAGE.value}"}
    assert COMPOSED - message <= set(TEXTS.lines)


def test_every_claim_names_an_event():
    checked_in()
    claims = {line.claims for line in TEXTS.lines.values() if line.claims}
    assert claims <= {name.partition("@")[0] for name in events()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same(language):
    other = catalogue(language)
    assert set(other.lines) == set(TEXTS.lines)
    for key, line in other.lines.items():
        filled = {name for _, name, _, _ in Formatter().parse(line.text) if name}
        assert filled == places(key), key


def test_every_language_has_a_version():
    for language in LANGUAGES:
        stored = json.loads((ROOT / "domain/texts" / f"{language}.json").read_text())
        assert stored["version"] >= 1


def _literal_keys(node):
    """The key, or both keys of a choice between two."""
    return [each.value for each in ast.walk(node) if _is_key(each)]


def _is_key(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in _KEYLIKE


def _values(name, call):
    if name != "Utter":
        return {keyword.arg for keyword in call.keywords}
    if len(call.args) == 1:
        return set()
    given = call.args[1]
    return {key.value for key in given.keys} if isinstance(given, ast.Dict) else None
