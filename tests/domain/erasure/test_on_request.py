"""The rights desk has somebody erased, and hears when nothing is left."""

from uuid import uuid4

import pytest

from deskbell.forgetting import EraserOnRequest
from domain.rights.ports import Erasing
from tests.factories.calls import Delivery


@pytest.fixture
def ask(unit_of_work, scope):
    """What the desk does, again and again; the link to the person is gone with them."""

    async def ask(request_id, contact_id):
        whom = Erasing(request_id, contact_id, None)
        return await EraserOnRequest().erase(whom, Delivery(unit_of_work, scope))

    return ask


@pytest.mark.promise("P073")
async def test_a_wish_to_be_deleted_is_fulfilled_when_nothing_is_left(office, line, ask):
    request_id = uuid4()
    assert not await ask(request_id, line.caller.contact_id)
    assert not await ask(request_id, line.caller.contact_id)
    await office.work()
    assert await ask(request_id, None)
    assert len(await office.certificates()) == 1


async def test_an_account_is_not_erased_here(ask):
    assert not await ask(uuid4(), None)
