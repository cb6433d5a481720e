"""Capturing leads, and following them up."""

import asyncio

import pytest

from domain import leads
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.leads.models import LeadStatus, Qualification
from domain.leads.repository import Leads
from domain.personal import Source
from tests.factories.business import open_practice
from tests.factories.callers import ring
from tests.factories.outbox import events, payloads


@pytest.fixture
async def caller(unit_of_work, scope):
    await open_practice(unit_of_work, scope)
    return await ring(unit_of_work, scope)


def interest(caller, **values):
    known = {
        "contact_id": caller.contact_id,
        "conversation_id": caller.conversation_id,
        "need": "Braces for two children",
        "intent_key": "lead",
    }
    return leads.NewLead(**known | values)


async def capture(unit_of_work, scope, new):
    async with unit_of_work(scope) as uow:
        return await leads.capture(uow, new)


async def test_a_callers_interest_is_kept(unit_of_work, scope, caller):
    captured = await capture(unit_of_work, caller.scope, interest(caller))
    async with unit_of_work(scope) as uow:
        found = await Leads(uow).get(captured.id)
    assert found.need.read() == "Braces for two children"
    assert (found.status, found.qualification) == (LeadStatus.NEW, Qualification.UNKNOWN)


async def test_the_same_intent_makes_one_lead(unit_of_work, scope, caller):
    racing = (capture(unit_of_work, caller.scope, interest(caller)) for _ in range(5))
    assert len({lead.id for lead in await asyncio.gather(*racing)}) == 1
    assert await events(unit_of_work, scope, "lead.") == ["lead.captured"]


async def test_leads_of_partners_need_no_conversation(unit_of_work, scope, caller):
    new = interest(caller, conversation_id=None, intent_key=None, source=Source.LEAD_PARTNER)
    assert (await capture(unit_of_work, scope, new)).source is Source.LEAD_PARTNER


async def test_the_event_names_source_but_no_need(unit_of_work, scope, caller):
    await capture(unit_of_work, caller.scope, interest(caller))
    [payload] = await payloads(unit_of_work, scope, "lead.captured")
    assert payload.keys() == {"lead_id", "contact_id", "conversation_id", "source"}


async def test_a_caller_is_no_lead_for_another(unit_of_work, scope, caller):
    other = await ring(unit_of_work, scope)
    with pytest.raises(NotFound):
        await capture(unit_of_work, caller.scope, interest(caller, contact_id=other.contact_id))


async def test_an_unknown_contact_is_refused(unit_of_work, scope, caller):
    with pytest.raises(NotFound):
        await capture(unit_of_work, scope, interest(caller, contact_id=caller.conversation_id))


async def test_a_lead_without_a_need_is_refused(unit_of_work, caller):
    with pytest.raises(InvalidInput):
        await capture(unit_of_work, caller.scope, interest(caller, need=" "))


async def test_the_receptionist_qualifies_its_own_lead(unit_of_work, scope, caller):
    lead = await capture(unit_of_work, caller.scope, interest(caller))
    for _ in range(2):
        async with unit_of_work(caller.scope) as uow:
            warm = await leads.qualify(uow, lead.id, Qualification.WARM)
    assert warm.qualification is Qualification.WARM
    assert await events(unit_of_work, scope, "lead.qual") == ["lead.qualified"]


async def test_a_caller_cannot_qualify_anothers_lead(unit_of_work, scope, caller):
    lead = await capture(unit_of_work, caller.scope, interest(caller))
    other = await ring(unit_of_work, scope)
    with pytest.raises(NotFound):
        async with unit_of_work(other.scope) as uow:
            await leads.qualify(uow, lead.id, Qualification.HOT)


async def test_a_lost_lead_may_come_back(unit_of_work, scope, caller):
    lead = await capture(unit_of_work, caller.scope, interest(caller))
    for status in (LeadStatus.LOST, LeadStatus.LOST, LeadStatus.CONTACTED, LeadStatus.WON):
        async with unit_of_work(scope) as uow:
            lead = await leads.change_status(uow, lead.id, status)
    said = await payloads(unit_of_work, scope, "lead.status_changed")
    assert [payload["status"] for payload in said] == ["lost", "contacted", "won"]


async def test_what_becomes_of_a_lead_is_not_the_callers_to_say(unit_of_work, caller):
    lead = await capture(unit_of_work, caller.scope, interest(caller))
    with pytest.raises(Forbidden):
        async with unit_of_work(caller.scope) as uow:
            await leads.change_status(uow, lead.id, LeadStatus.WON)
