import pytest

from domain.receptionist.nlu.names import find_name
from domain.receptionist.nlu.spelling import find_spelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my name is david flinch", "David Flinch"),
        ("hi, this is Kaytie, alter my reservation", "Kaytie"),
        ("sure my name is toni smith 123 boss road", "Toni Smith"),
        ("hi, jamesha hamlett here, I have a slot booked", "Jamesha Hamlett"),
        ("the booking is under the name oehler, sorry", "Oehler"),
        ("My last name is O'Neill", "O'Neill"),
        ("I am ashok arwood, I need to cancel", "Ashok Arwood"),
    ],
)
def test_an_introduction_gives_the_name(text: str, expected: str) -> None:
    found = find_name(text)

    assert found is not None
    assert found.name == expected
    assert text[found.span.start : found.span.end].lower() == expected.lower()


@pytest.mark.parametrize(
    "text",
    [
        "I'm calling about my appointment",
        "this is urgent",
        "it's fine",
        "I am not sure",
        "I'm looking for a dentist",
        "hello, good morning",
        "I'm sick",
    ],
)
def test_ordinary_words_are_no_names(text: str) -> None:
    assert find_name(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("siva kumar", "Siva Kumar"),
        ("yeah sure, it's emily", "Emily"),
        ("name rishi mobile 657 890 5678", "Rishi"),
        ("Mary-Jane Watson", "Mary-Jane Watson"),
        ("for jodie bienaime", "Jodie Bienaime"),
    ],
)
def test_a_bare_answer_is_the_name(text: str, expected: str) -> None:
    found = find_name(text, asked=True)

    assert found is not None
    assert found.name == expected


@pytest.mark.parametrize("text", ["yes", "no thanks", "I don't know", "tomorrow", "what?"])
def test_an_evasion_is_no_name(text: str) -> None:
    assert find_name(text, asked=True) is None


def test_somebody_else_is_marked() -> None:
    found = find_name("I need a checkup for my son Ben")

    assert found is not None
    assert (found.name, found.relation) == ("Ben", "son")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d e n i s", "denis"),
        ("D as in dog, E, N as in November, I, S", "denis"),
        ("it's k for kilo a h n", "kahn"),
        ("s m i double t h", "smitth"),
        ("g e o f f r e y", "geoffrey"),
        ("november india charlie kilo", "nick"),
    ],
)
def test_letters_are_put_together(text: str, expected: str) -> None:
    (found,) = find_spelled(text)

    assert found.letters == expected


def test_mike_alone_is_not_a_letter() -> None:
    assert find_spelled("Mike and I are here") == ()


def test_a_spelling_corrects_the_heard_name() -> None:
    found = find_name("my name is Marc Daly, that's M A R K", asked=True)

    assert found is not None
    assert (found.name, found.spelled) == ("Mark Daly", True)
