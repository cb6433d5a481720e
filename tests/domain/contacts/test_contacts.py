"""Finding, adding and correcting the people who call."""

import asyncio
from datetime import timedelta

import pytest

from domain import contacts
from domain.contacts.errors import AlreadyListed, ContactExists
from domain.contacts.models import NumberList
from domain.contacts.repository import Contacts
from domain.errors import InvalidInput, NotFound
from domain.personal import Source
from tests.factories.outbox import events

ANNA = contacts.Details(name="Anna Lee", phone="(212) 555-0142", email="Anna@Example.com")


async def add(unit_of_work, scope, details=ANNA):
    async with unit_of_work(scope) as uow:
        return await contacts.add(uow, details, source=Source.OWNER)


async def update(unit_of_work, scope, id, **details):
    async with unit_of_work(scope) as uow:
        await contacts.update(uow, id, contacts.Details(**details))
    async with unit_of_work(scope) as uow:
        return await Contacts(uow).get(id)


async def recognise(unit_of_work, scope, e164="+12125550142"):
    async with unit_of_work(scope) as uow:
        return await contacts.recognise(uow, e164)


@pytest.mark.law("L54")
async def test_a_number_is_kept_as_e164(unit_of_work, scope):
    assert (await add(unit_of_work, scope)).phone.read() == "+12125550142"


async def test_whoever_called_before_is_recognised(unit_of_work, scope, clock):
    anna = await add(unit_of_work, scope)
    clock.advance(timedelta(days=1))
    known = await recognise(unit_of_work, scope)
    assert (known.id, known.name.read(), known.last_seen_at) == (anna.id, "Anna Lee", clock.now())


async def test_whoever_is_new_is_added(unit_of_work, scope):
    new = await recognise(unit_of_work, scope)
    assert (new.source, new.name) == (Source.CALLER, None)
    assert await events(unit_of_work, scope, "contact.") == ["contact.added"]


async def test_two_first_calls_at_once_are_one_contact(unit_of_work, scope):
    known = await asyncio.gather(*(recognise(unit_of_work, scope) for _ in range(6)))
    assert len({contact.id for contact in known}) == 1
    assert await events(unit_of_work, scope, "contact.") == ["contact.added"]


async def test_a_number_belongs_to_one_contact_of_a_tenant(unit_of_work, scope, other_scope):
    await add(unit_of_work, scope)
    with pytest.raises(ContactExists):
        await add(unit_of_work, scope, contacts.Details(phone="+1 212 555 0142"))
    assert await add(unit_of_work, other_scope)


async def test_an_address_belongs_to_one_contact_whatever_its_case(unit_of_work, scope):
    await add(unit_of_work, scope)
    with pytest.raises(ContactExists):
        await add(unit_of_work, scope, contacts.Details(email="anna@example.COM"))


async def test_a_refusal_leaves_the_work_usable(unit_of_work, scope):
    anna = await add(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        with pytest.raises(ContactExists):
            await contacts.add(uow, ANNA, source=Source.CALLER)
        assert (await Contacts(uow).get(anna.id)).id == anna.id


async def test_a_correction_leaves_the_rest_as_it_is(unit_of_work, scope):
    anna = await add(unit_of_work, scope)
    changed = await update(unit_of_work, scope, anna.id, name=" Anna Leigh ")
    assert (changed.name.read(), changed.phone.read()) == ("Anna Leigh", "+12125550142")


async def test_an_empty_value_clears_what_was_known(unit_of_work, scope):
    anna = await add(unit_of_work, scope)
    cleared = await update(unit_of_work, scope, anna.id, phone="", name="", email="")
    assert (cleared.phone, cleared.phone_index, cleared.name) == (None, None, None)
    assert (await recognise(unit_of_work, scope)).id != anna.id


async def test_a_corrected_number_is_recognised(unit_of_work, scope):
    anna = await add(unit_of_work, scope)
    await update(unit_of_work, scope, anna.id, phone="+12125550143")
    assert (await recognise(unit_of_work, scope, "+12125550143")).id == anna.id


async def test_nothing_said_is_no_change(unit_of_work, scope):
    anna = await add(unit_of_work, scope)
    await update(unit_of_work, scope, anna.id)
    assert await events(unit_of_work, scope, "contact.") == ["contact.added"]


@pytest.mark.parametrize(
    "details", [{"phone": "the usual"}, {"email": "anna"}, {"email": "@x.com"}]
)
async def test_what_nobody_can_be_reached_by_is_refused(unit_of_work, scope, details):
    with pytest.raises(InvalidInput):
        await add(unit_of_work, scope, contacts.Details(**details))


async def test_a_listed_number_is_treated_so_until_it_is_unlisted(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        listed = await contacts.list_number(uow, "(212) 555-0142", NumberList.BLOCK, reason="Spam")
        assert await contacts.treatment(uow, "+12125550142") is NumberList.BLOCK
        assert await contacts.treatment(uow, "+12125550143") is None
        await contacts.unlist_number(uow, listed.id)
        assert await contacts.treatment(uow, "+12125550142") is None


async def test_a_number_is_on_one_list_only(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        await contacts.list_number(uow, "+12125550142", NumberList.VIP)
        with pytest.raises(AlreadyListed):
            await contacts.list_number(uow, "+12125550142", NumberList.BLOCK)


async def test_another_tenant_lists_its_own_numbers(unit_of_work, scope, other_scope):
    async with unit_of_work(scope) as uow:
        listed = await contacts.list_number(uow, "+12125550142", NumberList.BLOCK)
    async with unit_of_work(other_scope) as uow:
        assert await contacts.treatment(uow, "+12125550142") is None
        with pytest.raises(NotFound):
            await contacts.unlist_number(uow, listed.id)
