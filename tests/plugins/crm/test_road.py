"""From what happens on the telephone to each CRM, and back out of it when somebody is erased."""

from datetime import timedelta

import pytest

from domain.crm.ports import Kind
from plugins.admission import Equipment
from plugins.connections.models import ConnectionStatus
from plugins.connections.repository import OAuthConnections
from plugins.customer_file import TOLD
from plugins.guard import Breakers
from plugins.providers import Providers
from plugins.registry import Registry
from plugins.screen_pop import ScreenPop
from tests.fakes.crm import Failure
from tests.plugins.offices import LOOPBACK


async def test_what_happens_stands_there_at_the_address_of_the_account(office):
    await office.call()
    await office.lead("A new kitchen")
    await office.message("Call me about the invoice")
    await office.travel()
    [person] = office.crm.people()
    assert (person.name, person.phone) == ("Anna Schmidt", office.caller.phone)
    assert [len(office.crm.noted(kind)) for kind in ("call", "lead", "task")] == [1, 1, 1]
    assert {row.kind for row in await office.records()} == set(Kind)


async def test_too_much_asked_waits_and_a_token_that_ended_is_renewed(office):
    office.crm.failures = [office.crm.busy(40)]
    office.crm.tokens = {"another"}
    await office.lead()
    await office.travel()
    note = f"{office.plugin}:note_lead"
    assert await office.states() == {note: ("waiting", 0)}
    office.road.wait(timedelta(seconds=41))
    await office.travel()
    assert await office.states() == {note: ("done", 1)}
    assert len(office.crm.noted("lead")) == 1


async def test_an_account_whose_fresh_token_is_refused_has_to_be_connected_again(office):
    office.crm.failures = [Failure(401, body={})] * 2
    await office.lead()
    await office.travel()
    async with office.open() as uow:
        connection = await OAuthConnections(uow).get(office.connection_id)
    assert connection.status is ConnectionStatus.NEEDS_CONSENT
    # What was to be told waits until somebody has done so.
    assert await office.states() == {f"{office.plugin}:note_lead": ("waiting", 0)}


async def test_whoever_calls_is_known_from_there(office):
    work, phone = office.road.unit_of_work, "+12125550199"
    office.crm.add("Bo Li", mobile="(212) 555-0199", company="Li & Sons")
    equipment = Equipment(work, LOOPBACK, office.accounts)
    providers = Providers(office.road.registry, equipment, Breakers(work.clock))
    found = await ScreenPop(work, providers, 5.0).who_calls(office.road.scope, phone)
    assert (found.name, found.company) == ("Bo Li", "Li & Sons")
    office.crm.failures = [Failure(500)] * 9
    assert await ScreenPop(work, providers, 5.0).who_calls(office.road.scope, phone) is None


@pytest.mark.law("L27")
async def test_erasure_deletes_there_and_says_what_is_left(office):
    await office.lead()
    await office.travel()
    holder = office.road.registry.personal[office.plugin]
    receipt = await holder.erase(office.caller.contact_id, await office.context())
    assert office.crm.people() == office.crm.noted("lead") == []
    assert (receipt.rows, receipt.complete) == (2, False)
    assert "days" in receipt.note


@pytest.mark.parametrize("plugin", ["hubspot", "pipedrive", "salesforce", "zoho"])
def test_each_says_what_it_is_told_and_answers_for_it(plugin):
    registry = Registry()
    manifest = registry.manifest(plugin)
    assert manifest.data == TOLD
    assert manifest.recipients[0].data == TOLD
    assert plugin in registry.personal
