"""A key goes as soon as nothing is sealed by it: copies elsewhere become noise at that moment."""

from datetime import timedelta

import pytest

from domain.calls.repository import Calls
from domain.contacts.repository import Contacts
from domain.disposal.repository import needed
from domain.keyring.errors import KeyDestroyed
from tests.factories.calls import answered, record, sound

pytestmark = pytest.mark.promise("P067")


async def keys(keeper, *ids):
    async with keeper.work(keeper.scope) as uow:
        return [await uow.keys.has(id) for id in ids]


@pytest.mark.promise("P054")
async def test_what_was_said_is_shredded_before_who_said_it(keeper, unit_of_work, scope, store):
    line = await answered(unit_of_work, scope)
    await record(unit_of_work, store, line, sound(1))
    talk, call, person = line.call.conversation_id, line.call.id, line.caller.contact_id
    keeper.pass_days(89)
    await keeper.run()
    assert await keys(keeper, talk, call, person) == [True, True, True]
    keeper.pass_days(2)
    await keeper.run()
    assert await keys(keeper, talk, call, person) == [False, True, True]
    async with unit_of_work(scope) as uow:
        assert (await Calls(uow).get(call)).caller.read() == line.caller.phone
    keeper.pass_days(275)
    await keeper.run()
    assert await keys(keeper, talk, call, person) == [False, False, False]


async def test_a_copy_in_a_backup_opens_no_more(keeper, lived, unit_of_work, scope):
    made = await lived()
    async with unit_of_work(scope) as uow:
        contacts = Contacts(uow)
        [backup] = await contacts.all()
    keeper.pass_days(367)
    await keeper.run()
    async with unit_of_work(scope) as uow:
        with pytest.raises(KeyDestroyed):
            await uow.keys.open([backup])
        assert await Contacts(uow).all().filter(id=made["contact"]).count() == 0


async def test_keys_of_today_are_left_alone(keeper, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        fresh = uow.new_id()
        await uow.keys.conversation(fresh)
    await keeper.run()
    assert await keys(keeper, fresh) == [True]
    keeper.pass_days(3)
    await keeper.run()
    assert await keys(keeper, fresh) == [False]


async def test_keys_of_the_tenant_itself_stay(keeper, lived, unit_of_work, scope):
    await lived()
    keeper.pass_days(4000)
    await keeper.run()
    async with unit_of_work(scope) as uow:
        assert await uow.keys.has(scope.tenant_id)


async def test_every_key_that_seals_something_is_needed(lived, unit_of_work, scope):
    made = await lived()
    async with unit_of_work(scope) as uow:
        ids = [made["contact"], made["conversation"], made["archive_box"]]
        assert await needed(uow, [*ids, uow.new_id()]) == set(ids)


async def test_a_contact_that_calls_again_keeps_its_key(keeper, lived, unit_of_work, scope):
    made = await lived()
    keeper.pass_days(300)
    async with unit_of_work(scope) as uow:
        contact = await Contacts(uow).get(made["contact"])
        await Contacts(uow).save(contact, last_seen_at=uow.now + timedelta(seconds=1))
    keeper.pass_days(100)
    await keeper.run()
    assert await keys(keeper, made["contact"]) == [True]
    assert await keeper.count("contact") == 1
