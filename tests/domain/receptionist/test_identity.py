"""Who hears of a visit where health data is protected: whoever proves two things."""

import pytest

from domain import appointments, contacts
from domain.business import versions
from domain.personal import Source
from domain.receptionist.identity import is_same_name
from tests.api.everything import TOMORROW_AT_TEN
from tests.domain.receptionist.conftest import CALLER
from tests.factories.policies import promise

WHEN = "when is my appointment?"


@pytest.fixture
async def visit(unit_of_work, scope, practice):
    """Anna Lee has a visit tomorrow at ten."""
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name="Anna Lee", phone=CALLER)
        anna = await contacts.add(uow, details, source=Source.OWNER)
        booking = appointments.Booking(anna.id, practice.cleaning_id, TOMORROW_AT_TEN)
        return await appointments.book(uow, await versions.profile(uow), booking)


@pytest.fixture
async def guarded(unit_of_work, scope, visit):
    await promise(unit_of_work, scope, preset="healthcare")


@pytest.mark.law("L45")
async def test_a_full_name_and_the_telephone_open_it(guarded, call):
    talk = await call()
    assert "name" in await talk.say(WHEN)
    assert "10" in await talk.say("Anna Lee")


@pytest.mark.law("L45")
@pytest.mark.parametrize("said", ["Ben Miller", "Anna", "My name is Anna Miller"])
async def test_somebody_else_on_the_telephone_learns_nothing(guarded, call, said):
    talk = await call()
    await talk.say(WHEN)
    answer = await talk.say(said)
    assert "10" not in answer
    assert "tomorrow" not in answer.lower()
    assert "Lee" not in answer


@pytest.mark.law("L45")
async def test_a_wrong_number_hears_what_a_patient_without_visits_hears(guarded, call, scope):
    stranger, other = await call(phone="+12125550199"), await call()
    told = []
    for talk in (stranger, other):
        await talk.say(WHEN)
        told.append(await talk.say("Ben Miller"))
    assert told[0] == told[1]


@pytest.mark.law("L45")
async def test_nobody_is_greeted_by_name(guarded, call):
    talk = await call()
    assert talk.welcome.conversation.briefing.caller.name is None


async def test_elsewhere_the_telephone_is_enough(visit, call):
    talk = await call()
    assert "10" in await talk.say(WHEN)


@pytest.mark.parametrize(
    ("said", "known", "same"),
    [
        ("Anna Lee", "Anna Lee", True),
        ("lee anna", "Anna Lee", True),
        ("Anna Maria Lee", "Anna Lee", True),
        ("Anna", "Anna Lee", False),
        ("Anna Lee", "Anna", False),
        ("Anna Miller", "Anna Lee", False),
        ("", "", False),
    ],
)
def test_a_name_is_said_in_full(said, known, same):
    assert is_same_name(said, known) is same
