import pytest

from domain.receptionist.nlu.heard import hear
from domain.receptionist.nlu.intents import find_intent, load_weights


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I'd like to book a haircut for Friday afternoon", "book"),
        ("could I move my appointment to next week", "reschedule"),
        ("please cancel my appointment tomorrow", "cancel"),
        ("can you check whether I have a reservation on Monday", "check_booking"),
        ("how late are you open on Saturdays", "hours"),
        ("how much does a cleaning cost", "price"),
        ("where are you located", "faq"),
        ("put me through to the manager", "human"),
        ("are you a robot or a real person", "are_you_a_bot"),
        ("what's the weather like in Boston", "out_of_scope"),
        ("bye bye", "goodbye"),
        ("can I leave a message for Dr. Morgan", "message"),
        ("please ask him to call me", "message"),
    ],
)
def test_a_wish_is_recognised(text: str, label: str) -> None:
    assert find_intent(hear(text)).label == label


def test_out_of_scope_says_so() -> None:
    found = find_intent(hear("tell me a joke about elephants"))

    assert not found.in_scope


def test_probabilities_are_honest_numbers() -> None:
    found = find_intent(hear("hello there"))

    assert 0 < found.probability <= 1
    assert found.runner_up in load_weights().labels
    assert found.runner_up != found.label


def test_silence_is_understood_without_error() -> None:
    assert 0 < find_intent(hear("")).probability <= 1


def test_declining_a_person_is_no_wish_for_one() -> None:
    found = find_intent(hear("I don't need to talk to a person"))

    assert found.probability < 1
