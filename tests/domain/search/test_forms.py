"""What is indexed of a text, and what its fingerprints say."""

from uuid import uuid4

from domain.encryption import DataKey
from domain.search.forms import Fingerprints, beginning_form, forms
from domain.search.words import Text

KEY = DataKey(bytes(range(32)))


def test_a_text_is_indexed_by_stems_beginnings_and_neighbours():
    assert forms(Text.of("A leaking pipe 42", "en")) == {
        "sleak",
        "spipe",
        "s42",
        "b4leak",
        "b6leakin",
        "b4pipe",
        "na leaking",
        "nleaking pipe",
        "npipe 42",
    }


def test_beginnings_have_two_lengths_only():
    assert beginning_form("plum") == beginning_form("plumb") == "b4plum"
    assert beginning_form("plumbe") == beginning_form("plumbers") == "b6plumbe"


def test_numbers_have_no_beginnings():
    assert forms(Text.of("5550142", "en")) == {"s5550142"}


def test_fingerprints_fit_a_column_and_are_in_no_order_of_words():
    made = Fingerprints(KEY, "turn").all(forms(Text.of("the front door of the house", "en")))
    assert made == sorted(made)
    assert all(-(2**63) <= each < 2**63 for each in made)
    assert len(set(made)) == len(made)


def test_the_same_word_has_another_fingerprint_elsewhere():
    made = {
        Fingerprints(key, kind).of("sanna")
        for key in (KEY, DataKey(uuid4().bytes * 2))
        for kind in ("turn", "contact")
    }
    assert len(made) == 4


def test_a_key_for_search_is_no_key_for_anything_else():
    derived = KEY.derived("search")
    assert derived.digest(b"x") != KEY.digest(b"x")
    assert derived.digest(b"x") != KEY.derived("another").digest(b"x")
    assert derived.digest(b"x") == KEY.derived("search").digest(b"x")
