"""What is exported, under which key, and everything that keeps it back."""

from dataclasses import replace

import pytest

from domain import rights
from domain.errors import Forbidden
from domain.privacy.policy import Preset
from domain.privacy.presets import CALLERS, DEFAULT
from domain.rights.kinds import RequestKind
from domain.training import service
from domain.training.errors import TrainingBarred
from domain.training.models import TrainingState
from domain.training.repository import TrainingKeys
from domain.training.rules import Bar
from tests.domain.training.conftest import School, promising
from tests.fakes.key_holder import KeyHolder, NotForUs

CANARY = "zanzibar heliotrope quagmire"


@pytest.mark.promise("P099", "P103")
@pytest.mark.promise("P045")
async def test_the_tenant_opens_what_was_exported(school):
    await school.called("Hi, this is Anna Lee, I need a cleaning")
    export = await school.export()
    opened = school.holder.open(await school.file(export)).decode()
    assert export.state is TrainingState.FINISHED
    assert export.conversations == 1
    assert "cleaning" in opened
    assert "Anna" not in opened


@pytest.mark.promise("P103")
@pytest.mark.law("L07")
async def test_whoever_runs_the_platform_cannot_open_it(school, store):
    await school.called("I need a cleaning")
    export = await school.export()
    sealed = await school.file(export)
    assert b"cleaning" not in sealed
    with pytest.raises(NotForUs):
        KeyHolder.new().open(sealed)


async def test_without_a_key_nothing_is_exported(unit_of_work, scope, school):
    keyless = School(unit_of_work, school.scope, school.store, KeyHolder.new())
    async with unit_of_work(keyless.scope) as uow:
        key = await TrainingKeys(uow).current()
        await TrainingKeys(uow).save(key, retired_at=uow.now)
    with pytest.raises(TrainingBarred) as refused:
        await keyless.export()
    assert refused.value.bars == [Bar.NO_KEY]


@pytest.mark.promise("P100", "P102")
async def test_nothing_waits_where_nobody_opted_in(unit_of_work, scope, store):
    silent = School(unit_of_work, promising(scope, CALLERS[DEFAULT]), store, KeyHolder.new())
    await silent.name_key()
    await silent.called("I need a cleaning")
    assert await silent.waiting() == 0
    with pytest.raises(TrainingBarred) as refused:
        await silent.export()
    assert refused.value.bars == [Bar.NOT_OPTED_IN]


@pytest.mark.promise("P101")
@pytest.mark.law("L44")
async def test_a_practice_cannot_even_opt_in(unit_of_work, scope, store):
    profile = CALLERS[Preset.HEALTHCARE].model_copy(update={"training": True})
    practice = School(unit_of_work, promising(scope, profile), store, KeyHolder.new())
    await practice.name_key()
    await practice.called("I have a rash")
    assert await practice.waiting() == 0
    with pytest.raises(TrainingBarred) as refused:
        await practice.export()
    assert refused.value.bars == [Bar.HEALTH]


@pytest.mark.promise("P103")
async def test_opting_out_empties_the_queue_at_once(school, unit_of_work):
    await school.called("I need a cleaning")
    async with unit_of_work(school.scope) as uow:
        assert await service.stop(uow) == 1
    assert await school.waiting() == 0


@pytest.mark.promise("P103")
async def test_opting_out_counts_while_a_file_is_being_asked_for(school):
    await school.called("I need a cleaning")
    export = await school.export(scope=promising(school.scope, CALLERS[DEFAULT]))
    assert export.state is TrainingState.REFUSED
    assert await school.files() == []


@pytest.mark.promise("P103")
async def test_a_caller_who_objects_is_left_out(school, unit_of_work):
    caller = await school.called(f"I need a cleaning, {CANARY}")
    await school.called("What are your hours?")
    async with unit_of_work(school.scope) as uow:
        await rights.choose(uow, caller.contact_id, RequestKind.OBJECTION)
        assert await service.heed(uow, caller.contact_id) == 1
    assert await school.waiting() == 1
    export = await school.export()
    opened = school.holder.open(await school.file(export)).decode()
    assert CANARY not in opened
    assert export.conversations == 1


@pytest.mark.promise("P103")
async def test_a_canary_of_another_tenant_never_appears(school, unit_of_work, other_scope):
    canary = School(
        unit_of_work, promising(other_scope, CALLERS[DEFAULT]), school.store, KeyHolder.new()
    )
    await canary.called(CANARY)
    await school.called("I need a cleaning")
    export = await school.export()
    opened = school.holder.open(await school.file(export)).decode()
    assert "cleaning" in opened
    assert CANARY not in opened
    assert await canary.files() == []


async def test_a_file_is_written_once(school):
    await school.called("I need a cleaning")
    export = await school.export()
    again = await school.write(export.id)
    assert again.sha256 == export.sha256
    assert len(await school.files()) == 1
    assert await school.waiting() == 0


async def test_another_key_seals_what_comes_later(school, unit_of_work):
    before = school.holder
    school.holder = KeyHolder.new()
    await school.name_key()
    await school.called("I need a cleaning")
    export = await school.export()
    sealed = await school.file(export)
    assert b"cleaning" in school.holder.open(sealed)
    with pytest.raises(NotForUs):
        before.open(sealed)


async def test_ids_and_times_stay_behind(school):
    caller = await school.called("I need a cleaning")
    export = await school.export()
    opened = school.holder.open(await school.file(export)).decode()
    assert str(caller.conversation_id) not in opened
    assert str(caller.contact_id) not in opened
    assert caller.phone not in opened


async def test_only_whoever_may_can_ask(school, unit_of_work):
    nobody = replace(school.scope, permissions=frozenset())
    async with unit_of_work(school.scope) as uow:
        assert uow.scope.permissions
    with pytest.raises(Forbidden):
        async with unit_of_work(nobody) as uow:
            await service.start(uow)
