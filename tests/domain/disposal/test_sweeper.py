"""Objects and keys go after the rows, and whoever dies on the way is followed by somebody."""

import pytest

from domain import disposal
from domain.disposal.repository import Leftovers
from domain.disposal.sweeper import Sweeper
from domain.errors import Unavailable
from domain.keyring.errors import KeyDestroyed
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tests.factories.calls import answered, record, sound
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road


@pytest.fixture
def way(unit_of_work, scope, database, store):
    """The road of a sweeper who removes one thing at a time."""
    registry = Registry((), Sweeper(store, batch=1).jobs, plugins=())
    deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
    return Road(registry, unit_of_work, scope, database, deliverer)


@pytest.fixture
async def line(unit_of_work, scope, store):
    """Somebody who called and was recorded."""
    line = await answered(unit_of_work, scope)
    await record(unit_of_work, store, line, sound(6))
    return line


@pytest.fixture
def forgotten(unit_of_work, scope, forget):
    """Does away with the rows of a caller."""

    async def forgotten(line):
        async with unit_of_work(scope) as uow:
            await forget(uow, await disposal.of_contact(uow, line.caller.contact_id))

    return forgotten


async def left(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        return await Leftovers(uow).all().count()


async def test_the_sound_and_the_keys_go_with_the_rows(
    unit_of_work, scope, store, way, line, forgotten
):
    assert await store.list(str(scope.tenant_id))
    await forgotten(line)
    await way.travel()
    assert await store.list(str(scope.tenant_id)) == []
    assert await left(unit_of_work, scope) == 0
    async with unit_of_work(scope) as uow:
        with pytest.raises(KeyDestroyed):
            await uow.keys.conversation(line.caller.conversation_id)


async def test_a_sweeper_who_dies_is_followed_by_one_who_goes_on(
    unit_of_work, scope, store, way, line, forgotten
):
    await forgotten(line)
    whole = store.delete

    async def die(keys):
        raise Unavailable("killed")

    store.delete = die
    await way.travel()
    assert await left(unit_of_work, scope) > 0
    store.delete = whole
    way.wait(PACE.grace * 100)
    await way.travel()
    assert await left(unit_of_work, scope) == 0
    assert await store.list(str(scope.tenant_id)) == []
