"""Which numbers ring at which business."""

from itertools import count

import pytest

from domain import phone_numbers
from domain.errors import InvalidInput, NotFound
from domain.phone_numbers.errors import NumberTaken
from domain.phone_numbers.repository import PhoneNumbers
from tests.factories.business import open_practice
from tests.factories.outbox import events

# Numbers are unique over all tenants of the test database, so every test takes a fresh one.
_fresh = count(12125550200)


@pytest.fixture
def number():
    return f"+{next(_fresh)}"


async def attach(unit_of_work, scope, number, **values):
    async with unit_of_work(scope) as uow:
        return await phone_numbers.attach(uow, number, **values)


async def test_a_number_is_kept_as_e164(unit_of_work, scope, number):
    written = f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    assert (await attach(unit_of_work, scope, written)).e164 == number


async def test_a_call_finds_its_tenant_before_there_is_a_scope(unit_of_work, scope, number):
    attached = await attach(unit_of_work, scope, number)
    route = await phone_numbers.tenant_of_number(number)
    assert route == phone_numbers.Route(scope.tenant_id, attached.id)


async def test_an_unknown_number_rings_nowhere(database):
    assert await phone_numbers.tenant_of_number("+12125550199") is None


async def test_a_number_rings_at_one_business_only(unit_of_work, scope, other_scope, number):
    await attach(unit_of_work, scope, number)
    with pytest.raises(NumberTaken) as refused:
        await attach(unit_of_work, other_scope, number)
    assert refused.value.e164 == number


async def test_a_released_number_may_be_attached_elsewhere(
    unit_of_work, scope, other_scope, number
):
    attached = await attach(unit_of_work, scope, number)
    async with unit_of_work(scope) as uow:
        await phone_numbers.release(uow, attached.id)
    await attach(unit_of_work, other_scope, number)
    route = await phone_numbers.tenant_of_number(number)
    assert route.tenant_id == other_scope.tenant_id
    assert await events(unit_of_work, scope, "number.") == ["number.attached", "number.released"]


async def test_a_number_has_a_label_and_a_place(unit_of_work, scope, number):
    practice = await open_practice(unit_of_work, scope)
    attached = await attach(unit_of_work, scope, number)
    async with unit_of_work(scope) as uow:
        await phone_numbers.label(uow, attached.id, " Main line ")
        await phone_numbers.place(uow, attached.id, practice.location_id)
    async with unit_of_work(scope) as uow:
        found = await PhoneNumbers(uow).get(attached.id)
    assert (found.label, found.location_id) == ("Main line", practice.location_id)


async def test_a_place_that_is_not_there_is_refused(unit_of_work, scope, number):
    with pytest.raises(NotFound):
        await attach(unit_of_work, scope, number, location_id=scope.tenant_id)


@pytest.mark.parametrize("words", ["call me", "12", ""])
async def test_what_is_no_number_is_refused(unit_of_work, scope, words):
    with pytest.raises(InvalidInput):
        await attach(unit_of_work, scope, words)


async def test_another_tenant_cannot_release_it(unit_of_work, scope, other_scope, number):
    attached = await attach(unit_of_work, scope, number)
    with pytest.raises(NotFound):
        async with unit_of_work(other_scope) as uow:
            await phone_numbers.release(uow, attached.id)
    assert await phone_numbers.tenant_of_number(number)
