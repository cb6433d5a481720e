"""What is known after people have spoken with each other for a while."""

from datetime import date, datetime, time

import pytest

from domain.receptionist.nlu import Context, Slot
from domain.receptionist.tracking import Wants, agreed_to, said_by_business, said_by_caller

MONDAY = datetime.fromisoformat("2026-11-16T15:00")
CONTEXT = Context(
    now=MONDAY,
    opens=time(8),
    closes=time(20),
    staff=["Dr. Morgan", "Dr. Alexis", "Cosmetic Dentistry Oakland", "1512 Barber Shop"],
    locations=["Oakland"],
)


def after(*turns):
    """Callers' turns as they are; those of the business begin with a sign."""
    wants = Wants()
    for turn in turns:
        if turn.startswith("> "):
            wants = said_by_business(wants, turn[2:], CONTEXT)
        else:
            wants = said_by_caller(wants, turn, CONTEXT)
    return wants


def test_an_offer_that_is_taken_up_holds():
    wants = after(
        "I need to see Dr. Morgan today", "> He is available at 6 pm. Shall I book?", "yes"
    )
    assert (wants.staff, wants.day, wants.at) == ("Dr. Morgan", date(2026, 11, 16), time(18))


def test_an_offer_that_is_refused_does_not():
    wants = after("tomorrow please", "> I have 6 pm. Shall I book it?", "no")
    assert wants.at is None


def test_what_is_said_to_be_gone_is_no_offer():
    wants = after("> Unfortunately Dr. Morgan has no appointment at 5 pm.", "ok")
    assert wants.at is None


def test_an_offer_beside_a_refusal_is_one():
    wants = after("> Sorry, 2 pm is not available. How about 2:30 pm on November 19th?", "ok")
    assert (wants.day, wants.at) == (date(2026, 11, 19), time(14, 30))


def test_a_correction_changes_only_what_it_names():
    wants = after("Thursday at 2", "> Please confirm: Thursday at 2 pm?", "no, make it Friday")
    assert (wants.day, wants.at) == (date(2026, 11, 20), time(14))


def test_what_is_booked_is_what_was_offered_last():
    wants = after(
        "I need Dr. Morgan today",
        "> Dr. Morgan is available at 7 pm. Can I book it?",
        "I also need to get my daughter Angela vaccinated. Can I get both at the same time?",
        "> Great, your appointment with Dr. Morgan is booked for you!",
    )
    assert wants.at == time(19)


def test_an_offer_earlier_than_now_is_one_of_tomorrow():
    wants = after("I need Dr. Morgan today", "> Dr. Morgan is available at 10 am. Book it?", "yes")
    assert wants.day == date(2026, 11, 17)


def test_that_it_is_done_now_tells_no_time():
    wants = after("Friday at 4 pm", "> Ok?", "yes", "> Excellent, it is scheduled now!")
    assert (wants.day, wants.at) == (date(2026, 11, 20), time(16))


def test_after_it_is_done_thanks_change_nothing():
    wants = after("Friday at 4 pm", "> Your appointment is booked.", "that's all for today, thanks")
    assert wants.day == date(2026, 11, 20)


def test_a_child_is_brought_along_by_the_caller():
    wants = after("> Your name?", "Mark", "also book it for my son Ben please")
    assert wants.name == "Mark"
    assert [(each.name, each.relation) for each in wants.visitors] == [("Ben", "son")]


def test_the_visit_of_the_caller_is_kept_beside_that_of_the_child():
    wants = after(
        "> He has a slot at 9 pm today.",
        "Book it and I also need to get my daughter Alexis in",
        "> He is available at 10 pm. Can I book it?",
        "yes please",
    )
    assert [visit.at for visit in wants.kept] == [time(21)]
    assert wants.at == time(22)


def test_one_may_be_called_like_the_doctor():
    wants = after("I need Dr. Alexis on Friday, my name is Alexis my symptoms are a cough")
    assert (wants.name, wants.staff) == ("Alexis", "Dr. Alexis")


def test_what_half_the_trade_is_called_names_nobody():
    assert after("do they offer cosmetic services in Oakland?").staff is None


def test_a_name_with_a_number_is_no_time():
    wants = after("at 1512 Barber Shop, please")
    assert (wants.staff, wants.at) == ("1512 Barber Shop", None)


def test_an_address_is_no_time():
    wants = after("Friday at 4 pm", "> Your appointment is set at 2 Townsend Street.")
    assert wants.at == time(16)


@pytest.mark.parametrize(
    ("line", "name"),
    [("nisha", "Nisha"), ("senthil ssn 4731", "Senthil"), ("rock 8523", "Rock"),
     ("strosin melinda and dq 84", "Strosin Melinda"), ("boston ma 02110", None),
     ("kelley a fleming 196 woodside circle", "Kelley A Fleming"), ("green stripe", None),
     ("kds 6 j 8", None), ("hello riley", None), ("medium", None)],
)  # fmt: skip
def test_without_the_question_only_what_must_be_a_name_is_one(line, name):
    wants = said_by_caller(Wants(asked=Slot.ANYTHING), line, CONTEXT)
    assert wants.name == name


def test_only_what_was_read_back_whole_and_agreed_to_is_agreed():
    read_back = (
        "Dr. Morgan on Friday at 4",
        "> So you want Dr. Morgan on Friday at 4 pm?",
    )
    assert agreed_to(after(*read_back, "> It is booked.")) is None
    assert agreed_to(after(*read_back, "yes")) is None
    agreed = agreed_to(after(*read_back, "yes", "> It is booked."))
    assert agreed is not None
    assert (agreed.staff, agreed.day, agreed.at) == ("Dr. Morgan", date(2026, 11, 20), time(16))
