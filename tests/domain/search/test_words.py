"""Words without case, accents and endings."""

import unicodedata

import pytest

from domain.search.words import Text, plain, stem, stems, words_of


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("Leak", "leak"),
        ("Straße", "strasse"),
        ("Señor", "senor"),
        ("ÉTÉ", "ete"),
        ("ﬁne", "fine"),
        ("１２", "12"),
        ("İstanbul", "istanbul"),
        ("Ωmega", "ωmega"),
    ],
)
def test_case_and_accents_make_no_difference(word, form):
    assert plain(word) == form


def test_words_know_where_they_stand():
    text = "O'Brien said: call +1 212-555."
    found = [(word.plain, text[word.start : word.end]) for word in words_of(text)]
    assert found == [
        ("o", "O"),
        ("brien", "Brien"),
        ("said", "said"),
        ("call", "call"),
        ("1", "1"),
        ("212", "212"),
        ("555", "555"),
    ]


def test_an_accent_of_its_own_belongs_to_its_letter():
    apart = unicodedata.normalize("NFD", "El niño")
    assert [word.plain for word in words_of(apart)] == ["el", "nino"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "leaking", "leaks"),
        ("es", "citas", "cita"),
        ("fr", "rendez", "rendez"),
        ("de", "termine", "termin"),
        ("it", "appuntamenti", "appuntamento"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, one, other):
    assert stem(one, language) == stem(other, language)


@pytest.mark.parametrize(("word", "language"), [("leaking", "xx"), ("42nd", "en"), ("is", "en")])
def test_what_is_not_stemmed_stays_itself(word, language):
    assert stem(word, language) == word


def test_a_question_has_the_stem_of_every_language():
    assert {"leaking", "leak"} <= stems("leaking")


def test_a_text_is_stemmed_in_the_language_of_its_region():
    assert Text.of("Leaking pipes", "en-US").stems == ("leak", "pipe")
    assert Text.of("Leaking pipes", "tlh").stems == ("leaking", "pipes")


def test_punctuation_is_no_word():
    assert words_of(" … — !? ") == []
