"""A run goes on wherever it was left, does everything once, and stops if the clock is wrong."""

from datetime import timedelta

import pytest

from domain.recordings.events import RecordingDeleted
from domain.recordings.keeper import Keeper as SoundKeeper
from domain.retention import service
from domain.retention.errors import ClockWentBack
from domain.retention.models import RunState, StopReason
from domain.retention.service import Batch
from tests.factories import outbox
from tests.factories.calls import Delivery, answered, record, sound

pytestmark = pytest.mark.promise("P064")


async def begun(keeper):
    async with keeper.work(keeper.scope) as uow:
        return await service.start(uow)


async def step(keeper, run, batch) -> bool:
    async with keeper.work(keeper.scope) as uow:
        return await service.advance(uow, run.id, keeper.policies.promises, batch)


async def test_a_run_goes_a_batch_at_a_time(keeper):
    await keeper.talk(conversations=4, turns=25)
    keeper.pass_days(91)
    run = await begun(keeper)
    left = []
    while await step(keeper, run, Batch(rows=30)):
        left.append(await keeper.count("turn"))
    assert left == [70, 40, 10, 0]
    done = await keeper.newest()
    assert done.counts == {"turn.transcript.row.delete": 100}
    assert done.state is RunState.DONE


async def test_a_batch_that_fails_leaves_everything_as_it_was(keeper):
    await keeper.talk(conversations=1, turns=50)
    keeper.pass_days(91)
    run = await begun(keeper)
    await step(keeper, run, Batch(rows=20))
    with pytest.raises(ZeroDivisionError):
        async with keeper.work(keeper.scope) as uow:
            await service.advance(uow, run.id, keeper.policies.promises, Batch(rows=20))
            raise ZeroDivisionError
    assert await keeper.count("turn") == 30
    assert (await keeper.newest()).counts == {"turn.transcript.row.delete": 20}
    finished = await keeper.run()
    assert finished.id == run.id
    assert finished.counts == {"turn.transcript.row.delete": 50}


async def test_workers_leave_the_rest_to_the_next_delivery(keeper):
    await keeper.talk(conversations=2, turns=100)
    keeper.batch = Batch(rows=10)
    keeper.pass_days(91)
    run = await keeper.run()
    assert run.counts == {"turn.transcript.row.delete": 200}
    assert await outbox.events(keeper.work, keeper.scope, "retention.") == ["retention.finished"]


async def test_one_run_at_a_time(keeper):
    first = await begun(keeper)
    assert (await begun(keeper)).id == first.id


async def test_a_conversation_waits_for_what_hangs_on_it(keeper):
    await keeper.talk(conversations=1, turns=1)
    async with keeper.work(keeper.scope) as uow:
        later = uow.now + timedelta(days=300)
        await uow.connection.execute_query("UPDATE turn SET said_at = $1", [later])
    keeper.pass_days(370)
    await keeper.run()
    # Nobody had the words of day 300 for ninety days yet.
    assert await keeper.count("turn") == 1
    assert await keeper.count("conversation") == 1
    keeper.pass_days(30)
    await keeper.run()
    assert (await keeper.count("turn"), await keeper.count("conversation")) == (0, 0)


async def test_a_clock_that_goes_back_deletes_nothing(keeper):
    await keeper.talk(conversations=1, turns=5)
    keeper.pass_days(89)
    await keeper.run()
    keeper.pass_days(-10)
    stopped = await keeper.run()
    assert (stopped.state, stopped.reason) == (RunState.STOPPED, StopReason.CLOCK_WENT_BACK)
    assert await outbox.events(keeper.work, keeper.scope, "retention.stopped") == [
        "retention.stopped"
    ]
    async with keeper.work(keeper.scope) as uow:
        with pytest.raises(ClockWentBack):
            await service.start(uow)
    keeper.pass_days(12)
    assert (await keeper.run()).state is RunState.DONE
    assert await keeper.count("turn") == 0


async def test_a_clock_that_goes_back_stops_a_run_in_the_middle(keeper):
    await keeper.talk(conversations=1, turns=50)
    keeper.pass_days(91)
    run = await begun(keeper)
    assert await step(keeper, run, Batch(rows=10))
    keeper.pass_days(-5)
    assert not await step(keeper, run, Batch(rows=10))
    assert await keeper.count("turn") == 40
    assert (await keeper.newest()).state is RunState.STOPPED


async def test_tenants_do_not_touch_each_other(keeper, other_scope, lived):
    await keeper.talk(conversations=1, turns=5)
    keeper.pass_days(91)
    mine, keeper.scope = keeper.scope, other_scope
    await keeper.run()
    keeper.scope = mine
    assert await keeper.count("turn") == 5


async def test_sound_is_removed_once_the_row_says_so(keeper, unit_of_work, scope, store):
    line = await answered(unit_of_work, scope)
    id = await record(unit_of_work, store, line, sound(1))
    folder = f"{scope.tenant_id}/{id}"
    assert await store.list(folder)
    keeper.pass_days(91)
    await keeper.run()
    [row] = await keeper.rows("SELECT state, reason, deleted_by, storage_key FROM recording")
    assert (row["state"], row["reason"], row["storage_key"]) == (
        "deleted",
        "its time is over",
        None,
    )
    [event] = await outbox.payloads(unit_of_work, scope, "recording.deleted")
    assert event["recording_id"] == str(id)
    # The year after that the row goes too; the sound is removed whether it is there or not.
    keeper.pass_days(300)
    await keeper.run()
    assert await keeper.count("recording") == 0
    deleted = RecordingDeleted(recording_id=id, call_id=line.call.id)
    await SoundKeeper(store).remove(deleted, Delivery(unit_of_work, scope))
    assert await store.list(folder) == []
