"""Nobody is left in a conversation: measured on conversations of others, and piece by piece."""

import json
import re
from pathlib import Path

import pytest

from domain.receptionist.nlu.name_words import NOT_NAMES
from domain.training.anonymiser import Said, anonymise

DIALOGUES = Path(__file__).parents[2] / "data/training/dialogues.jsonl"


def dialogues():
    return [json.loads(line) for line in DIALOGUES.read_text().splitlines()]


def parts_of(kind, value):
    """What must not be left over: every word of a name, and anything else as a whole."""
    words = value.casefold().split() if kind == "name" else [value.casefold()]
    return [word for word in words if len(word) > 1 and word not in NOT_NAMES]


def leaks(*, blind):
    found, told = [], 0
    for each in dialogues():
        turns = [Said(turn["who"] == "caller", turn["text"]) for turn in each["turns"]]
        known = () if blind else tuple(each["personal"].values())
        text = " ".join(turn.text for turn in anonymise(turns, known)).casefold()
        for kind, value in each["personal"].items():
            told += 1
            if any(
                re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text)
                for part in parts_of(kind, value)
            ):
                found.append((each["id"], kind))
    return found, told


@pytest.mark.promise("P099")
def test_what_the_record_knows_never_leaks():
    found, told = leaks(blind=False)
    assert told == 95
    assert found == []


@pytest.mark.promise("P099")
def test_what_no_record_knows_leaks_rarely():
    found, told = leaks(blind=True)
    assert len(found) / told <= 0.04


def test_the_words_that_matter_stay():
    asked = Said(False, "How can I help?")
    _, turn = anonymise(
        [asked, Said(True, "Can I move my cleaning from Tuesday at 3 to the morning?")]
    )
    assert "cleaning" in turn.text
    assert "morning" in turn.text


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("call me on 212-555-0142 please", "call me on [number] please"),
        ("it's two one two five five five oh one four two", "it's [number]"),
        ("write to anna.lee@example.com", "write to [e-mail]"),
        ("anna dot lee at gmail dot com", "[e-mail]"),
        ("I live at 12 Main Street apt 4, thanks", "I live at [address]"),
        ("we are at 2485 De La Cruz Boulevard", "we are at [address]"),
        ("my member number is AB-12345-C", "my member number is [number]"),
        ("see https://example.com/me", "see [address]"),
        ("it was on March 3rd, 2025", "it was on [date]"),
    ],
)
def test_each_kind_is_masked(said, masked):
    asked = Said(False, "How can we reach you?")
    assert anonymise([asked, Said(True, said)])[1].text == masked


def test_a_name_told_once_is_masked_everywhere():
    turns = [
        Said(False, "Who is calling?"),
        Said(True, "My name is Rosalind Achterberg."),
        Said(False, "Thank you, Rosalind. Is that Achterberg's first visit?"),
    ]
    said = " ".join(turn.text for turn in anonymise(turns))
    assert "Rosalind" not in said
    assert "Achterberg" not in said
    assert said.count("[name]") == 4


def test_the_same_words_are_masked_the_same_way():
    turns = [Said(True, "This is Ben Okafor, 212 555 0142")]
    assert anonymise(turns) == anonymise(turns)
