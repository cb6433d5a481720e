"""Written English as it is read aloud."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.local_speech.reading import read_aloud


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("It is $120.", "It is one hundred twenty dollars."),
        (
            "$1, or $1,250.50",
            "one dollar, or one thousand two hundred fifty dollars and fifty cents",
        ),
        ("$0.99 off", "ninety-nine cents off"),
        ("$2.5 million", "two point five million dollars"),
        ("£5.20", "five pounds and twenty pence"),
        ("at 3:30 PM", "at three thirty PM"),
        ("at 3:05 or 3:00", "at three oh five or three o'clock"),
        ("at 15:00", "at fifteen hundred"),
        ("9 a.m. to 5 p.m. Come by.", "nine AM to five PM. Come by."),
        ("9am-5pm", "nine AM to five PM"),
        ("20–30 minutes", "twenty to thirty minutes"),
        ("+1 555 010 0199", "plus one, five five five, zero one zero, zero one nine nine"),
        ("(555) 010-0199", "five five five, zero one zero, zero one nine nine"),
        ("call 555-0199.", "call five five five, zero one nine nine."),
        ("2026-11-21", "November twenty-first, twenty twenty-six"),
        ("11/03/2026", "November third, twenty twenty-six"),
        ("Nov 3rd", "November third"),
        ("May 5, 2025", "May fifth, twenty twenty-five"),
        ("since 1985", "since nineteen eighty-five"),
        ("123 Main St. or St. Mary", "one hundred twenty-three Main Street or Saint Mary"),
        ("Dr. Ng, 4 Oak Dr.", "Doctor Ng, four Oak Drive"),
        ("info@oak.com", "info at oak dot com"),
        ("3.5% of #5", "three point five percent of number five"),
        ("code 004512", "code zero zero four, five one two"),
        ("1,200,000 & more", "one million two hundred thousand and more"),
        ("open 24/7", "open twenty-four seven"),
    ],
)
def test_reads_as_a_person_would(written, spoken):
    assert read_aloud(written, "en-US") == spoken


def test_other_languages_are_left_alone():
    assert read_aloud("Son  120 €", "es-ES") == "Son 120 €"


@given(st.text(alphabet="0123456789$:.,/-+()# ap.mAPM@", max_size=40))
def test_no_digits_are_left_to_chance(text):
    assert not re.search(r"\d", read_aloud(text, "en"))
