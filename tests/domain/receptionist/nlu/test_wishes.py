"""A wish for a visit is recognised by its words, whatever else is said."""

import pytest

from domain.receptionist.nlu.wishes import wants_something, wants_visit


@pytest.mark.parametrize(
    "text",
    [
        "I haven't had a physical in a while. I need to make an appointment with a doctor.",
        "Nice! Can you make my reservation?",
        "Hello, could you help me search for a doctor?",
        "That works. I would like to visit the doctor.",
        "please get me in with Dr. Morgan",
    ],
)
def test_a_visit_is_asked_for(text):
    assert wants_visit(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want to cancel my appointment",
        "can I reschedule my booking",
        "I already have an appointment tomorrow",
        "how do I make an appointment?",
        "I don't need an appointment, I have a question",
        "what are your hours?",
    ],
)
def test_another_wish_is_no_wish_for_a_visit(text):
    assert not wants_visit(text)


def test_a_service_that_is_wanted_is_told_from_one_that_is_asked_about():
    assert wants_something("hello, I'd like a cleaning")
    assert not wants_something("how much is a cleaning?")
    assert not wants_something("I don't want a cleaning any more")
