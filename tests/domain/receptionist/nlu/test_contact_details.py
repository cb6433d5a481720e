import pytest

from domain.receptionist.nlu.emails import find_email
from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.party import find_party
from domain.receptionist.nlu.phones import find_phone
from domain.receptionist.nlu.postcodes import find_postcode


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("it's 541-754-3010", "US", "+15417543010"),
        ("two one two, five five five, oh one double nine", "US", "+12125550199"),
        ("area code 312 then 241 11 11", "US", "+13122411111"),
        ("eight hundred five five five one two one two", "US", "+18005551212"),
        ("+44 20 7946 0958", "US", "+442079460958"),
        (
            "plus forty four twenty seventy nine forty six oh nine fifty eight",
            "US",
            "+442079460958",
        ),
        ("oh two oh seven nine four six double oh oh five", "GB", "+442079460005"),
        ("delhi 674563 9987896597", "IN", "+919987896597"),
    ],
)
def test_a_phone_number_becomes_e164(text: str, region: str, expected: str) -> None:
    found = find_phone(hear(text), region)

    assert found is not None
    assert found.e164 == expected


def test_an_extension_is_kept_apart() -> None:
    found = find_phone(hear("541 754 3010 extension 12"), "US")

    assert found is not None
    assert (found.e164, found.extension) == ("+15417543010", "12")


def test_part_of_a_number_needs_the_question() -> None:
    heard = hear("five five five")

    found = find_phone(heard, "US", asked=True)

    assert find_phone(heard, "US") is None
    assert found is not None
    assert (found.digits, found.e164) == ("555", None)


@pytest.mark.parametrize("text", ["at 3 or 4", "the 23rd of May 1943", "table for 12 people"])
def test_other_digits_are_no_phone_number(text: str) -> None:
    assert find_phone(hear(text), "US") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a at nvidia dot com", "a@nvidia.com"),
        ("j dot smith at gmail dot com", "j.smith@gmail.com"),
        ("my email is john smith twenty two at g mail dot com", "johnsmith22@gmail.com"),
        ("it's mary underscore jones at yahoo dot co dot uk please", "mary_jones@yahoo.co.uk"),
        ("d as in dog e n at outlook com", "den@outlook.com"),
        ("write to Jane.Doe+desk@Example.org.", "jane.doe+desk@example.org"),
    ],
)
def test_an_address_is_read_out(text: str, expected: str) -> None:
    found = find_email(hear(text))

    assert found is not None
    assert found.address == expected


@pytest.mark.parametrize("text", ["at three", "meet me at the shop", "I am at work dot dot dot"])
def test_at_alone_is_no_address(text: str) -> None:
    assert find_email(hear(text)) is None


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("M 5 3 2 z d", "GB", "M532ZD"),
        ("m 3 U 8p Zed", "GB", "M3U8PZ"),
        ("u b 8 9 x q", "GB", "UB89XQ"),
        ("b t 6 5 4 DP", "GB", "BT654DP"),
        ("my zip code is 94063", "US", "94063"),
        ("zip 94063-1234", "US", "94063-1234"),
        # As recognisers write them.
        ("The zip code is 10,001.", "US", "10001"),
        ("My zip code is 1-1-2-1-5.", "US", "11215"),
        ("Zip code 1, 1, 2, 1, 5.", "US", "11215"),
    ],
)
def test_a_postcode_is_put_together(text: str, region: str, expected: str) -> None:
    found = find_postcode(hear(text), region)

    assert found is not None
    assert found.code == expected


@pytest.mark.parametrize("text", ["212 555 0199", "1-212-555-0199.", "It is 1,250 dollars, 300"])
def test_other_numbers_are_no_postcode(text: str) -> None:
    assert find_postcode(hear(text), "US", asked=True) is None


def test_an_odd_postcode_needs_the_question() -> None:
    heard = hear("s 7 V 0 b")

    found = find_postcode(heard, "GB", asked=True)

    assert find_postcode(heard, "GB") is None
    assert found is not None
    assert found.code == "S7V0B"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a table for four", 4),
        ("the two of us", 2),
        ("we are 6 and we will arrive before quarter to 5", 6),
        ("a family of four", 4),
        ("just me", 1),
        ("me and my wife", 2),
        ("10 people at 1 05", 10),
    ],
)
def test_people_are_counted(text: str, count: int) -> None:
    found = find_party(hear(text))

    assert found is not None
    assert found.count == count


def test_a_bare_number_needs_the_question() -> None:
    heard = hear("it will be 7")

    found = find_party(heard, asked=True)

    assert find_party(heard) is None
    assert found is not None
    assert found.count == 7
