"""Numbers as words."""

import pytest

from integrations.local_speech.numerals import cardinal, decimal, digits, ordinal, year


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (99, "ninety-nine"),
        (120, "one hundred twenty"),
        (1_001, "one thousand one"),
        (2_345_678, "two million three hundred forty-five thousand six hundred seventy-eight"),
        (10**15, "one thousand trillion"),
    ],
)
def test_cardinals(number, words):
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "first"),
        (12, "twelfth"),
        (20, "twentieth"),
        (21, "twenty-first"),
        (100, "one hundredth"),
    ],
)
def test_ordinals(number, words):
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1900, "nineteen hundred"),
        (1985, "nineteen eighty-five"),
        (2000, "two thousand"),
        (2007, "two thousand seven"),
        (1906, "nineteen oh six"),
        (2026, "twenty twenty-six"),
    ],
)
def test_years(number, words):
    assert year(number) == words


def test_digits_pass_over_punctuation():
    assert digits("01-9") == "zero one nine"


def test_decimals_keep_every_digit():
    assert decimal("1,200.05") == "one thousand two hundred point zero five"
