"""Deciding what a business promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain import contacts
from domain.errors import Forbidden, InvalidInput
from domain.personal import DataClass, Source
from domain.privacy.policy import Preset
from domain.privacy.presets import CALLERS, CUSTOMERS, DEFAULT
from domain.retention import holds, outlook
from domain.retention.holds.models import HoldReason
from plugins.delivery import Deliverer
from plugins.registry import Registry
from tenants.policy import service
from tenants.policy.errors import PolicyApplies
from tenants.policy.jobs import JOBS
from tenants.policy.promises import StoredPolicies
from tenants.policy.repository import of_operator
from tenants.policy.service import Draft
from tenants.service import tenant_facts
from tests.factories.outbox import payloads
from tests.factories.policies import PEOPLE
from tests.fakes.mailer import Postbox
from tests.plugins.conftest import PACE, Road


@pytest.fixture
def road(unit_of_work, scope, database):
    registry = Registry((), JOBS, plugins=())
    deliverer = Deliverer(registry, unit_of_work, Postbox(), PACE)
    return Road(registry, unit_of_work, scope, database, deliverer)


def draft(applies_from=None, to_existing=False, **changes):
    return Draft(PEOPLE | changes, applies_from, to_existing)


async def adopt(unit_of_work, scope, wanted):
    async with unit_of_work(scope) as uow:
        return await service.adopt(uow, wanted)


async def promise_of(scope):
    return (await tenant_facts(scope.tenant_id)).privacy


@pytest.mark.promise("P086")
async def test_who_said_nothing_promises_the_preset_of_all(scope):
    assert await promise_of(scope) == CALLERS[DEFAULT]


@pytest.mark.promise("P055")
async def test_a_promise_holds_for_whatever_begins_next(unit_of_work, scope):
    await adopt(unit_of_work, scope, draft(retention={"recording": {"keep": "P30D"}}))
    promised = await promise_of(scope)
    assert str(promised.retention[DataClass.RECORDING].keep) == "P30D"
    assert promised.retention[DataClass.LEAD] == CALLERS[DEFAULT].retention[DataClass.LEAD]


async def test_a_preset_replaces_all_but_the_people(unit_of_work, scope):
    await adopt(unit_of_work, scope, draft(minimum_age=14))
    await adopt(unit_of_work, scope, Draft({"preset": "minimal"}))
    promised = await promise_of(scope)
    assert promised.retention == CALLERS[Preset.MINIMAL].retention
    assert promised.privacy_contact.name == "Paula Privacy"
    assert promised.minimum_age == 18


@pytest.mark.promise("P086", "P087")
async def test_nobody_promises_without_somebody_who_answers(unit_of_work, scope):
    with pytest.raises(InvalidInput) as refusal:
        await adopt(unit_of_work, scope, Draft({"minimum_age": 13}))
    assert [each.path for each in refusal.value.problems] == list(PEOPLE)
    assert await promise_of(scope) == CALLERS[DEFAULT]


async def test_a_period_that_contradicts_the_law_is_refused(unit_of_work, scope):
    with pytest.raises(InvalidInput) as refusal:
        await adopt(unit_of_work, scope, draft(retention={"consent": {"keep": "P1D"}}))
    assert refusal.value.problems[0].path == "retention.consent"


async def test_values_that_are_none_are_refused_by_name(unit_of_work, scope):
    with pytest.raises(InvalidInput) as refusal:
        await adopt(unit_of_work, scope, draft(retention={"lead": {"keep": "soon"}}))
    assert refusal.value.problems[0].path == "retention.lead.keep"


async def test_a_promise_for_later_waits_for_its_day(unit_of_work, scope, clock, road):
    day = clock.now() + timedelta(days=30)
    await adopt(unit_of_work, scope, draft(day, minimum_age=13))
    await adopt(unit_of_work, scope, draft(day, minimum_age=16))
    assert (await promise_of(scope)).minimum_age == CALLERS[DEFAULT].minimum_age
    clock.advance(timedelta(days=30))
    await road.travel()
    assert (await promise_of(scope)).minimum_age == 16
    [told] = await payloads(unit_of_work, scope, "policy.applied")
    assert told["number"] == 2


async def test_a_newer_decision_takes_back_what_was_to_come(unit_of_work, scope, clock):
    later = await adopt(unit_of_work, scope, draft(clock.now() + timedelta(days=1)))
    await adopt(unit_of_work, scope, draft(minimum_age=15))
    [told] = await payloads(unit_of_work, scope, "policy.withdrawn")
    assert told == {"policy_version_id": str(later.id), "number": 1}


async def test_what_applies_cannot_be_taken_back(unit_of_work, scope, clock):
    later = await adopt(unit_of_work, scope, draft(clock.now() + timedelta(days=1)))
    async with unit_of_work(scope) as uow:
        await service.withdraw(uow, later.id)
    now = await adopt(unit_of_work, scope, draft())
    async with unit_of_work(scope) as uow:
        with pytest.raises(PolicyApplies):
            await service.withdraw(uow, now.id)


async def test_nothing_is_promised_for_the_past(unit_of_work, scope, clock):
    with pytest.raises(InvalidInput):
        await adopt(unit_of_work, scope, draft(clock.now() - timedelta(days=1)))


async def test_a_preview_counts_what_would_go_for_ever(unit_of_work, scope, clock):
    async with unit_of_work(scope) as uow:
        for name in ("Ann", "Ben"):
            await contacts.add(uow, contacts.Details(name=name), source=Source.OWNER)
    clock.advance(timedelta(days=40))
    shorter = draft(to_existing=True, retention={"caller_identity": {"keep": "P30D"}})
    async with unit_of_work(scope) as uow:
        seen = await service.preview(uow, shorter)
        kept = await service.preview(uow, Draft(shorter.changes))
    [effect] = [each for each in seen.effects if each.data_class is DataClass.CALLER_IDENTITY]
    assert (effect.due.due, effect.anyway.due, effect.irreversible) == (2, 0, True)
    assert effect.due.oldest == clock.now() - timedelta(days=40)
    assert not any(each.irreversible for each in kept.effects)
    assert await promise_of(scope) == CALLERS[DEFAULT]


async def test_a_preview_counts_what_a_run_then_does(unit_of_work, scope, clock):
    async with unit_of_work(scope) as uow:
        for name in ("Ann", "Ben"):
            await contacts.add(uow, contacts.Details(name=name), source=Source.OWNER)
    clock.advance(timedelta(days=40))
    shorter = draft(to_existing=True, retention={"caller_identity": {"keep": "P30D"}})
    async with unit_of_work(scope) as uow:
        seen = await service.preview(uow, shorter)
    await adopt(unit_of_work, scope, shorter)
    async with unit_of_work(scope, read_only=True) as uow:
        would = await outlook.due_by_kind(uow, await StoredPolicies().of(uow), uow.now)
    assert {each.data_class: each.due for each in seen.effects if each.due.due} == {
        kind: counted for kind, counted in would.items() if counted.due
    }


async def test_what_is_held_is_not_destroyed_by_a_draft(unit_of_work, scope, clock):
    async with unit_of_work(scope) as uow:
        ann = await contacts.add(uow, contacts.Details(name="Ann"), source=Source.OWNER)
        until = clock.now() + timedelta(days=365)
        await holds.place(uow, holds.NewHold(HoldReason.DISPUTE, until, contact_id=ann.id))
    clock.advance(timedelta(days=40))
    shorter = draft(to_existing=True, retention={"caller_identity": {"keep": "P30D"}})
    async with unit_of_work(scope) as uow:
        seen = await service.preview(uow, shorter)
    [effect] = [each for each in seen.effects if each.data_class is DataClass.CALLER_IDENTITY]
    assert (effect.due.due, effect.due.held, effect.irreversible) == (1, 1, False)


async def test_a_draft_for_what_comes_leaves_what_an_earlier_version_governs(
    unit_of_work, scope, clock
):
    async with unit_of_work(scope) as uow:
        await contacts.add(uow, contacts.Details(name="Ann"), source=Source.OWNER)
    clock.advance(timedelta(days=1))
    await adopt(unit_of_work, scope, draft(retention={"caller_identity": {"keep": "P30D"}}))
    clock.advance(timedelta(days=40))
    longer = draft(to_existing=True, retention={"caller_identity": {"keep": "P400D"}})
    async with unit_of_work(scope) as uow:
        seen = await service.preview(uow, longer)
    [effect] = [each for each in seen.effects if each.data_class is DataClass.CALLER_IDENTITY]
    # The first version keeps her for a year: what is promised in force now would not say so.
    assert (effect.due.due, effect.anyway.due) == (0, 0)


async def test_only_some_may_decide(unit_of_work, scope):
    reader = replace(scope, permissions=frozenset({service.READ}))
    async with unit_of_work(reader) as uow:
        assert await service.current(uow) == CALLERS[DEFAULT]
    with pytest.raises(Forbidden):
        await adopt(unit_of_work, reader, draft())


@pytest.mark.promise("P091", "P094")
async def test_the_operator_promises_its_customers_something_else(staff, unit_of_work):
    async with unit_of_work(staff) as uow:
        assert await service.current(uow) == CUSTOMERS[DEFAULT]
    await adopt(unit_of_work, staff, draft(backups="P14D"))
    assert str((await of_operator()).backups) == "P14D"
