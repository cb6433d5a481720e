"""Cards are found however they are said, and other numbers are left alone."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from domain.privacy.cards import is_card_number, is_issued
from domain.privacy.digits import runs
from domain.privacy.redaction import CARD, CODE, CardWatch, redact

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
FILLERS = st.sampled_from(["", "um", ",", "and", "then", "okay,", "and the next four are", " - "])
VISA = "4111111111111111"


def check_digit(digits: str) -> str:
    return next(last for last in "0123456789" if is_card_number(digits + last))


@st.composite
def card_numbers(draw, prefixes=tuple("123456789"), lengths=range(13, 20)):
    """Digits that pass the Luhn check; none begins with 0, as dialled numbers do."""
    digits = draw(st.sampled_from(prefixes))
    wanted = draw(st.sampled_from(lengths)) - 1
    digits += draw(st.text("0123456789", min_size=wanted - len(digits), max_size=wanted))
    digits = digits[:wanted]
    return digits + check_digit(digits)


issued = card_numbers(prefixes=("4", "51", "55", "2720", "6011", "35"), lengths=(16,))


@st.composite
def spoken(draw, number):
    """A number as somebody reads it out: digits, "double", pairs, grouped, with fillers."""
    said, at = [], 0
    while at < len(number):
        words, length = draw(st.sampled_from(list(ways(number[at:]))))
        said += [words, draw(FILLERS)]
        at += length
    return " ".join(said[:-1])


def ways(rest):
    """How the next digits can be said, and how many that are."""
    yield WORDS[int(rest[0])], 1
    yield rest[:4], len(rest[:4])
    if rest[0] == "0":
        yield "oh", 1
    if rest[0] * 2 == rest[:2]:
        yield f"double {WORDS[int(rest[0])]}", 2
    if rest[0] * 3 == rest[:3]:
        yield f"triple {WORDS[int(rest[0])]}", 3
    if rest[0] in "23456789" and rest[1:2] not in ("", "0"):
        tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
        yield f"{tens[int(rest[0]) - 2]}-{WORDS[int(rest[1])]}", 2


@given(card_numbers(), st.data())
def test_a_spoken_card_is_masked(number: str, data) -> None:
    words = data.draw(spoken(number))
    assert (
        redact(f"My card number is {words}. Thank you.") == f"My card number is {CARD}. Thank you."
    )


@given(card_numbers(), st.sampled_from(["", " ", "-", ".", ", ", "  ", "/", "\u200b"]))
def test_a_written_card_is_masked(number: str, between: str) -> None:
    groups = between.join(number[at : at + 4] for at in range(0, len(number), 4))
    assert redact(groups) == CARD


@given(issued, st.text("0123456789", min_size=7, max_size=7))
def test_a_card_is_found_beside_other_digits(number: str, more: str) -> None:
    assert redact(f"{number[:4]} {number[4:]} {more[:2]} {more[2:4]} {more[4:]}") == CARD
    assert redact(number + more) == CARD


@given(st.text("0123456789", min_size=13, max_size=19))
@example("4111111111111112")
def test_an_order_number_stays(number: str) -> None:
    windows = (number[at:end] for at in range(len(number)) for end in range(at + 14, 20))
    assume(not is_card_number(number) and not any(map(is_issued, windows)))
    assert redact(f"My order is {number}") == f"My order is {number}"


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(redact(text), str)


@pytest.mark.parametrize(
    "text",
    [
        "Call me at 212 555 0142, after 3 pm",
        "two one two five five five oh one four two",
        "It is +49 1512 3456789",
        "oh one one, forty-four, twenty, seventy-nine forty-six, oh nine five eight",
        "212 555 0142, 212 555 0142",
        "From 2026-11-16 to 2026-11-18, or 11/16/2026 and 11/18/2026",
        "My social security number is 123-45-6789",
        "The security code was 123456",
        "10:30, 11:30, 12:30, 13:30",
        "My security code question is another one. Call 212 555 0142",
        "Do you have anything on the 11th at 10 or the 12th at 11?",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("The CVV is 123", f"The CVV is {CODE}"),
        ("c v v: one two three four", f"c v v: {CODE}"),
        ("CVC 123 and 12 26 and so on", f"CVC {CODE} and 12 26 and so on"),
        ("One two three is my security code", f"{CODE} is my security code"),
        ("The three digits on the back are 987", f"The three digits on the back are {CODE}"),
        (
            "card verification code, um, it's double one two",
            f"card verification code, um, it's {CODE}",
        ),
    ],
)
def test_a_named_code_is_masked(text: str, masked: str) -> None:
    assert redact(text) == masked


def test_a_code_may_come_after_its_name() -> None:
    watch: CardWatch[int] = CardWatch()
    assert watch.read("My security code is", 1).text == "My security code is"
    assert watch.read("um, four five six", 2).text == f"um, {CODE}"


@given(issued, st.lists(st.integers(2, 8), min_size=1, max_size=7), st.data())
def test_a_card_over_several_turns_is_masked(number: str, sizes: list[int], data) -> None:
    pieces = cut(number, sizes)
    watch: CardWatch[int] = CardWatch()
    readings = [watch.read(data.draw(spoken(piece)), at) for at, piece in enumerate(pieces)]
    assert readings[-1].text == CARD
    earlier = {one.turn: one.text for one in readings[-1].earlier}
    assert earlier == dict.fromkeys(range(len(pieces) - 1), CARD)
    assert not watch.doubtful


def cut(number: str, sizes: list[int]) -> list[str]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(number[at : at + size])
        at += size
    # A single digit is no piece of a number being read out.
    whole = [piece for piece in [*pieces, number[at:]] if piece]
    assume(len(whole) <= 8 and all(len(piece) > 1 for piece in whole))
    return whole


def test_an_answer_between_breaks_nothing() -> None:
    watch: CardWatch[int] = CardWatch()
    watch.read("4111 1111", 1)
    watch.read("Yes", 2)
    assert watch.read("1111 1111", 3).earlier[0].turn == 1


def test_a_number_given_up_is_forgotten() -> None:
    watch: CardWatch[int] = CardWatch()
    watch.read("4111 1111", 1)
    assert watch.doubtful == {1}
    watch.read("No, wait", 2)
    watch.read("I would like to book a cleaning", 3)
    assert not watch.doubtful


def test_a_second_attempt_masks_the_first() -> None:
    watch: CardWatch[int] = CardWatch()
    watch.read("4111 1111", 1)
    assert watch.read("4111 1111 1111 1111", 2).earlier[0].text == CARD


def test_a_telephone_number_is_not_doubted() -> None:
    watch: CardWatch[int] = CardWatch()
    watch.read("212 555 0142", 1)
    assert not watch.doubtful


def test_memory_is_bounded() -> None:
    watch: CardWatch[int] = CardWatch()
    for turn in range(1000):
        watch.read("4040", turn)
    assert len(watch.doubtful) <= 8


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("four thousand one", "40001"),
        ("sixty-five hundred", "6500"),
        ("quadruple four", "4444"),
        ("٤١١١", "4111"),
        ("one two. three", "123"),
        ("the last four are one two", "12"),
    ],
)
def test_digits_are_read_as_they_are_said(text: str, digits: str) -> None:
    assert [run.digits for run in runs(text)] == [digits]
