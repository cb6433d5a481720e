"""Whoever calls, and however things stand: what is said first, and that danger is answered."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from domain import contacts, leads
from domain.appointments.repository import Appointments
from domain.consent.repository import ConsentRecords
from domain.contacts.models import NumberList
from domain.contacts.repository import Contacts
from domain.conversations.acts import Say
from domain.leads.models import LeadStatus, Qualification
from domain.leads.repository import Leads
from domain.messages.repository import Messages
from domain.receptionist.ports import Transcript
from domain.receptionist.tools import Toolbox
from domain.scope import TenantStatus
from tenants.repository import Tenants
from tests.domain.receptionist.conftest import CALLER

DANGER = "my father just collapsed and he is not breathing"
SCRIPT = "This sounds like an emergency. Please hang up now and dial 911."
# A number of each of the fourteen states whose law asks for more than one party's consent.
STATES = {
    "CA": "+14155550142",
    "CT": "+12035550142",
    "DE": "+13025550142",
    "FL": "+13055550142",
    "IL": "+13125550142",
    "MA": "+16175550142",
    "MD": "+14105550142",
    "MI": "+13135550142",
    "MT": "+14065550142",
    "NH": "+16035550142",
    "NV": "+17025550142",
    "OR": "+15035550142",
    "PA": "+12155550142",
    "WA": "+12065550142",
}


async def proof_of(talk, unit_of_work, scope):
    await talk.hang_up()
    async with unit_of_work(scope, read_only=True) as uow:
        [proof] = await ConsentRecords(uow).of(talk.welcome.conversation.id)
    return proof


@pytest.mark.promise("P089")
@pytest.mark.law("L01", "L02")
@pytest.mark.parametrize("state", STATES)
async def test_a_caller_of_such_a_state_is_told_by_its_law(call, unit_of_work, scope, state):
    talk = await call(phone=STATES[state])
    assert "this call is recorded, and transcribed by A.I." in talk.acts[0].text
    proof = await proof_of(talk, unit_of_work, scope)
    assert f"recording.consent/US-{state}" in {rule.partition("@")[0] for rule in proof.rules}


@pytest.mark.promise("P089")
@pytest.mark.law("L02")
@pytest.mark.parametrize("phone", [None, "+18005550142", "+88216550142"])
async def test_a_caller_from_nowhere_is_told_too(call, unit_of_work, scope, phone):
    talk = await call(phone=phone)
    assert "this call is recorded" in talk.acts[0].text
    assert (await proof_of(talk, unit_of_work, scope)).manner == "implied_by_continuation"


@pytest.mark.law("L09", "L12")
@pytest.mark.parametrize("phone", [CALLER, "+4930123456", "+447700900123", None])
async def test_everybody_hears_first_that_no_person_speaks(call, phone):
    talk = await call(phone=phone)
    assert "I am an A.I. assistant" in talk.acts[0].text
    assert not talk.acts[0].interruptible


async def stands(unit_of_work, scope, status):
    async with unit_of_work(scope) as uow:
        tenant = await Tenants(uow).lock(scope.tenant_id)
        await Tenants(uow).save(tenant, status=status)


@pytest.mark.law("L50")
@pytest.mark.parametrize("status", [TenantStatus.ACTIVE, TenantStatus.SUSPENDED])
@pytest.mark.parametrize("phone", [CALLER, None])
async def test_danger_is_answered_however_things_stand(
    call, unit_of_work, scope, clock, status, phone
):
    """At night, from a withheld or a blocked number, and whether or not the bill was paid."""
    async with unit_of_work(scope) as uow:
        await contacts.list_number(uow, CALLER, NumberList.BLOCK)
    await stands(unit_of_work, scope, status)
    clock.advance(datetime(2026, 11, 17, 8, 0, tzinfo=UTC) - clock.now())
    talk = await call(phone=phone)
    assert (await talk.say(DANGER)).startswith(SCRIPT)
    async with unit_of_work(scope, read_only=True) as uow:
        [message] = await Messages(uow).page(Messages(uow).all())
    assert message.priority == "emergency"


@pytest.mark.law("L50")
async def test_danger_is_answered_though_nothing_else_works(call):
    class Broken(Toolbox):
        async def use(self, move):
            raise RuntimeError("everything is down")

    conversation = (await call()).welcome.conversation
    tools = conversation._tools
    conversation._tools = Broken(**{each.name: getattr(tools, each.name) for each in fields(tools)})
    heard = conversation.hear(Transcript(DANGER), offset_ms=0)
    first = await anext(heard)
    await heard.aclose()
    assert isinstance(first, Say)
    assert first.text.startswith(SCRIPT)


@pytest.mark.law("L30")
@pytest.mark.parametrize("judged", [Qualification.UNKNOWN, Qualification.COLD])
async def test_a_judgement_about_a_lead_refuses_nobody(call, unit_of_work, scope, judged):
    async with unit_of_work(scope) as uow:
        contact = await contacts.recognise(uow, CALLER)
        lead = await leads.capture(uow, leads.NewLead(contact.id, "a cleaning"))
        await leads.qualify(uow, lead.id, judged)
        await leads.change_status(uow, lead.id, LeadStatus.LOST)
    talk = await call()
    await talk.say("My name is Anna Lopez, I want a cleaning tomorrow at 2 pm")
    await talk.say("yes please")
    async with unit_of_work(scope, read_only=True) as uow:
        [visit] = await Appointments(uow).page(Appointments(uow).all())
        [lead] = await Leads(uow).page(Leads(uow).all())
    assert (visit.contact_id, visit.status) == (contact.id, "confirmed")
    assert lead.qualification == judged


@pytest.mark.law("L30")
async def test_whoever_wants_a_person_gets_one_or_leaves_a_message(call, unit_of_work, scope):
    talk = await call()
    assert (await talk.say("can I speak to a human please")).startswith("Nobody can take your call")
    await talk.say("please let the doctor call me about my bill")
    await talk.say("Anna Lopez")
    async with unit_of_work(scope, read_only=True) as uow:
        [message] = await Messages(uow).page(Messages(uow).all())
    assert "bill" in message.body.read()


@pytest.mark.law("L44", "L54")
async def test_no_log_tells_who_called_or_what_was_said(call, caplog, unit_of_work, scope):
    # What a database is asked is logged by nobody who deploys it.
    caplog.set_level("DEBUG")
    caplog.set_level("WARNING", logger="tortoise")
    talk = await call()
    await talk.say("My name is Anna Lopez and my biopsy came back, I want a cleaning tomorrow")
    async for _ in talk.welcome.conversation.stalled(1):
        pass
    await talk.hang_up()
    assert "stalled" in caplog.text
    for told in (CALLER, CALLER.removeprefix("+1"), "Anna", "Lopez", "biopsy"):
        assert told not in caplog.text
    async with unit_of_work(scope, read_only=True) as uow:
        [contact] = await Contacts(uow).page(Contacts(uow).all())
    assert contact.phone.read() == CALLER
