"""Whoever was erased at their wish gets a last letter; after it their request forgets them too."""

import pytest

from domain import rights
from domain.disposal.models import LeftoverKind
from domain.disposal.repository import Leftovers
from domain.disposal.sweeper import Sweeper
from domain.keyring.errors import KeyDestroyed
from domain.rights.kinds import RequestKind, RequestState
from domain.rights.repository import PrivacyRequests
from domain.sealed import sealed_fields
from tests.factories.calls import Delivery
from tests.factories.exports import store_in
from tests.factories.rights import RightsDesk


class AtOnce:
    """Erases whomever it is told to, in no time."""

    async def erase(self, whom, context):
        return True


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def eager(unit_of_work, scope, database, store):
    return RightsDesk(unit_of_work, scope, database, store, AtOnce())


async def deleted(eager, anna):
    request = await eager.opened(RequestKind.DELETION, phone=anna.phone, words="Forget me")
    await eager.do(rights.fulfil, request.id)
    async with eager.way.unit_of_work(eager.way.scope) as uow:
        copy = await PrivacyRequests(uow).all().get(id=request.id)
    await eager.work()
    return request, copy


@pytest.mark.promise("P073")
@pytest.mark.law("L25")
async def test_after_the_last_letter_nobody_knows_who_asked(eager, anna, store):
    request, copy = await deleted(eager, anna)
    [letter] = eager.box.letters
    assert letter.to == (f"{anna.phone[1:]}@example.com",)
    row = await eager.look(request.id)
    assert (row.state, row.kind) == (RequestState.FULFILLED, RequestKind.DELETION)
    assert [name for name in sealed_fields(type(row)) if getattr(row, name) is not None] == []
    delivery = Delivery(eager.way.unit_of_work, eager.way.scope)
    await Sweeper(store).sweep({"cause_id": str(request.id)}, delivery)
    async with eager.way.unit_of_work(eager.way.scope) as uow:
        # A copy from before, as a backup has it.
        with pytest.raises(KeyDestroyed):
            await uow.keys.open([copy])


async def test_a_second_delivery_changes_nothing(eager, anna):
    request, _ = await deleted(eager, anna)
    assert await eager.do(rights.part, request.id)
    async with eager.way.unit_of_work(eager.way.scope) as uow:
        left = await Leftovers(uow).page(Leftovers(uow).of(request.id))
    assert {(each.kind, each.name) for each in left} == {(LeftoverKind.LAST_KEY, str(request.id))}


@pytest.mark.parametrize("kind", [RequestKind.OBJECTION, RequestKind.RESTRICTION])
async def test_who_asked_for_something_else_stays_known(eager, anna, kind):
    request = await eager.opened(kind, phone=anna.phone)
    await eager.do(rights.fulfil, request.id)
    await eager.work()
    assert (await eager.look(request.id)).phone.read() == anna.phone


async def test_a_wish_that_is_not_fulfilled_keeps_its_asker(eager, anna):
    request = await eager.opened(RequestKind.DELETION, phone=anna.phone)
    assert not await eager.do(rights.part, request.id)
    assert (await eager.look(request.id)).phone.read() == anna.phone
