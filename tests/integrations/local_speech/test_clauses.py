"""Where a reply is cut."""

from hypothesis import given
from hypothesis import strategies as st

from integrations.local_speech.clauses import clauses


def test_first_clause_is_cut_early():
    text = "Of course, I can do that, just a moment. Which day?"
    assert clauses(text) == ["Of course,", "I can do that, just a moment.", "Which day?"]


def test_a_tiny_start_joins_what_follows():
    assert clauses("Well, let me see.") == ["Well, let me see."]


def test_an_unfinished_reply_gets_a_full_stop():
    assert clauses("See you on Tuesday") == ["See you on Tuesday."]


def test_nothing_to_say_is_nothing():
    assert clauses(" ... ") == []


@given(st.lists(st.text(alphabet="abc ", min_size=1, max_size=90), max_size=8))
def test_no_clause_is_long_and_no_word_is_lost(words):
    text = " ".join(words)
    cut = clauses(text)
    assert all(len(clause) <= 162 for clause in cut)
    assert "".join(cut).translate({32: None, 44: None, 46: None}) == text.replace(" ", "")
