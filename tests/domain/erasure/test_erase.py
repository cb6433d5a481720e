"""Everything about a caller goes, whatever stands in the way is named, and it goes on by itself."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain import appointments, erasure
from domain.appointments.repository import Appointments
from domain.business import versions
from domain.contacts.repository import Contacts
from domain.erasure.errors import CallInProgress, ErasureHeld, VisitsStanding
from domain.erasure.models import ErasureReason, ErasureState, Obstacle
from domain.errors import Forbidden, NotFound, Unavailable
from tests.factories import outbox
from tests.factories.business import open_practice
from tests.factories.calls import answered
from tests.factories.outbox import events


@pytest.mark.promise("P073")
@pytest.mark.law("L25")
async def test_nothing_of_a_caller_is_left(office, line, store, scope):
    asked = await office.ask(line.caller.contact_id)
    await office.work()
    assert (await office.look(asked.id)).state is ErasureState.ERASED
    everything = await office.everything()
    kept = ("contact", "conversation", "call", "turn", "recording", "lead", "leftover")
    assert {table: everything[table] for table in kept} == {table: [] for table in kept}
    assert await store.list(str(scope.tenant_id)) == []


async def test_whoever_may_not_erase_is_refused(unit_of_work, line):
    with pytest.raises(Forbidden):
        async with unit_of_work(line.scope) as uow:
            await erasure.erase_contact(uow, erasure.NewErasure(line.caller.contact_id))


async def test_nobody_erases_another_tenants_caller(unit_of_work, other_scope, line):
    with pytest.raises(NotFound):
        async with unit_of_work(other_scope) as uow:
            await erasure.erase_contact(uow, erasure.NewErasure(line.caller.contact_id))


async def test_two_who_ask_at_once_ask_for_one_erasure(office, line):
    both = await asyncio.gather(*(office.ask(line.caller.contact_id) for _ in range(2)))
    assert both[0].id == both[1].id
    await office.work()
    assert len(await office.certificates()) == 1
    with pytest.raises(NotFound):
        await office.ask(line.caller.contact_id)


async def test_a_call_that_goes_on_is_refused_if_nobody_waits(office, unit_of_work, scope):
    line = await answered(unit_of_work, scope)
    with pytest.raises(CallInProgress):
        await office.ask(line.caller.contact_id, wait=False)


async def test_an_erasure_waits_for_the_end_of_a_call(office, unit_of_work, scope, hang_up):
    line = await answered(unit_of_work, scope)
    asked = await office.ask(line.caller.contact_id)
    while await office.way.travel():
        pass
    waiting = await office.look(asked.id)
    assert (waiting.state, waiting.waits_for) == (ErasureState.REQUESTED, Obstacle.CALL)
    async with unit_of_work(scope) as uow:
        assert (await Contacts(uow).get(line.caller.contact_id)).name.read() == "Anna Lee"
    await hang_up(line)
    await office.work()
    assert (await office.look(asked.id)).state is ErasureState.ERASED


@pytest.fixture
async def visit(unit_of_work, scope, line):
    """A visit of theirs to come."""
    practice = await open_practice(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        profile = await versions.profile(uow)
        # Tomorrow at ten, in New York.
        starts_at = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
        booking = appointments.Booking(line.caller.contact_id, practice.cleaning_id, starts_at)
        return await appointments.book(uow, profile, booking)


async def test_a_visit_to_come_stands_in_the_way(office, line, visit):
    with pytest.raises(VisitsStanding) as refused:
        await office.ask(line.caller.contact_id)
    assert (refused.value.count, refused.value.next_at) == (1, visit.starts_at)


async def test_a_visit_to_come_is_cancelled_first(office, unit_of_work, scope, line, visit):
    await office.ask(line.caller.contact_id, cancel_visits=True)
    assert "appointment.cancelled" in await events(unit_of_work, scope, "appointment.")
    await office.work()
    async with unit_of_work(scope) as uow:
        assert await Appointments(uow).all().count() == 0


@pytest.fixture
def hold(monkeypatch):
    """Whether anybody is held, as a feature that holds data says so."""
    said = {"held": True}

    async def held(uow, contact_id=None):
        return said["held"]

    monkeypatch.setattr("domain.erasure.service.held", held)
    monkeypatch.setattr("domain.erasure.steps.held", held)
    return said


@pytest.mark.promise("P067")
async def test_a_legal_hold_stands_in_the_way(office, line, hold):
    with pytest.raises(ErasureHeld):
        await office.ask(line.caller.contact_id)


async def test_a_hold_that_comes_meanwhile_is_waited_for(office, line, hold):
    hold["held"] = False
    asked = await office.ask(line.caller.contact_id)
    hold["held"] = True
    await office.work(1)
    assert (await office.look(asked.id)).waits_for is Obstacle.HOLD
    hold["held"] = False
    office.way.wait(timedelta(hours=6))
    await office.work()
    assert (await office.look(asked.id)).state is ErasureState.ERASED


async def test_wherever_a_worker_dies_another_goes_on(office, line, unit_of_work, monkeypatch):
    """Nothing is counted twice and nothing is left, wherever the first one died."""
    asked = await office.ask(line.caller.contact_id)
    whole, deadly = type(office.way.unit_of_work)._writing, [2, 4, 6, 9]
    steps = 0

    def dying(self, scope):
        nonlocal steps
        steps += 1
        if steps in deadly:
            raise Unavailable("killed")
        return whole(self, scope)

    monkeypatch.setattr(type(office.way.unit_of_work), "_writing", dying)
    for _ in range(12):
        try:
            await office.work(1)
        except Unavailable:
            continue
    monkeypatch.undo()
    await office.work()
    assert (await office.look(asked.id)).state is ErasureState.ERASED
    [certificate] = await office.certificates()
    assert certificate["rows"]["deleted"]["contact"] == 1
    assert certificate["rows"]["deleted"]["recording"] == 1


@pytest.mark.law("L27")
@pytest.mark.law("L34")
async def test_whoever_was_told_of_them_is_told_to_forget_them(office, line, unit_of_work, scope):
    await office.use_crm()
    await office.ask(line.caller.contact_id, reason=ErasureReason.OBJECTION)
    await office.work()
    [told] = await outbox.payloads(unit_of_work, scope, "contact.erased")
    assert set(told) == {"contact_id", "erasure_id"}
    assert office.holder.asked == 1
