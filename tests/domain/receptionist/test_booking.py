"""Callers who want to come in."""

from datetime import UTC, datetime, timedelta

import pytest

from domain import appointments, contacts
from domain.appointments.repository import Appointments
from domain.business import versions
from domain.personal import Source
from tests.domain.receptionist.conftest import CALLER

TUESDAY_2_PM = datetime(2026, 11, 17, 19, 0, tzinfo=UTC)


async def booked(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await Appointments(uow).page(Appointments(uow).standing().order_by("starts_at"))


async def visit_of_caller(unit_of_work, scope, practice, starts_at=TUESDAY_2_PM):
    async with unit_of_work(scope) as uow:
        contact = await contacts.recognise(uow, CALLER, source=Source.OWNER)
        profile = await versions.profile(uow)
        wanted = appointments.Booking(contact.id, practice.cleaning_id, starts_at)
        return await appointments.book(uow, profile, wanted)


@pytest.mark.promise("P039")
async def test_a_visit_is_booked_after_the_caller_agrees(call, unit_of_work, scope, practice):
    talk = await call()
    await talk.say("Hi, I'd like to book a cleaning")
    await talk.say("Tuesday at 2 pm please")
    readback = await talk.say("It's John Miller")
    assert readback == "So that is a cleaning tomorrow at 2 PM, for John Miller. Shall I book it?"
    assert await booked(unit_of_work, scope) == []
    done = await talk.say("yes please")
    assert done.startswith("You are booked for a cleaning tomorrow at 2 PM.")
    [appointment] = await booked(unit_of_work, scope)
    assert (appointment.starts_at, appointment.service_id) == (TUESDAY_2_PM, practice.cleaning_id)


async def test_everything_in_one_sentence_is_enough(call, unit_of_work, scope):
    talk = await call()
    await talk.say("This is Anna Lopez, can I book a cleaning tomorrow at 2 pm?")
    await talk.say("yes")
    assert len(await booked(unit_of_work, scope)) == 1


async def test_a_no_to_the_readback_books_nothing(call, unit_of_work, scope):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    assert await talk.say("no") == "What day and time would suit you?"
    assert await booked(unit_of_work, scope) == []


async def test_a_change_of_mind_at_the_readback_is_taken_in(call, unit_of_work, scope):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    readback = await talk.say("actually make it 3 pm")
    assert "tomorrow at 3 PM" in readback
    await talk.say("yes, that's right")
    [appointment] = await booked(unit_of_work, scope)
    assert appointment.starts_at == TUESDAY_2_PM + timedelta(hours=1)


async def test_a_name_at_the_readback_is_taken_in(call, unit_of_work, scope):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    assert "for Emma Carter" in await talk.say("my name is Emma Carter")
    assert "for Emma Carter" in await talk.say("my name is Emma Carter")
    await talk.say("yes")
    assert len(await booked(unit_of_work, scope)) == 1


async def test_a_taken_time_brings_others_close_by(call, unit_of_work, scope, practice):
    for _ in range(2):
        await visit_of_caller(unit_of_work, scope, practice)
    talk = await call()
    answer = await talk.say("I'd like a cleaning tomorrow at 2 pm")
    assert answer.startswith("I am afraid tomorrow at 2 PM is not free. I have")
    assert "1:30 PM" in answer


async def test_an_offered_time_is_chosen_by_its_place(call, unit_of_work, scope):
    talk = await call()
    offer = await talk.say("I need an exam on Wednesday morning, my name is Anna Lopez")
    assert offer.startswith("I have Wednesday, November 18 at 9 AM")
    assert "at 9 AM" in await talk.say("the first one")


async def test_a_member_of_staff_can_be_asked_for(call, unit_of_work, scope, practice):
    talk = await call()
    await talk.say("I'd like a cleaning with doctor Patel tomorrow at 2 pm, I'm Anna Lopez")
    await talk.say("yes")
    async with unit_of_work(scope) as uow:
        [row] = await uow.connection.execute_query_dict("SELECT resource_id FROM reservation")
    assert row["resource_id"] == practice.dr_patel_id


async def test_a_time_taken_while_the_caller_thinks_is_told(call, unit_of_work, scope, practice):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    for _ in range(2):
        await visit_of_caller(unit_of_work, scope, practice)
    answer = await talk.say("yes")
    assert answer.startswith("I am sorry, that time has just been taken.")
    assert "1:30 PM" in answer


async def test_saying_yes_twice_books_once(call, unit_of_work, scope):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    await talk.say("yes")
    await talk.say("yes")
    assert len(await booked(unit_of_work, scope)) == 1


async def test_a_closed_day_is_not_offered(call):
    talk = await call()
    answer = await talk.say("I'd like a cleaning on Sunday at 2 pm")
    assert answer.startswith("I am afraid nothing is free then.")


@pytest.mark.promise("P039")
async def test_a_visit_is_moved(call, unit_of_work, scope, practice):
    await visit_of_caller(unit_of_work, scope, practice)
    talk = await call()
    question = await talk.say("I need to reschedule my appointment")
    assert question.startswith("You have a cleaning tomorrow at 2 PM.")
    await talk.say("Thursday at 10 am")
    done = await talk.say("yes")
    assert done.startswith("Your appointment is now on Thursday, November 19 at 10 AM.")
    [appointment] = await booked(unit_of_work, scope)
    assert appointment.starts_at == datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


async def test_a_visit_is_cancelled_only_when_confirmed(call, unit_of_work, scope, practice):
    await visit_of_caller(unit_of_work, scope, practice)
    talk = await call()
    question = await talk.say("I want to cancel my appointment")
    assert question == "You have a cleaning tomorrow at 2 PM. Shall I cancel it?"
    assert len(await booked(unit_of_work, scope)) == 1
    done = await talk.say("yes please")
    assert done.startswith("Your appointment tomorrow at 2 PM is cancelled.")
    assert await booked(unit_of_work, scope) == []


async def test_a_spoken_number_opens_nobodys_bookings(call, unit_of_work, scope, practice):
    await visit_of_caller(unit_of_work, scope, practice)
    talk = await call(phone=None)
    answer = await talk.say("My number is 212 555 0142, I want to cancel my appointment")
    assert answer.startswith("I cannot find an appointment")
    assert len(await booked(unit_of_work, scope)) == 1


async def test_among_several_visits_the_caller_names_one(call, unit_of_work, scope, practice):
    await visit_of_caller(unit_of_work, scope, practice)
    await visit_of_caller(unit_of_work, scope, practice, TUESDAY_2_PM + timedelta(days=2))
    talk = await call()
    question = await talk.say("please cancel my appointment")
    assert question.endswith("Which one do you mean?")
    assert "Thursday" in await talk.say("the one on Thursday")


@pytest.mark.parametrize("words", ["never mind", "forget it"])
async def test_a_caller_may_give_up(call, words):
    talk = await call()
    await talk.say("I'd like to book a cleaning")
    assert (await talk.say(words)).startswith("All right, I have left it as it is.")


async def test_a_change_while_booking_is_no_visit_to_be_moved(call, unit_of_work, scope):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    readback = await talk.say("Actually, can you change the appointment to 3 pm instead?")
    assert "tomorrow at 3 PM" in readback
    await talk.say("yes")
    [appointment] = await booked(unit_of_work, scope)
    assert appointment.starts_at == TUESDAY_2_PM + timedelta(hours=1)


async def test_a_question_without_an_answer_does_not_end_the_booking(call, unit_of_work, scope):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    answer = await talk.say("What is the average rating of the salon?")
    assert answer.endswith("Shall I book it?")
    await talk.say("yes please")
    assert len(await booked(unit_of_work, scope)) == 1


async def test_another_day_is_asked_for_at_the_same_time(call):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    assert "Thursday, November 19 at 2 PM" in await talk.say("no, Thursday please")


async def test_a_day_and_a_time_in_two_sentences_are_one_wish(call):
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning")
    words = "Oh no, I mixed that up. I need to come on Thursday. Actually make it at half past 2."
    assert "Thursday, November 19 at 2:30 PM" in await talk.say(words)


async def test_a_child_is_not_taken_for_the_caller(call):
    talk = await call()
    await talk.say("I want a cleaning tomorrow at 2 pm for my son Ben")
    assert "for Anna Lopez" in await talk.say("my name is Anna Lopez")
