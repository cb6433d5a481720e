"""Whoever is erased here is deleted at HubSpot, for good, and the certificate says so."""

from datetime import timedelta

import pytest

from domain import conversations, erasure
from domain.conversations.acts import Disposition
from domain.erasure.certificates import read
from domain.erasure.repository import ErasureCertificates
from tests.factories.erasures import SIGNER, erasing
from tests.factories.exports import store_in


@pytest.fixture
async def forgetful(office, tmp_path):
    """The office, with workers who carry out erasures."""
    office.road = erasing(office.road, store_in(tmp_path))
    await office.lead()
    await office.message()
    await office.travel()
    return office


async def forget(office):
    # Nobody is erased in the middle of a call.
    async with office.road.unit_of_work(office.caller.scope) as uow:
        await conversations.end(uow, office.caller.conversation_id, Disposition.COMPLETED)
    async with office.open() as uow:
        new = erasure.NewErasure(office.caller.contact_id)
        await erasure.erase_contact(uow, new)
    for _ in range(4):
        await office.travel()
        office.road.wait(timedelta(hours=1))


async def statement(office):
    async with office.open() as uow:
        found = ErasureCertificates(uow)
        [certificate] = await found.page(found.all())
    return read(certificate.file, SIGNER.public_key).statement


@pytest.mark.law("L27")
async def test_everything_about_somebody_is_deleted_there(forgetful):
    hubspot = forgetful.crm
    hubspot.add("contacts", firstname="Bo")
    assert len(hubspot.values("deals")) == len(hubspot.values("tasks")) == 1
    await forget(forgetful)
    assert hubspot.values("deals") == hubspot.values("tasks") == []
    assert [person["firstname"] for person in hubspot.values("contacts")] == ["Bo"]
    assert "POST /crm/v3/objects/contacts/gdpr-delete" in hubspot.asked
    assert await forgetful.records() == []
    assert "hubspot" in str(await statement(forgetful))
