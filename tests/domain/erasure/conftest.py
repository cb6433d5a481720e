"""An office where erasures are asked for and carried out."""

import pytest

from domain import calls
from domain.conversations.acts import Disposition
from tests.factories.calls import answered, record, sound
from tests.factories.erasures import Office
from tests.factories.exports import store_in


@pytest.fixture
def store(tmp_path):
    return store_in(tmp_path)


@pytest.fixture
def office(unit_of_work, scope, database, store):
    return Office(unit_of_work, scope, database, store)


@pytest.fixture
def hang_up(unit_of_work):
    """Ends a call, with everything about it settled."""

    async def hang_up(line):
        async with unit_of_work(line.scope) as uow:
            await calls.end(uow, line.call.id, Disposition.COMPLETED)
            await calls.settle_recording(uow, line.call.id)
            await calls.settle_summary(uow, line.call.id)

    return hang_up


@pytest.fixture
async def line(unit_of_work, scope, store, hang_up):
    """Somebody who called, was recorded, and has hung up."""
    line = await answered(unit_of_work, scope)
    await record(unit_of_work, store, line, sound(6))
    await hang_up(line)
    return line
