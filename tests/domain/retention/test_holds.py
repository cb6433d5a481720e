"""What is held stays, whoever deletes, until somebody releases it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from tortoise.exceptions import OperationalError

from domain.erasure.errors import ErasureHeld
from domain.erasure.service import NewErasure, erase_contact, erase_tenant
from domain.errors import Forbidden, InvalidInput, NotFound
from domain.retention import holds
from domain.retention.holds.errors import HoldReleased, NothingToHold
from domain.retention.holds.models import HoldReason, HoldScope
from domain.retention.holds.repository import LegalHolds
from domain.retention.jobs import review_hold
from domain.retention.service import kept
from tests.factories.calls import Delivery
from tests.factories.outbox import events

pytestmark = [pytest.mark.promise("P067"), pytest.mark.promise("P069")]
EVERY_TABLE = (
    "appointment",
    "call",
    "call_event",
    "contact",
    "conversation",
    "intake_answer",
    "lead",
    "listed_number",
    "message",
    "offer",
    "recording",
    "reservation",
    "turn",
)


@pytest.fixture
def hold(unit_of_work, scope, clock):
    async def hold(**what):
        new = holds.NewHold(HoldReason.LEGAL_CLAIM, clock.now() + timedelta(days=30), **what)
        async with unit_of_work(scope) as uow:
            return await holds.place(uow, new)

    return hold


async def counts(keeper):
    return {table: await keeper.count(table) for table in EVERY_TABLE}


@pytest.mark.promise("P069")
async def test_a_held_person_keeps_everything_for_years(keeper, lived, hold):
    made = await lived()
    await hold(contact_id=made["contact"])
    before = await counts(keeper)
    keeper.pass_days(3000)
    await keeper.run()
    assert await counts(keeper) == before
    [contact] = await keeper.rows("SELECT name, phone_index FROM contact")
    assert contact["name"] is not None
    assert contact["phone_index"] is not None


async def test_others_go_while_one_is_held(keeper, lived, hold):
    held, other = await lived(), await lived("+12125550143")
    await hold(contact_id=held["contact"])
    keeper.pass_days(400)
    await keeper.run()
    for table in ("contact", "turn", "lead", "appointment", "call_event"):
        [row] = await keeper.rows(f'SELECT id FROM "{table}"')
        assert row["id"] == held[table], table
        assert row["id"] != other[table]


async def test_a_held_conversation_keeps_whoever_held_it(keeper, lived, hold):
    made = await lived()
    await hold(conversation_id=made["conversation"])
    keeper.pass_days(400)
    await keeper.run()
    for table in ("conversation", "turn", "call", "recording", "message", "contact"):
        assert await keeper.count(table) == 1, table
    # A visit that has nothing to do with it is not held.
    assert await keeper.count("reservation") == 0


async def test_everything_can_be_held(keeper, lived, hold):
    await lived()
    assert (await hold()).scope is HoldScope.EVERYTHING
    before = await counts(keeper)
    keeper.pass_days(3000)
    await keeper.run()
    assert await counts(keeper) == before


async def test_what_is_released_goes_with_the_next_run(keeper, lived, hold, unit_of_work, scope):
    made = await lived()
    placed = await hold(contact_id=made["contact"])
    keeper.pass_days(400)
    await keeper.run()
    assert await keeper.count("contact") == 1
    async with unit_of_work(scope) as uow:
        await holds.release(uow, placed.id)
    await keeper.run()
    assert await keeper.count("contact") == 0
    assert await events(unit_of_work, scope, "hold.") == ["hold.placed", "hold.released"]


async def test_keys_of_what_is_held_are_not_destroyed(keeper, lived, hold, unit_of_work, scope):
    made = await lived()
    await hold(conversation_id=made["conversation"])
    keeper.pass_days(400)
    await keeper.run()
    async with unit_of_work(scope) as uow:
        assert await uow.keys.has(made["conversation"])
        assert await uow.keys.has(made["contact"])


@pytest.mark.parametrize("table", ["contact", "conversation"])
async def test_the_database_itself_refuses_to_delete(keeper, lived, hold, table):
    made = await lived()
    await hold(contact_id=made["contact"])
    with pytest.raises(OperationalError, match="A legal hold says that this stays"):
        await keeper.rows(f'DELETE FROM "{table}"')


async def test_nobody_can_be_held_who_is_not_known(hold):
    with pytest.raises(NothingToHold):
        await hold(contact_id=uuid4())
    with pytest.raises(NothingToHold):
        await hold(conversation_id=uuid4())


async def test_an_erased_person_cannot_be_held(lived, hold, unit_of_work, scope):
    made = await lived()
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([made["contact"]])
    with pytest.raises(NothingToHold) as refused:
        await hold(contact_id=made["contact"])
    assert refused.value.code == "NOTHING_TO_HOLD"


async def test_people_of_other_tenants_cannot_be_held(lived, unit_of_work, other_scope, clock):
    made = await lived()
    new = holds.NewHold(
        HoldReason.DISPUTE, clock.now() + timedelta(days=1), contact_id=made["contact"]
    )
    async with unit_of_work(other_scope) as uow:
        with pytest.raises(NothingToHold):
            await holds.place(uow, new)


async def test_a_person_and_a_conversation_are_two_holds(lived, hold):
    made = await lived()
    with pytest.raises(InvalidInput):
        await hold(contact_id=made["contact"], conversation_id=made["conversation"])


async def test_a_review_lies_ahead(unit_of_work, scope, clock):
    async with unit_of_work(scope) as uow:
        with pytest.raises(InvalidInput):
            await holds.place(uow, holds.NewHold(HoldReason.DISPUTE, clock.now()))


async def test_a_released_hold_stays_released(hold, unit_of_work, scope):
    placed = await hold()
    async with unit_of_work(scope) as uow:
        await holds.release(uow, placed.id)
    async with unit_of_work(scope) as uow:
        with pytest.raises(HoldReleased):
            await holds.release(uow, placed.id)


async def test_a_hold_of_another_tenant_is_not_there(hold, unit_of_work, other_scope):
    placed = await hold()
    async with unit_of_work(other_scope) as uow:
        with pytest.raises(NotFound):
            await holds.release(uow, placed.id)


async def test_notes_are_sealed(keeper, hold):
    await hold(note="Lee v. Practice, docket 1:26-cv-01234")
    [row] = await keeper.rows("SELECT note FROM legal_hold")
    assert b"docket" not in row["note"]


async def test_whoever_may_only_read_places_none(unit_of_work, other_scope, clock):
    reader = replace(other_scope, permissions=frozenset({"privacy:read"}))
    new = holds.NewHold(HoldReason.DISPUTE, clock.now() + timedelta(days=1))
    with pytest.raises(Forbidden):
        async with unit_of_work(reader) as uow:
            await holds.place(uow, new)


async def test_a_hold_asks_to_be_looked_at_until_somebody_does(hold, unit_of_work, scope, clock):
    placed = await hold()
    asking = {"hold_id": str(placed.id)}
    await review_hold(asking, Delivery(unit_of_work, scope))
    assert await events(unit_of_work, scope, "hold.review_asked") == []
    clock.advance(timedelta(days=30))
    await review_hold(asking, Delivery(unit_of_work, scope))
    clock.advance(timedelta(days=7))
    await review_hold(asking, Delivery(unit_of_work, scope))
    assert len(await events(unit_of_work, scope, "hold.review_asked")) == 2
    async with unit_of_work(scope) as uow:
        await holds.review_again(uow, placed.id, clock.now() + timedelta(days=90))
    await review_hold(asking, Delivery(unit_of_work, scope))
    assert len(await events(unit_of_work, scope, "hold.review_asked")) == 2


async def test_whoever_erases_can_ask_who_is_held(lived, hold, unit_of_work, scope):
    held, other = await lived(), await lived("+12125550143")
    await hold(conversation_id=held["conversation"])
    async with unit_of_work(scope) as uow:
        found = LegalHolds(uow)
        people = [held["contact"], other["contact"]]
        assert await found.of_contacts(people) == {held["contact"]}
        talks = [held["conversation"], other["conversation"]]
        assert await found.of_conversations(talks) == {held["conversation"]}


@pytest.mark.promise("P067")
async def test_an_erasure_is_refused_while_somebody_is_held(lived, hold, unit_of_work, scope):
    held, other = await lived(), await lived("+12125550143")
    await hold(conversation_id=held["conversation"])
    async with unit_of_work(scope) as uow:
        with pytest.raises(ErasureHeld):
            await erase_contact(uow, NewErasure(held["contact"], cancel_visits=True))
    async with unit_of_work(scope) as uow:
        with pytest.raises(ErasureHeld):
            await erase_tenant(uow)
    async with unit_of_work(scope) as uow:
        assert not await holds.held(uow, other["contact"])


async def test_tenants_may_delete_whatever_has_a_time(unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        for each in kept():
            [row] = await uow.connection.execute_query_dict(
                "SELECT has_table_privilege($1, 'DELETE') AS may", [each.table]
            )
            assert row["may"], each.table
