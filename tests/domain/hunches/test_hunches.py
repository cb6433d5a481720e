"""What the nets learn from, and how what they learned is kept."""

import pytest

from domain.hunches import Lexicon, Linear, features, load
from domain.hunches.grams import BUCKETS
from domain.outreach import optout_hunch
from domain.plain import plain
from domain.receptionist.nlu.danger import hunch

SEA = Lexicon.of(SHIP="boat* row_boat", WATER="sea wave* boat_ramp", PERSON="i")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("i see a boathouse", ["PERSON", "SHIP"]),
        ("row boat on the sea", ["SHIP", "WATER"]),
        ("the boat ramp", ["WATER"]),
        ("seaside", []),
    ],
)
def test_the_longest_phrase_tells_what_is_meant(said, meant):
    assert SEA.read(said.split()) == meant


def test_a_word_in_two_lists_means_both():
    both = Lexicon.of(A="bank", B="bank bank")
    assert both.read(["bank"]) == ["A", "B"]


def test_the_same_words_are_the_same_features():
    said = plain("He isn't BREATHING!!")
    assert features(said, SEA) == features(plain("he is not breathing"), SEA)
    assert all(0 <= bucket < BUCKETS for bucket, _ in features(said, SEA))


def test_what_the_rules_found_is_a_feature_of_its_own():
    said = plain("help")
    assert len(features(said, SEA, ("medical",))) == len(features(said, SEA)) + 1


def test_weights_are_read_as_they_were_written(tmp_path):
    column = memoryview(bytes([127, 255] + [0] * (BUCKETS - 2))).cast("b")
    path = tmp_path / "some.weights"
    path.write_bytes(Linear({"any": 0.5}, {"any": -1.0}, {"any": column}).to_bytes())
    model = load(path)
    assert model.score("any", [(0, 2.0), (1, 2.0)]) == pytest.approx(2 * 127 * 0.5 - 2 * 0.5 - 1)
    assert 0.99 < model.probability("any", [(0, 2.0)]) <= 1.0


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("the charger melted and the drapes lit", "fire"),
        ("ive been saving up my sleeping pills for tonight", "self_harm"),
        ("he came at me with a hammer", "violence"),
        ("my son chugged windshield washer fluid", "medical"),
    ],
)
def test_dangers_that_no_phrase_knows_are_suspected(said, kind):
    seen = hunch.read(plain(said), None)
    assert hunch.likelihood(seen) >= hunch.BELIEVED
    assert hunch.likeliest(seen) == kind


def test_harmless_words_are_not_suspected():
    said = "i dropped my phone in the pool"
    assert hunch.likelihood(hunch.read(plain(said), None)) < hunch.DISBELIEVED


def test_a_refusal_that_no_phrase_knows_is_suspected():
    said = plain("give my phone a break")
    assert optout_hunch.likelihood(optout_hunch.read(said, None)) >= optout_hunch.BELIEVED
