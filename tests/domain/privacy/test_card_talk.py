"""When a card is being told, and when somebody only speaks of cards."""

import pytest

from domain.privacy.card_talk import tells_card, without_numbers


@pytest.mark.law("L46")
@pytest.mark.parametrize(
    "text",
    [
        "My card number is",
        "the credit card number is four one",
        "my visa is 4111 11",
        "My card is four two four two",
        "okay so let me give you my card number",
        "can you take down my debit card number",
        "are you ready for my card",
        "the number on my card is",
        "El número de mi tarjeta es",
        "le numéro de ma carte est",
        "meine Kartennummer lautet",
        "it is 4242 4242 4242 4242",
        "the security code is 123",
    ],
)
def test_a_card_is_being_told(text):
    assert tells_card(text)


@pytest.mark.parametrize(
    "text",
    [
        "do you take credit cards",
        "can I pay by card",
        "my card was declined last time",
        "my card is expired",
        "I lost my insurance card",
        "I will bring my card at four",
        "my phone number is 212 555 0142",
        "tell her my birthday card arrived",
        "my appointment is at three",
    ],
)
def test_only_speaking_of_cards(text):
    assert not tells_card(text)


def test_no_part_of_the_number_stays():
    masked = without_numbers("My card number is 4111 11. Sorry, I mean four two four two, at three")
    assert "4111" not in masked
    assert "four two" not in masked
    assert masked.startswith("My card number is [card number]")
