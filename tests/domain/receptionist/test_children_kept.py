"""What a child said is erased by itself, or is a task for the team, as the business promises."""

from datetime import timedelta

import pytest

from domain import conversations
from domain.conversations.acts import Disposition
from domain.conversations.models import Speaker
from domain.conversations.repository import Conversations, Turns
from domain.handlers import event_handlers, jobs
from domain.messages.models import Priority
from domain.messages.repository import Messages
from domain.privacy.presets import CALLERS
from domain.recordings.keeper import Keeper
from domain.retention import holds
from domain.retention.holds.models import HoldReason
from integrations.storage.settings import StorageSettings
from integrations.storage.store import open_store
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tests.factories.calls import answered, record, sound
from tests.factories.contents import tables_with
from tests.factories.policies import promise
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road

CHILD = "Hi, I am seven years old and my zebra is ill and my mom is not home"
GUARDIAN = "I would like to book my 8-year-old for a cleaning"
OVER = timedelta(minutes=16)


@pytest.fixture
def store(tmp_path):
    return open_store(StorageSettings(url=(tmp_path / "files").as_uri()))


@pytest.fixture
def road(unit_of_work, scope, database, store):
    keeper = Keeper(store)
    handlers, later = (*event_handlers(), *keeper.handlers), (*jobs(), *keeper.jobs)
    registry = Registry(handlers, later, plugins=())
    deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
    return Road(registry, unit_of_work, scope, database, deliverer)


@pytest.fixture
def said(road, unit_of_work, scope, clock, store):
    """Somebody calls and says something; the call is over, and everybody was told."""

    async def say(*words):
        line = await answered(unit_of_work, scope)
        id = line.call.conversation_id
        turns = [
            conversations.Said(position, Speaker.CALLER, text, clock.now(), 0)
            for position, text in enumerate(words)
        ]
        await record(unit_of_work, store, line, sound(1))
        async with unit_of_work(line.scope) as uow:
            await conversations.add_turns(uow, id, turns)
            await conversations.end(uow, id, Disposition.CALLER_HANGUP)
        async with unit_of_work(scope) as uow:
            await uow.connection.execute_query("UPDATE call SET finalized_at = ringing_at")
        await pass_time()
        return line.caller.contact_id, id

    async def pass_time():
        for _ in range(2):
            while await road.travel():
                pass
            road.wait(OVER)

    return say


async def kept(unit_of_work, scope, id):
    """The words, the sum of them, and the tasks that are left."""
    async with unit_of_work(scope, read_only=True) as uow:
        tasks = await Messages(uow).page(Messages(uow).all())
        row = await Conversations(uow).get(id)
        return await Turns(uow).of(id), row.summary, tasks


@pytest.mark.promise("P035", "P098")
async def test_what_a_child_said_is_gone_soon_after_the_call(said, unit_of_work, scope, store):
    _, id = await said("Hello", CHILD)
    turns, summary, [task] = await kept(unit_of_work, scope, id)
    assert (turns, summary) == ([], None)
    assert await tables_with(unit_of_work, scope, "zebra") == set()
    assert await store.list(str(scope.tenant_id)) == []
    assert task.priority is Priority.HIGH
    assert "is being erased" in task.body.read()


@pytest.mark.promise("P035", "P098")
async def test_where_the_business_looks_first_it_has_a_task(said, unit_of_work, scope):
    await promise(unit_of_work, scope, forget_children=False)
    _, id = await said("Hello", CHILD)
    turns, _, [task] = await kept(unit_of_work, scope, id)
    assert len(turns) == 2
    assert "A child spoke, and its words are kept." in task.body.read()


@pytest.mark.law("L51")
@pytest.mark.promise("P098")
async def test_nothing_of_a_record_of_health_goes_by_itself(said, unit_of_work, scope):
    await promise(unit_of_work, scope, preset="healthcare", forget_children=True)
    _, id = await said(CHILD)
    turns, _, [task] = await kept(unit_of_work, scope, id)
    assert len(turns) == 1
    assert "its words are kept" in task.body.read()


async def test_what_is_held_stays(said, unit_of_work, scope, clock):
    async with unit_of_work(scope) as uow:
        until = clock.now() + timedelta(days=365)
        await holds.place(uow, holds.NewHold(HoldReason.DISPUTE, until))
    _, id = await said(CHILD)
    assert len((await kept(unit_of_work, scope, id))[0]) == 1


async def test_a_child_that_is_spoken_of_is_no_reason(said, unit_of_work, scope):
    _, id = await said(GUARDIAN)
    turns, _, tasks = await kept(unit_of_work, scope, id)
    assert (len(turns), tasks) == (1, [])


async def test_who_is_old_enough_there_is_no_child(said, unit_of_work, scope):
    await promise(unit_of_work, scope, minimum_age=13)
    _, id = await said("I am sixteen years old")
    turns, _, tasks = await kept(unit_of_work, scope, id)
    assert (len(turns), tasks) == (1, [])


@pytest.mark.promise("P035")
@pytest.mark.parametrize("preset", CALLERS)
def test_every_preset_forgets_children_but_that_of_health(preset):
    assert CALLERS[preset].forgets_children == (not CALLERS[preset].hipaa)
