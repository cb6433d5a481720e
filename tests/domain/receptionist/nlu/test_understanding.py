from dataclasses import replace
from datetime import date, datetime, time

import pytest

from domain.receptionist.nlu import Context, Slot, understand
from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.emergencies import Danger

CONTEXT = Context(
    now=datetime.fromisoformat("2026-11-21T10:00"),
    staff=("Dr. Alexis Morgan", "Sandra Miller"),
    services=("Haircut", "Colouring"),
    locations=("Fremont", "San Jose"),
)


def test_one_sentence_yields_everything() -> None:
    found = understand(
        "Hi, this is Toni Smith, I'd like to book a haircut with Sandra in San Jose"
        " next Tuesday at 3 pm, my number is 541 754 3010",
        CONTEXT,
    )

    assert found.intent.label == "book"
    assert found.name is not None
    assert found.name.name == "Toni Smith"
    assert found.staff is not None
    assert found.staff.only == "Sandra Miller"
    assert found.service is not None
    assert found.service.only == "Haircut"
    assert found.location is not None
    assert found.location.only == "San Jose"
    assert found.phone is not None
    assert found.phone.e164 == "+15417543010"
    (moment,) = found.moments
    assert moment.day is not None
    assert moment.day.first == date(2026, 11, 24)
    assert moment.at is not None
    assert moment.at.at == time(15)


def test_the_question_decides_what_a_number_is() -> None:
    said = "four"

    assert understand(said, CONTEXT).party is None
    assert understand(said, replace(CONTEXT, asked=Slot.PARTY)).party is not None
    assert understand(said, replace(CONTEXT, asked=Slot.TIME)).moments[0].at is not None


def test_a_birth_date_is_no_wish_to_come() -> None:
    found = understand("the 9th of May 43", replace(CONTEXT, asked=Slot.BIRTH_DATE))

    assert found.moments == ()
    assert found.birth_date is not None
    assert found.birth_date.first == date(1943, 5, 9)


def test_the_region_orders_day_and_month() -> None:
    american = understand("on 3/4", CONTEXT)
    british = understand("on 3/4", replace(CONTEXT, region="GB"))

    assert american.moments[0].day is not None
    assert british.moments[0].day is not None
    assert american.moments[0].day.first == date(2027, 3, 4)
    assert british.moments[0].day.first == date(2027, 4, 3)


def test_staff_asked_for_are_not_the_caller() -> None:
    assert understand("an appointment for Alexis Morgan", CONTEXT).name is None


def test_an_answer_and_a_change_are_told_apart() -> None:
    yes = understand("yes please", CONTEXT).confirmation
    change = understand("actually make it Friday", CONTEXT).confirmation

    assert yes is not None
    assert change is not None
    assert (yes.answer, change.answer) == (Answer.YES, Answer.CHANGE)


def test_an_emergency_is_never_missed_among_the_rest() -> None:
    found = understand("I'd like an appointment, I can't breathe properly", CONTEXT)

    assert found.emergency is not None
    assert found.emergency.kind is Danger.MEDICAL


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "...",
        "\U0001f600",
        "@",
        "at at at",
        "9999999999999999",
        "\u0130" * 50,
        "0/0/0000 at 99:99",
    ],
)
@pytest.mark.parametrize("asked", [None, *Slot])
def test_noise_is_understood_without_error(text: str, asked: Slot | None) -> None:
    assert understand(text, replace(CONTEXT, asked=asked)).text == text


def test_understanding_is_reproducible() -> None:
    text = "two haircuts on the 5th at half past two"

    assert understand(text, CONTEXT) == understand(text, CONTEXT)
