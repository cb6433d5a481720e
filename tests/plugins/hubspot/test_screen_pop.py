"""Whoever calls is known from the customer file, if it says so at once."""

from dataclasses import replace

import pytest

from api.reception import Arrival, Reception
from domain.conversations.models import Channel
from integrations.hubspot.fake import Failure
from plugins.admission import Equipment
from plugins.guard import Breakers
from plugins.providers import Providers
from plugins.screen_pop import ScreenPop
from tests.plugins.offices import LOOPBACK

PHONE = "+12125550199"


@pytest.fixture
def screen_pop(office):
    work = office.road.unit_of_work
    equipment = Equipment(work, LOOPBACK, office.accounts)
    return ScreenPop(work, Providers(office.road.registry, equipment, Breakers(work.clock)), 5.0)


@pytest.fixture
def greet(office, screen_pop):
    """What the receptionist knows of whoever calls from a number."""

    async def greet(phone=PHONE, files=screen_pop):
        reception = Reception(office.road.unit_of_work, files=files)
        arrival = Arrival(office.road.scope.tenant_id, Channel.VOICE, phone)
        welcome = await reception.welcome(arrival)
        return welcome.conversation._tools.briefing.caller, welcome.hints

    return greet


async def test_the_receptionist_knows_the_name_and_company(office, greet):
    office.crm.add(
        "contacts", firstname="Bo", lastname="Li", company="Li & Sons", mobilephone=PHONE
    )
    caller, hints = await greet()
    assert (caller.name, caller.company) == ("Bo Li", "Li & Sons")
    assert {"Bo Li", "Li & Sons"} <= set(hints)


async def test_a_number_that_several_people_share_tells_no_name(office, greet):
    office.crm.add("contacts", firstname="Bo", phone=PHONE)
    office.crm.add("contacts", firstname="Kim", phone=PHONE)
    caller, _ = await greet()
    assert caller.name is None


async def test_what_we_know_ourselves_is_not_asked_for(office, greet):
    caller, _ = await greet(office.caller.phone)
    assert caller.name == "Anna Schmidt"
    assert office.crm.asked == []


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_dead_customer_file_stops_no_call(office, greet, status):
    office.crm.add("contacts", firstname="Bo", phone=PHONE)
    office.crm.failures = [Failure(status)] * 2
    caller, _ = await greet()
    assert (caller.phone, caller.name) == (PHONE, None)


async def test_nobody_waits_for_a_slow_customer_file(office, greet, screen_pop):
    office.crm.add("contacts", firstname="Bo", phone=PHONE)
    caller, _ = await greet(files=replace(screen_pop, budget=0.0))
    assert caller.name is None
