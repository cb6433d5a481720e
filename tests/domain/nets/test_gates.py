"""Below these shares nothing is released: emergencies, opt-outs, spoken cards."""

import json
from pathlib import Path
from random import Random
from time import process_time

import pytest

from deskbell.nets import figures, reading
from deskbell.nets.measuring import CORPORA, checked_in, drawn, measure
from deskbell.nets.scoring import alarms, covered, opts_out, score_cards
from domain.privacy.redaction import find_cards, mask, redact
from domain.receptionist.nlu.emergencies import find_emergency
from domain.receptionist.nlu.heard import hear
from tests.factories.spoken_cards import told

HARMLESS = Path("tests/data/nlu/intents.jsonl")
# Seconds that no utterance may take, however it is made; far more than any real one needs.
TOO_LONG = 2.0


@pytest.fixture(scope="module")
def unseen():
    """What was measured when the nets were last changed; nobody can change them without."""
    return figures.on_held()


@pytest.mark.long
def test_the_figures_are_measured_ones(unseen):
    assert json.loads(json.dumps(measure(checked_in(), part="held"))) == unseen


def learned(net, read, draws):
    """The figures on every eightieth line that was learned from."""
    lines = [line for line in read(CORPORA / f"{net}.jsonl") if line.part == "dev"]
    return drawn(lines[::80], draws)["overall"]


@pytest.mark.law("L48")
def test_emergencies_are_heard_and_nothing_else():
    figures = learned("emergency", reading.emergencies, alarms)
    assert figures["recall"] >= 0.99
    assert figures["false_alarm_rate"] <= 0.02


@pytest.mark.law("L48")
def test_emergencies_in_words_of_strangers_are_heard(unseen):
    figures = unseen["emergency"]["overall"]
    assert figures["recall"] >= 0.985
    assert figures["false_alarm_rate"] <= 0.028


@pytest.mark.law("L15")
def test_a_stop_is_understood_and_nothing_else():
    figures = learned("optout", reading.optouts, opts_out)
    assert figures["recall"] >= 0.99
    assert figures["precision"] >= 0.97


@pytest.mark.law("L15")
def test_a_stop_in_words_of_strangers_is_understood(unseen):
    figures = unseen["optout"]["overall"]
    assert figures["recall"] >= 0.99
    assert figures["precision"] >= 0.93


@pytest.mark.law("L46")
def test_cards_and_codes_are_found_after_noise(unseen):
    known = score_cards(reading.cards(CORPORA / "cards.jsonl"))
    for each in (known["overall"], unseen["cards"]["overall"]):
        assert min(each["recall_by_kind"].values()) >= 0.995
        assert each["found_when_read_again"] == 0
        assert each["false_alarm_rate"] <= 0.05


@pytest.mark.law("L46")
@pytest.mark.parametrize("seed", range(5))
def test_cards_that_nobody_has_seen_are_found_too(seed):
    random = Random(seed)
    said = [told(random) for _ in range(200)]
    found = [
        covered(each.text, span, find_cards(each.text)) for each in said for span in each.spans
    ]
    assert sum(found) >= 0.99 * len(found)
    masked = [mask(each.text, find_cards(each.text)) for each in said]
    assert [text for text in masked if redact(text) != text] == []


@pytest.mark.parametrize(
    "text",
    [
        "cannot " * 500, "he is not " * 400, "my son " * 500, "smell of " * 400, "to for " * 600,
        "four " * 800, "one two no sorry " * 200, "the gas and the " * 250, "a" * 4000,
    ],
)  # fmt: skip
def test_no_utterance_takes_long(text):
    begun = process_time()
    find_emergency(hear(text))
    opts_out(text)
    find_cards(text)
    assert process_time() - begun < TOO_LONG


def test_everyday_talk_alarms_nobody():
    lines = [json.loads(line)["text"] for line in HARMLESS.read_text().splitlines()]
    wrong = [line for line in lines if alarms(line) or opts_out(line)]
    assert len(wrong) <= 0.005 * len(lines)
