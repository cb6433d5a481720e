import pytest

from domain.receptionist.nlu.matching import find_named, slips

STAFF = ["Dr. Alexis Morgan", "Dr. Sandra Bendeck, MD", "John Nguyen, M.D.", "Sandra Miller"]
SERVICES = ["General Practitioner", "Haircut", "Root Canal", "Women's Haircut"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can I see doctor Morgan", "Dr. Alexis Morgan"),
        ("is Nguyen in today", "John Nguyen, M.D."),
        ("with Bendek please", "Dr. Sandra Bendeck, MD"),
        ("Sandra Miller", "Sandra Miller"),
        ("Miller's schedule", "Sandra Miller"),
        ("alexsis morgan", "Dr. Alexis Morgan"),
    ],
)
def test_staff_are_known_by_part_of_their_name(text: str, expected: str) -> None:
    found = find_named(text, STAFF)

    assert found is not None
    assert found.only == expected


def test_two_of_one_name_are_both_returned() -> None:
    found = find_named("I'd like to see Sandra", STAFF)

    assert found is not None
    assert set(found.names) == {"Dr. Sandra Bendeck, MD", "Sandra Miller"}
    assert found.only is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two haircuts please", "Haircut"),
        ("a womens haircut", "Women's Haircut"),
        ("my family doctor", "General Practitioner"),
        ("a root cannal", "Root Canal"),
    ],
)
def test_services_are_known_by_plural_alias_and_slip(text: str, expected: str) -> None:
    aliases = {"General Practitioner": ["family doctor", "GP"]}

    found = find_named(text, SERVICES, aliases)

    assert found is not None
    assert found.only == expected


def test_nobody_is_found_by_title_alone() -> None:
    assert find_named("I want to see a doctor", STAFF) is None


def test_nothing_is_found_by_the_small_words_of_a_sentence() -> None:
    aliases = {"Appraisal": ["what is my home worth"]}
    assert find_named("My name is Anna Lopez.", ["Appraisal"], aliases) is None
    found = find_named("I wonder what my home is worth", ["Appraisal"], aliases)
    assert found is not None
    assert found.only == "Appraisal"


@pytest.mark.parametrize(
    ("said", "wanted", "count"),
    [
        ("miller", "miller", 0),
        ("millar", "miller", 1),
        ("mliler", "miller", 1),
        ("bo", "miller", 3),
    ],
)
def test_slips_are_counted(said: str, wanted: str, count: int) -> None:
    assert slips(said, wanted, 2) == count
