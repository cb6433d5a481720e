"""A field that is gone parks what was mapped to it, visibly; mending the mapping tries it again."""

from datetime import timedelta

import pytest

from domain.crm import files
from plugins.admission import Equipment
from plugins.crm_mapping import Mapper
from tests.plugins.offices import LOOPBACK


@pytest.fixture
def name():
    return "zoho"


async def test_a_deleted_field_is_seen_though_nobody_is_told(office):
    """Zoho ignores what it does not know: only looking tells."""
    await office.configure(fields={"source": "Heard_Of"})
    await office.lead()
    await office.travel()
    assert office.crm.people()[0].values["Heard_Of"] == "caller"
    office.crm.fields["Contacts"].remove("Heard_Of")
    office.road.wait(timedelta(hours=2))
    await office.travel()
    async with office.open() as uow:
        assert (await files.known(uow, office.plugin)).missing == ["Heard_Of"]
    office.crm.fields["Contacts"].add("Heard_Of")
    office.road.wait(timedelta(minutes=6))
    await office.travel()
    async with office.open() as uow:
        assert (await files.known(uow, office.plugin)).missing == []


@pytest.mark.parametrize("name", ["salesforce"])
async def test_mending_the_mapping_tries_again_what_was_parked(office):
    await office.configure(fields={"source": "Gone__c"}, stage="New")
    await office.lead()
    await office.travel()
    assert await office.states() == {"salesforce:note_lead": ("dead", 1)}
    mapper = Mapper(
        office.road.registry, Equipment(office.road.unit_of_work, LOOPBACK, office.accounts)
    )
    there = await mapper.fields(await office.context())
    async with office.open() as uow:
        await mapper.map(uow, office.plugin, {"source": "MobilePhone"}, there)
    await office.travel()
    [lead] = office.crm.noted("lead")
    assert lead.values["StageName"] == "New"
    assert office.crm.people()[0].values["MobilePhone"] == "caller"
