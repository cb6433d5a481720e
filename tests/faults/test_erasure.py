"""A worker that is killed while it erases somebody: nothing stays, nothing else goes, one proof."""

import asyncio

import pytest

from deskbell.worker import Role
from domain import contacts, erasure
from domain.erasure.certificates import read
from domain.erasure.models import ErasureState
from domain.erasure.repository import ErasureCertificates, Erasures
from domain.personal import Source
from tests.factories.erasures import SIGNER
from tests.factories.retention import talk
from tests.faults.conftest import House

CALLS, TURNS_EACH, OTHERS = 20, 50, 30
KILLS = 2
THEIRS = "UPDATE conversation SET contact_id = $1 WHERE contact_id IS NULL"
LEFT = "SELECT count(*) AS n FROM turn"


async def left(house: House) -> int:
    async with house.unit_of_work(house.scope, read_only=True) as uow:
        [row] = await uow.connection.execute_query_dict(LEFT)
        return int(row["n"])


async def some_gone(house: House, before: int) -> int:
    """Wait until a worker is in the middle of erasing; says how much is left."""
    for _ in range(3000):
        now = await left(house)
        if now < before:
            return now
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was erased")


@pytest.mark.long
@pytest.mark.promise("P065")
@pytest.mark.law("L25")
async def test_worker_killed_again_and_again_while_it_erases(house: House) -> None:
    await talk(house.unit_of_work, house.scope, CALLS, TURNS_EACH)
    async with house.unit_of_work(house.scope) as uow:
        anna = await contacts.add(uow, contacts.Details(name="Anna Lee"), source=Source.OWNER)
        await uow.connection.execute_query(THEIRS, [anna.id])
    await talk(house.unit_of_work, house.scope, 1, OTHERS)
    house.start(Role.SYSTEM)
    house.start(Role.TENANT)
    async with house.unit_of_work(house.scope) as uow:
        asked = await erasure.erase_contact(uow, erasure.NewErasure(anna.id))
    before = CALLS * TURNS_EACH + OTHERS
    for _ in range(KILLS):
        before = await some_gone(house, before)
        house.kill(Role.TENANT)
        house.start(Role.TENANT)
    assert before > OTHERS

    async def erased() -> bool:
        async with house.unit_of_work(house.scope, read_only=True) as uow:
            return (await Erasures(uow).get(asked.id)).state is ErasureState.ERASED

    assert await house.comes_true(erased)
    assert await left(house) == OTHERS
    async with house.unit_of_work(house.scope, read_only=True) as uow:
        [proof] = await ErasureCertificates(uow).page(ErasureCertificates(uow).all())
    deleted = read(proof.file, SIGNER.public_key).statement["rows"]["deleted"]
    # Counted in the transaction in which they went: once, however often it was begun.
    assert (deleted["turn"], deleted["conversation"]) == (CALLS * TURNS_EACH, CALLS)
