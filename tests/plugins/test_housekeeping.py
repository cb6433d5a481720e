"""What was delivered long ago goes; what is owed or was given up stays."""

from datetime import timedelta
from uuid import uuid4

from domain.handlers import serves
from domain.idempotency import KEPT, earlier_answer, remember_answer
from domain.outbox import OutboxEntry
from domain.privacy.purposes import Purpose
from plugins.housekeeping import KEEP_DEAD, KEEP_DONE, clear_delivered, forget_answers
from plugins.registry import Registry
from tests.conftest import as_system
from tests.fakes.happenings import Happened
from tests.plugins.conftest import PACE

A_MOMENT = timedelta(seconds=1)


@serves(Purpose.SERVICE)
async def fine(event, context):
    pass


@serves(Purpose.SERVICE)
async def broken(event, context):
    raise RuntimeError


async def kept(way, after: timedelta) -> int:
    """Clear up when so much time has passed; how many events of the tenant are left."""
    way.wait(after)
    async with as_system(way.urls):
        await clear_delivered(way.unit_of_work.clock.now())
    async with way.unit_of_work(way.scope) as uow:
        return await OutboxEntry.filter(name=Happened.name).using_db(uow.connection).count()


async def delivered(road, handler, rounds: int = 1):
    way = road(Registry([(Happened, handler)], plugins=()))
    await way.happen(uuid4(), 1)
    for _ in range(rounds):
        await way.travel()
        way.wait(timedelta(minutes=1))
    return way


async def test_what_was_delivered_is_cleared_after_a_week(road):
    way = await delivered(road, fine)
    assert await kept(way, timedelta(days=6)) == 1
    assert await kept(way, KEEP_DONE) == 0
    assert await way.deliveries() == []


async def test_what_is_still_owed_stays(road):
    way = await delivered(road, broken)
    assert await kept(way, KEEP_DEAD * 2) == 1


async def test_what_was_given_up_stays_longer(road):
    way = await delivered(road, broken, rounds=PACE.most_attempts)
    assert await kept(way, KEEP_DONE + A_MOMENT) == 1
    assert await kept(way, KEEP_DEAD) == 0


async def answered(way, key: str):
    async with way.unit_of_work(way.scope) as uow:
        answer = await earlier_answer(uow, key, {})
        if answer is None:
            await remember_answer(uow, key, "done")
        return answer


async def test_answers_are_given_again_for_a_week(road):
    way = road(Registry([], plugins=()))
    assert await answered(way, "k1") is None
    for passed, answer in ((KEPT, "done"), (A_MOMENT, None)):
        way.wait(passed)
        async with as_system(way.urls):
            await forget_answers(way.unit_of_work.clock.now())
        assert await answered(way, "k1") == answer
