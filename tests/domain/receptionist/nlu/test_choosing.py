"""Which of a recogniser's guesses is believed."""

from datetime import datetime

import pytest

from domain.receptionist.nlu import Context, Slot
from domain.receptionist.nlu.choosing import best_guess, understand_best

NOW = datetime.fromisoformat("2026-11-16T10:00")


@pytest.mark.parametrize(
    ("asked", "guesses", "best"),
    [
        (Slot.PHONE, ("two on two five five", "212 555 0142"), 1),
        (Slot.NAME, ("Sean actor", "Shaun actor", "Shaun Akhtar"), 2),
        (Slot.TIME, ("at ate", "at eight"), 1),
        (Slot.NAME, ("Kavi Priyan", "copy prion"), 0),
        (None, ("I need a tooth", "I need two"), 0),
    ],
)
def test_the_first_guess_that_answers_is_believed(asked, guesses, best):
    assert best_guess(guesses, Context(now=NOW, asked=asked)) == guesses[best]


def test_a_postcode_is_one_of_the_country():
    context = Context(now=NOW, region="GB", asked=Slot.POSTCODE)
    heard = understand_best(("w 5", "w 5 6 6 n t"), context)
    assert heard.postcode is not None
    assert heard.postcode.code == "W566NT"


def test_a_day_that_was_taken_for_a_word_is_read():
    context = Context(now=NOW, region="GB", asked=Slot.BIRTH_DATE)
    heard = understand_best(("or February 2019",), context)
    assert heard.birth_date is not None
    assert heard.birth_date.first.isoformat() == "2019-02-04"
