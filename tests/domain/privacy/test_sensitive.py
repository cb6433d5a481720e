"""What is masked for whom: as the profile says, and cards for everybody."""

import pytest

from domain.privacy.policy import Destination, Preset, Sensitive
from domain.privacy.presets import CALLERS
from domain.privacy.redaction import CARD
from domain.privacy.sensitive import LABELS, redact_for

SSN, BORN = LABELS[Sensitive.SOCIAL_SECURITY], LABELS[Sensitive.BIRTH_DATE]


class Everything:
    """A profile that keeps all of it from everybody."""

    def masks(self, destination):
        return frozenset(Sensitive)


class Nothing:
    """A profile that keeps nothing from anybody."""

    def masks(self, destination):
        return frozenset()


@pytest.mark.law("L46")
@pytest.mark.parametrize("destination", Destination)
def test_a_card_goes_nowhere(destination):
    text = "my card is 4242 4242 4242 4242"
    assert redact_for(text, destination, Nothing()).text == f"my card is {CARD}"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("it is 123-45-6789", f"it is {SSN}"),
        ("my social is one two three, four five, six seven eight nine", f"my social is {SSN}"),
        ("the last four of my social are 6789", f"the last four of my social are {SSN}"),
        ("I was born on March 4th 1984, ok?", f"I was born on {BORN}, ok?"),
        ("date of birth oh three oh four eighty four", f"date of birth {BORN}"),
        ("mi fecha de nacimiento es 4 de marzo de 1984", f"mi fecha de nacimiento es {BORN}"),
        ("I have diabetes and come on Tuesday", "I have [health] and come on Tuesday"),
    ],
)
def test_what_a_profile_names_is_masked(text, masked):
    assert redact_for(text, Destination.NOTIFICATION, Everything()).text == masked


@pytest.mark.parametrize(
    "text",
    [
        "call me at 212-555-0142", "I'd like to come on March 4th", "a table for four at eight",
        "the zip is 90210-1234", "see you at 10:30",
    ],
)  # fmt: skip
def test_other_words_stay(text):
    assert redact_for(text, Destination.NOTIFICATION, Everything()).text == text


def test_a_health_record_keeps_what_a_letter_must_not_tell():
    profile = CALLERS[Preset.HEALTHCARE]
    text = "my social is 123-45-6789 and I have diabetes"
    assert redact_for(text, Destination.RECORD, profile).text == text
    told = redact_for(text, Destination.NOTIFICATION, profile).text
    assert "6789" not in told
    assert "diabetes" not in told


def test_the_spans_are_those_of_the_original():
    text = "born 03/04/1984, social 123-45-6789"
    found = redact_for(text, Destination.LOG, Everything())
    assert [text[start:end] for start, end, _ in found.spans] == ["03/04/1984", "123-45-6789"]
