import pytest

from domain.receptionist.nlu.heard import hear


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty-fifth", "25th"),
        ("the twenty third of May", "the 23th of may"),
        ("nineteen oh five", "19 05"),
        ("two thousand and twelve", "2012"),
        ("seventeen hundred thirty three", "1733"),
        ("eight hundred five five five", "800 5 5 5"),
        ("two hundred and five", "205"),
        ("eight o six", "8 06"),
        ("3 p . m .", "3 pm"),
        ("ten o\u2019clock", "10 oclock"),
        ("7p", "7 pm"),
        ("mid night", "midnight"),
        ("the 3rd", "the 3th"),
        ("one second", "1 second"),
        ("", ""),
    ],
)
def test_numbers_become_digits(text: str, expected: str) -> None:
    assert hear(text).text == expected


def test_positions_lead_back_to_the_original() -> None:
    text = "On  the TWENTY-THIRD,  at  Half Past\u00a0Three"
    heard = hear(text)

    start = heard.text.index("23th")
    span = heard.span(start, start + len("23th"))

    assert text[span.start : span.end] == "TWENTY-THIRD"


def test_letters_that_grow_do_not_shift_positions() -> None:
    text = "\u0130stanbul at five"
    heard = hear(text)

    span = heard.span(heard.text.index("5"), len(heard.text))

    assert text[span.start : span.end] == "five"
