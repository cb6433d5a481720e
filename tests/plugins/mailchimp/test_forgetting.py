"""Whoever is erased here is deleted at Mailchimp, for good, in every audience."""

from datetime import timedelta

import pytest

from domain import conversations, erasure
from domain.conversations.acts import Disposition
from domain.erasure.certificates import read
from domain.erasure.repository import ErasureCertificates
from tests.factories.erasures import SIGNER, erasing
from tests.factories.exports import store_in
from tests.fakes.mailchimp import AUDIENCE


@pytest.fixture
async def forgetful(office, tmp_path):
    """The office, with workers who carry out erasures; Anna and Bo get letters."""
    office.road = erasing(office.road, store_in(tmp_path))
    await office.agree()
    await office.agree(await office.meet("Bo Li", "bo@example.com"))
    await office.travel()
    return office


async def forget(office):
    async with office.road.unit_of_work(office.caller.scope) as uow:
        await conversations.end(uow, office.caller.conversation_id, Disposition.COMPLETED)
    async with office.open() as uow:
        await erasure.erase_contact(uow, erasure.NewErasure(office.anna))
    for _ in range(4):
        await office.travel()
        office.road.wait(timedelta(hours=1))


@pytest.mark.law("L27")
@pytest.mark.promise("P120")
async def test_who_is_erased_here_is_deleted_there_for_good(forgetful):
    assert len(forgetful.crm.people()) == 2
    await forget(forgetful)
    assert forgetful.crm.standing() == {"bo@example.com": "subscribed"}
    assert (AUDIENCE, forgetful.address) in forgetful.crm.forgotten
    assert [row.about_id == forgetful.anna for row in await forgetful.records()] == [False]
    async with forgetful.open() as uow:
        [certificate] = await ErasureCertificates(uow).page(ErasureCertificates(uow).all())
    assert "mailchimp" in str(read(certificate.file, SIGNER.public_key).statement)


async def test_what_was_deleted_there_by_hand_is_no_failure(forgetful):
    forgetful.crm.audiences[AUDIENCE].clear()
    await forget(forgetful)
    assert [row for row in await forgetful.records() if row.about_id == forgetful.anna] == []
