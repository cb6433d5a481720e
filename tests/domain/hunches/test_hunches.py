"""What the nets learn from, and how what they learned is kept."""

import numpy as np
import pytest

from domain.hunches import (
    Bounds,
    Layered,
    Lexicon,
    Linear,
    Opinion,
    encoded,
    features,
    load,
    load_layered,
    use_encoder,
)
from domain.hunches.grams import BUCKETS
from domain.outreach import optout_hunch
from domain.plain import plain
from domain.receptionist.nlu.danger import hunch
from integrations.sentences import SentenceEncoder

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


def test_a_network_is_read_as_it_was_written(tmp_path):
    rows = np.array([[127, 0], [0, -127]], np.int8)
    two = np.array([1.0, 2.0], np.float32)
    path = tmp_path / "some.meaning"
    path.write_bytes(Layered(rows, two / 127, two, two, -0.5).to_bytes())
    # The first neuron sees 3 + 1; the second -8 + 2, and is silent.
    assert load_layered(path).score((3.0, 4.0)) == pytest.approx(4 - 0.5)


@pytest.mark.parametrize(
    ("likelihood", "believed", "disbelieved"),
    [(0.05, False, True), (0.1, False, False), (0.6, True, False)],
)
def test_between_the_bounds_the_rules_decide(likelihood, believed, disbelieved):
    opinion = Opinion(likelihood, Bounds(believed=0.6, disbelieved=0.1))
    assert (opinion.believed, opinion.disbelieved) == (believed, disbelieved)


@pytest.fixture(params=["with what it means", "by its words alone"])
def encoder(request):
    use_encoder(SentenceEncoder() if request.param == "with what it means" else None)
    yield
    use_encoder(SentenceEncoder())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("the charger melted and the drapes lit", "fire"),
        ("ive been saving up my sleeping pills for tonight", "self_harm"),
        ("he came at me with a hammer", "violence"),
        ("my son chugged windshield washer fluid", "medical"),
    ],
)
@pytest.mark.usefixtures("encoder")
def test_dangers_that_no_phrase_knows_are_suspected(said, kind):
    seen = hunch.read(plain(said), None)
    assert hunch.opinion(said, seen).believed
    assert hunch.likeliest(seen) == kind


@pytest.mark.usefixtures("encoder")
def test_harmless_words_are_not_suspected():
    said = "i dropped my phone in the pool"
    assert hunch.opinion(said, hunch.read(plain(said), None)).disbelieved


@pytest.mark.usefixtures("encoder")
def test_a_refusal_that_no_phrase_knows_is_suspected():
    said = "give my phone a break"
    assert optout_hunch.opinion(said, optout_hunch.read(plain(said), None)).believed


@pytest.mark.parametrize(
    ("said", "same", "other"),
    [
        ("my husband cannot breathe", "mi esposo no puede respirar", "do you have parking"),
        ("never write to me again", "schreiben sie mir nie wieder", "mein auto ist kaputt"),
    ],
)
def test_what_means_the_same_is_alike_in_every_language(said, same, other):
    first, second, third = (np.array(encoded(each)) for each in (said, same, other))
    assert first @ second > 0.6
    assert first @ third < 0.4


def test_of_a_rant_only_the_beginning_is_encoded():
    assert encoded("no more " * 500) == encoded("no more " * 100)


def test_what_was_prepared_together_means_the_same():
    said = ("no more texts please", "my husband cannot breathe")
    prepared = SentenceEncoder()
    prepared.prepare(said)
    for each in said:
        assert np.allclose(prepared.encode(each), SentenceEncoder().encode(each), atol=1e-5)
