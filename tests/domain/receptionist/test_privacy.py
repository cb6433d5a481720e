"""Callers make use of their rights in their own words, and hear by when there is an answer."""

import pytest

from domain import contacts
from domain.conversations.models import Channel
from domain.personal import Source
from domain.receptionist.nlu.privacy_wishes import find_privacy_wish
from domain.rights.kinds import Intake, RequestKind, RequestState
from domain.rights.repository import PrivacyRequests
from tests.domain.receptionist.conftest import CALLER

SAID = {
    "I want my data deleted": RequestKind.DELETION,
    "please delete all my data": RequestKind.DELETION,
    "can you erase everything you have about me": RequestKind.DELETION,
    "could you remove my information from your system": RequestKind.DELETION,
    "please delete my recording": RequestKind.DELETION,
    "I would like a copy of my data": RequestKind.ACCESS,
    "what information do you have about me": RequestKind.ACCESS,
    "send me everything you know about me": RequestKind.ACCESS,
    "do not sell my information": RequestKind.SALE_OPT_OUT,
    "stop sending me marketing emails": RequestKind.MARKETING_OPT_OUT,
    "I withdraw my consent": RequestKind.CONSENT_WITHDRAWAL,
    "stop using my data": RequestKind.RESTRICTION,
    "I object to your use of my recordings": RequestKind.OBJECTION,
    "who can I complain to about privacy": RequestKind.COMPLAINT_INFORMATION,
}
OTHERWISE = (
    "cancel my appointment",
    "can you delete my appointment",
    "please remove my appointment details",
    "do you have my file",
    "can I get some information about your prices",
    "I need a tooth removed",
    "what are the details of my visit",
    "can you forget the cleaning and book a checkup",
    "I lost my data cable",
)


@pytest.mark.promise("P081")
@pytest.mark.parametrize("words", SAID)
def test_a_wish_is_understood(words):
    assert find_privacy_wish(words) is SAID[words]


@pytest.mark.parametrize("words", OTHERWISE)
def test_what_is_none_is_not_taken_for_one(words):
    assert find_privacy_wish(words) is None


@pytest.fixture
def asked(unit_of_work, scope):
    """What was taken down."""

    async def look():
        async with unit_of_work(scope) as uow:
            return await PrivacyRequests(uow).page(PrivacyRequests(uow).all())

    return look


@pytest.mark.promise("P073", "P081")
@pytest.mark.law("L22", "L33")
async def test_a_wish_is_taken_down_and_the_clock_is_told(call, asked, scope):
    talk = await call()
    answer = await talk.say("I want my data deleted")
    assert answer.startswith(
        "I have passed that on as a privacy request: that your data be deleted."
        " You will have an answer by November 23. Somebody will make sure first that it is you."
    )
    [request] = await asked()
    assert (request.kind, request.intake) == (RequestKind.DELETION, Intake.PHONE)
    assert request.contact_id is not None
    assert request.words.read() == "I want my data deleted"
    assert request.confirmed_at is not None


async def test_a_wish_does_not_lose_the_thread(call, asked):
    talk = await call()
    await talk.say("I'd like to book a cleaning")
    answer = await talk.say("also, do not sell my information")
    assert answer.endswith("What day and time would suit you?")
    await talk.say("really, do not sell my information")
    assert len(await asked()) == 1


async def test_a_message_about_data_is_a_message(call, asked):
    talk = await call()
    await talk.say("can I leave a message")
    await talk.say("tell them that I want my data deleted from the old computer please")
    assert await asked() == []


@pytest.mark.law("L22")
async def test_whoever_writes_is_nobody_until_they_prove_it(call, asked):
    talk = await call(phone=None, channel=Channel.CHAT)
    await talk.say("I want a copy of my data")
    [request] = await asked()
    assert (request.contact_id, request.intake) == (None, Intake.CHAT)
    assert request.state is RequestState.RECEIVED


@pytest.mark.promise("P075")
@pytest.mark.law("L26")
async def test_the_receptionist_knows_nothing_of_whoever_is_restricted(call, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Anna Lee", phone=CALLER)
        contact = await contacts.add(uow, details, source=Source.CALLER)
    known = await call()
    assert known.welcome.conversation._tools.briefing.caller.name == "Anna Lee"
    async with unit_of_work(scope) as uow:
        await contacts.restrict(uow, contact.id)
    talk = await call()
    assert talk.welcome.conversation._tools.briefing.caller.name is None
    assert "I cannot find an appointment" in await talk.say("when is my appointment?")
