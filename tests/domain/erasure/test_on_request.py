"""The rights desk has somebody erased, and hears when nothing is left; proof stays."""

from uuid import uuid4

import pytest

from deskbell.forgetting import EraserOnRequest
from domain import rights
from domain.outreach.models import Refusal
from domain.outreach.optout import Topic, Way
from domain.outreach.repository import PHONE, Refusals
from domain.rights.kinds import Intake, RequestKind
from domain.rights.ports import Erasing
from domain.rights.repository import PrivacyRequests
from domain.sealed import Sealed
from tests.factories.calls import Delivery


@pytest.fixture
def ask(unit_of_work, scope):
    """What the desk does, again and again; the link to the person is gone with them."""

    async def ask(request_id, contact_id):
        whom = Erasing(request_id, contact_id, None)
        return await EraserOnRequest().erase(whom, Delivery(unit_of_work, scope))

    return ask


@pytest.mark.promise("P073")
async def test_a_wish_to_be_deleted_is_fulfilled_when_nothing_is_left(
    office, line, ask, unit_of_work, scope
):
    async with unit_of_work(scope) as uow:
        asked = rights.Asked(RequestKind.DELETION, Intake.PORTAL, contact_id=line.caller.contact_id)
        request = await rights.ask(uow, asked)
    assert not await ask(request.id, line.caller.contact_id)
    assert not await ask(request.id, line.caller.contact_id)
    await office.work()
    async with unit_of_work(scope) as uow:
        kept = await PrivacyRequests(uow).get(request.id)
    # It is known that somebody asked, and no more who.
    assert (kept.contact_id, kept.kind) == (None, RequestKind.DELETION)
    assert await ask(request.id, kept.contact_id)
    assert len(await office.certificates()) == 1


async def test_an_account_is_not_erased_here(ask):
    assert not await ask(uuid4(), None)


@pytest.mark.law("L15")
async def test_whoever_said_stop_is_left_alone_when_they_are_erased(
    office, line, unit_of_work, scope
):
    async with unit_of_work(scope) as uow:
        await Refusals(uow).add(
            line="+12125550100",
            phone=Sealed.text(line.caller.phone),
            phone_index=await uow.keys.blind_index(PHONE, line.caller.phone),
            topic=Topic.EVERYTHING,
            way=Way.TEXTS,
            refused_at=uow.now,
        )
    await office.ask(line.caller.contact_id)
    await office.work()
    async with unit_of_work(scope) as uow:
        [kept] = await Refusals(uow).of("+12125550100", line.caller.phone)
    assert isinstance(kept, Refusal)
    assert kept.stands
    [certificate] = await office.certificates()
    assert "left alone" in next(
        each["why"] for each in certificate["kept"] if each["table"] == "refusal"
    )
