"""Callers for whom nothing is free are offered the waiting list, and are on it if they agree."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain import appointments, business, contacts, knowledge
from domain.appointments.errors import SlotTaken
from domain.business import versions
from domain.conversations.models import Channel
from domain.personal import Source
from domain.receptionist import waiting
from domain.receptionist.briefing import Briefing
from domain.receptionist.core import start
from domain.receptionist.listening import listen
from domain.receptionist.waiting import Wish
from domain.waitlist.models import WaitState
from domain.waitlist.repository import Waits
from domain.waitlist.rules import DayPart
from tests.domain.receptionist.conftest import CALLER
from tests.domain.receptionist.test_booking import booked
from tests.domain.receptionist.test_core import NOW, PROFILE
from tests.factories.policies import promise

TUESDAY = date(2026, 11, 17)
NINE = datetime(2026, 11, 17, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFERED = (
    "I am afraid nothing is free then. Which other day would suit you,"
    " or shall I put you on the waiting list?"
)
ON_THE_LIST = "You are on the waiting list for an exam, tomorrow."


async def fill(unit_of_work, scope, practice, first=NINE, hours=8):
    """Let somebody book exams with Dr. Lee, hour by hour."""
    async with unit_of_work(scope) as uow:
        contact = await contacts.recognise(uow, "+12125550188", source=Source.OWNER)
        profile = await versions.profile(uow)
        for number in range(hours):
            starts_at = first + number * HOUR
            wanted = appointments.Booking(contact.id, practice.exam_id, starts_at)
            await appointments.book(uow, profile, wanted)


@pytest.fixture
async def full(unit_of_work, scope, practice):
    """Dr. Lee has no hour left tomorrow."""
    await fill(unit_of_work, scope, practice)
    with pytest.raises(SlotTaken):
        await fill(unit_of_work, scope, practice, hours=1)


@pytest.fixture
def waits(unit_of_work, scope):
    async def waits():
        async with unit_of_work(scope) as uow:
            return await Waits(uow).page(Waits(uow).all().order_by("id"))

    return waits


async def test_whoever_finds_nothing_free_is_put_on_the_list(call, waits, full, practice):
    talk = await call()
    assert await talk.say("I'd like an exam tomorrow") == OFFERED
    assert await talk.say("yes please") == "May I have your name, please?"
    readback = await talk.say("Anna Lopez")
    assert readback == (
        "So I put Anna Lopez on the waiting list for an exam, tomorrow. Is that right?"
    )
    assert await waits() == []
    done = await talk.say("yes")
    assert done.startswith(f"{ON_THE_LIST} We will tell you if something comes free")
    [wait] = await waits()
    assert (wait.service_id, wait.first_day, wait.last_day) == (practice.exam_id, TUESDAY, TUESDAY)
    assert (wait.part, wait.state) == (DayPart.ANY, WaitState.WAITING)
    assert wait.conversation_id == talk.welcome.conversation.id


async def test_another_day_is_as_good_an_answer(call, waits, full, unit_of_work, scope):
    talk = await call()
    await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    assert "Wednesday, November 18 at 10 AM" in await talk.say("Wednesday at 10 am then")
    await talk.say("yes")
    assert len(await waits()) == 0
    assert [row for row in await booked(unit_of_work, scope) if row.starts_at > NINE + 24 * HOUR]


async def test_whoever_wants_neither_is_left_alone(call, waits, full):
    talk = await call()
    await talk.say("I'd like an exam tomorrow")
    assert (await talk.say("no thanks")).startswith("All right, I have left it as it is.")
    assert await waits() == []


async def test_whoever_takes_no_time_on_offer_is_offered_the_list(call, waits):
    talk = await call()
    offer = await talk.say("I need an exam on Wednesday morning, my name is Anna Lopez")
    assert offer.startswith("I have Wednesday")
    assert await talk.say("none of those work for me") == (
        "Which other day would suit you, or shall I put you on the waiting list?"
    )
    readback = await talk.say("put me on the waiting list please")
    assert "for an exam, on Wednesday, November 18 in the morning. Is that right?" in readback
    await talk.say("yes, that's right")
    [wait] = await waits()
    assert (wait.first_day, wait.part) == (date(2026, 11, 18), DayPart.MORNING)


async def test_the_list_can_be_asked_for(call, waits, full):
    talk = await call()
    asked = await talk.say("Can you put me on the waiting list for an exam tomorrow morning?")
    assert asked == "May I have your name, please?"
    assert "tomorrow in the morning" in await talk.say("Anna Lopez")
    await talk.say("yes")
    [wait] = await waits()
    assert wait.part is DayPart.MORNING


async def test_what_is_free_is_offered_before_anybody_waits(call, waits):
    talk = await call()
    answer = await talk.say("Please call me if something opens up for an exam on Wednesday")
    assert answer.startswith("I have Wednesday, November 18 at 9 AM")
    assert await waits() == []


async def test_what_is_missing_is_asked_for(call, waits, full):
    talk = await call(phone=None)
    assert "come in for" in await talk.say("I'd like to be on the waiting list")
    assert "day and time" in await talk.say("an exam")
    assert await talk.say("tomorrow") == "May I have your name, please?"
    assert "telephone number" in await talk.say("Anna Lopez")
    await talk.say("212 555 0144")
    assert (await talk.say("yes")).startswith(ON_THE_LIST)
    assert len(await waits()) == 1


async def test_whom_they_want_to_see_is_kept(call, waits, full, practice):
    talk = await call()
    await talk.say("I'd like an exam with doctor Lee tomorrow, I'm Anna Lopez")
    assert "with Dr. Maya Lee, tomorrow" in await talk.say("the waiting list, please")
    await talk.say("yes")
    [wait] = await waits()
    assert wait.resource_id == practice.dr_lee_id


async def test_a_no_to_what_is_read_back_keeps_nothing(call, waits, full):
    talk = await call()
    await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await talk.say("yes")
    assert (await talk.say("no")).startswith("All right, I have left it as it is.")
    assert await waits() == []


async def test_another_day_at_the_end_is_looked_for_first(call, waits, full):
    talk = await call()
    await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await talk.say("yes")
    assert (await talk.say("actually on Thursday")).startswith("I have Thursday, November 19")
    assert await waits() == []


async def test_a_name_at_the_end_is_taken_in(call, waits, full, unit_of_work, scope):
    talk = await call()
    await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await talk.say("yes")
    assert "So I put Emma Carter on" in await talk.say("my name is Emma Carter")
    await talk.say("yes")
    [wait] = await waits()
    async with unit_of_work(scope) as uow:
        contact = await contacts.recognise(uow, CALLER, source=Source.CALLER)
    assert (contact.id, contact.name.read()) == (wait.contact_id, "Emma Carter")


async def test_waiting_again_changes_the_days(call, waits, full, unit_of_work, scope, practice):
    await fill(unit_of_work, scope, practice, NINE + 24 * HOUR)
    talk = await call()
    await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await talk.say("yes")
    await talk.say("yes")
    await talk.say("I'd like to be on the waiting list for an exam on Wednesday")
    assert (await talk.say("yes")).startswith("You were on the waiting list already. It says")
    [wait] = await waits()
    assert wait.first_day == date(2026, 11, 18)


async def test_whoever_waits_can_leave(call, waits, full):
    talk = await call()
    await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await talk.say("yes")
    await talk.say("yes")
    left = await talk.say("Please take me off the waiting list again")
    assert left.startswith("You are off the waiting list.")
    [wait] = await waits()
    assert wait.state is WaitState.GONE


async def test_a_spoken_number_takes_nobody_off_the_list(call, waits, full):
    first = await call()
    await first.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await first.say("yes")
    await first.say("yes")
    second = await call(phone=None)
    said = await second.say("My number is 212 555 0142, take me off the waiting list")
    assert said.startswith("I cannot find a place on the waiting list that is yours for certain.")
    [wait] = await waits()
    assert wait.state is WaitState.WAITING


async def test_a_spoken_number_changes_nobody_s_place(
    call, waits, full, unit_of_work, scope, practice
):
    first = await call()
    await first.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await first.say("yes")
    await first.say("yes")
    await fill(unit_of_work, scope, practice, NINE + 24 * HOUR)
    second = await call(phone=None)
    await second.say("I'd like an exam on Wednesday, my name is Eve Stone")
    await second.say("yes")
    await second.say("212 555 0142")
    assert (await second.say("yes")).startswith("I am sorry, I could not do that just now.")
    [wait] = await waits()
    assert wait.first_day == TUESDAY


async def test_where_health_data_is_protected_the_team_takes_them_off(
    call, waits, full, unit_of_work, scope
):
    await promise(unit_of_work, scope, preset="healthcare")
    talk = await call()
    await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    await talk.say("yes")
    await talk.say("yes")
    assert (await talk.say("take me off the waiting list")).startswith("I cannot find a place")
    assert [wait.state for wait in await waits()] == [WaitState.WAITING]


async def test_what_the_business_says_of_its_list_is_answered(call, waits, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        item = await knowledge.add(uow, "How long is your waiting list?", "About two weeks.")
        await knowledge.publish(uow, item.id)
    talk = await call()
    assert (await talk.say("How long is the waiting list?")).startswith("About two weeks.")
    assert await waits() == []


async def test_a_business_may_have_no_list(call, waits, full, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        rules = await business.current_rules(uow)
        without = rules.booking.model_copy(update={"waitlist": False})
        await business.set_rules(uow, rules.model_copy(update={"booking": without}))
    talk = await call()
    answer = await talk.say("I'd like an exam tomorrow, my name is Anna Lopez")
    assert answer == "I am afraid nothing is free then. Which other day would suit you?"
    await talk.say("put me on the waiting list")
    assert await waits() == []


async def test_whoever_writes_can_wait_too(call, waits, full):
    talk = await call(channel=Channel.CHAT, phone=None)
    assert await talk.say("I'd like an exam tomorrow, my name is Anna Lopez") == OFFERED
    await talk.say("yes")
    await talk.say("212 555 0144")
    assert (await talk.say("yes")).startswith(ON_THE_LIST)
    assert len(await waits()) == 1


async def test_nobody_waits_for_a_day_on_which_nobody_works(call):
    talk = await call()
    answer = await talk.say("I'd like an exam on Sunday")
    assert answer == "I am afraid nothing is free then. Which other day would suit you?"


def wish(text):
    briefing = Briefing(PROFILE)
    return waiting.wish(listen(text, start(briefing), briefing, NOW))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("put me on the waiting list", Wish.JOIN),
        ("Could I get on your waitlist?", Wish.JOIN),
        ("I'll go on the cancellation list", Wish.JOIN),
        ("call me if something opens up", Wish.JOIN),
        ("let me know if anything comes free earlier", Wish.JOIN),
        ("text me when there's a cancellation", Wish.JOIN),
        ("if somebody cancels please give it to me, just call me", Wish.JOIN),
        ("if a spot opens up, could you call me", Wish.JOIN),
        ("take me off the waiting list", Wish.LEAVE),
        ("please remove my name from your wait list", Wish.LEAVE),
        ("I don't need to be on the waiting list anymore", Wish.LEAVE),
        ("no, I don't want to be on a waiting list", None),
        ("call me back tomorrow", None),
        ("call me when the doctor is available", None),
        ("let me know if you need anything", None),
        ("is anything free tomorrow?", None),
        ("something came up, I have to cancel", None),
    ],
)
def test_what_is_said_of_the_list_is_understood(text, meant):
    assert wish(text) is meant
