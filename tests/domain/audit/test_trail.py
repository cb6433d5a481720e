"""What a unit of work leaves in the trail, and that nobody can take it back."""

from dataclasses import replace

import pytest
from tortoise.exceptions import OperationalError, TransactionManagementError

from domain import contacts
from domain.errors import Forbidden
from domain.events import Event
from domain.personal import Source
from domain.scope import Access
from domain.trail import AuditEntry, Trace, TraceOutcome
from domain.work import UnitsOfWork
from tests.factories.callers import ring

ACCESS = Access("session:1", "192.0.2.7", "Browser 1.0", "a complaint")
ANNA = contacts.Details(name="Anna Lee")


@pytest.fixture
def known(scope):
    """The same member of staff, who came some way."""
    return replace(scope, access=ACCESS)


class Broken:
    """A keyring that does not answer."""

    async def fetch(self, *_):
        raise ConnectionError


async def test_every_event_leaves_an_entry(unit_of_work, known, trail, clock):
    async with unit_of_work(known) as uow:
        anna = await contacts.add(uow, ANNA, source=Source.OWNER)
    entry = (await trail())[-1]
    assert (entry.action, entry.object_type, entry.object_id) == (
        "contact.added",
        "contact",
        anna.id,
    )
    assert (entry.actor_kind, entry.actor_id) == ("member", known.actor.id)
    assert (entry.via, entry.address, entry.purpose) == ("session:1", "192.0.2.7", "a complaint")
    assert (entry.at, entry.outcome) == (clock.now(), TraceOutcome.DONE)
    assert (entry.discloses, entry.details, entry.position) == (False, None, None)


async def test_an_entry_names_everything_the_event_does(unit_of_work, scope, trail):
    caller = await ring(unit_of_work, scope)
    started = next(entry for entry in await trail() if entry.action == "conversation.started")
    assert (started.object_id, started.others) == (caller.conversation_id, [])
    assert Trace.of(_moved(caller)).others == (("contact", caller.contact_id),)


def _moved(caller):
    class Named(Event):
        aggregate = "conversation_id"

    event = Named()
    names = {"conversation_id": caller.conversation_id, "contact_id": caller.contact_id}
    Named.name = "test.moved"
    vars(event).update(names)
    return event


async def test_what_is_undone_leaves_none(unit_of_work, scope, trail):
    before = len(await trail())
    with pytest.raises(ZeroDivisionError):
        async with unit_of_work(scope) as uow:
            await contacts.add(uow, ANNA, source=Source.OWNER)
            1 / 0  # noqa: B018
    assert len(await trail()) == before


async def test_what_was_read_is_on_record_when_the_reading_ends(unit_of_work, known, trail):
    async with unit_of_work(known, read_only=True) as uow:
        ids = [uow.new_id(), uow.new_id()]
        uow.trace(Trace.of_reading("conversation.read", "conversation", ids))
    entry = (await trail())[-1]
    assert (entry.action, entry.object_id) == ("conversation.read", ids[0])
    assert entry.others == [f"conversation:{ids[1]}"]
    assert entry.discloses
    assert entry.details.load()["agent"] == "Browser 1.0"


async def test_what_cannot_be_put_on_record_ends_in_an_error(unit_of_work, scope):
    with pytest.raises(OperationalError):
        async with unit_of_work(scope, read_only=True) as uow:
            uow.trace(Trace("x" * 81))


async def test_a_change_while_reading_is_refused(unit_of_work, scope, trail):
    before = len(await trail())
    with pytest.raises(TransactionManagementError, match="read-only"):
        async with unit_of_work(scope, read_only=True) as uow:
            uow.record(contacts.events.ContactAdded(contact_id=uow.new_id()))
    assert len(await trail()) == before


async def test_a_refusal_leaves_an_entry(unit_of_work, known, trail):
    powerless = replace(known, permissions=frozenset())
    with pytest.raises(Forbidden):
        async with unit_of_work(powerless) as uow:
            await contacts.add(uow, ANNA, source=Source.OWNER)
    entry = (await trail())[-1]
    assert (entry.action, entry.outcome) == ("access.refused", TraceOutcome.REFUSED)
    told = entry.details.load()
    assert (told["reason"], told["agent"]) == ("Missing permission contacts:write", "Browser 1.0")


async def test_a_refusal_is_told_of_once(unit_of_work, scope, trail):
    before = len(await trail())
    with pytest.raises(Forbidden):
        async with unit_of_work(scope), unit_of_work(scope):
            raise Forbidden("Not you")
    assert len(await trail()) == before + 1


async def test_a_refusal_that_cannot_be_told_of_stays_one(unit_of_work, scope, caplog):
    broken = UnitsOfWork(unit_of_work.master_key, Broken(), unit_of_work.clock)
    with pytest.raises(Forbidden):
        async with broken(scope):
            raise Forbidden("Not you")
    assert "A refusal is not on record" in caplog.text


async def test_details_are_gone_with_their_key_and_the_entry_is_not(unit_of_work, known, trail):
    async with unit_of_work(known, read_only=True) as uow:
        uow.trace(Trace.of_reading("conversation.read", "conversation", [uow.new_id()]))
    key_id = (await trail())[-1].key_id
    assert str(key_id) == known.actor.id
    async with unit_of_work(known) as uow:
        await uow.keys.destroy([key_id])
    entry = (await trail())[-1]
    assert not entry.details.is_open
    assert (entry.action, entry.address) == ("conversation.read", "192.0.2.7")


async def test_words_of_a_client_are_cut_to_size(unit_of_work, scope, trail):
    long = Access("v" * 500, "a" * 500, "g" * 5000, "p" * 500)
    async with unit_of_work(replace(scope, access=long)) as uow:
        uow.trace(Trace.of_reading("conversation.read", "conversation", [uow.new_id()]))
    entry = (await trail())[-1]
    assert (len(entry.via), len(entry.address), len(entry.purpose)) == (120, 64, 120)
    assert len(entry.details.load()["agent"]) == 300


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE audit_entry SET action = 'nothing'",
        "UPDATE audit_entry SET position = 1",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_seal",
        "INSERT INTO audit_entry (id, position) SELECT id, 1 FROM audit_entry",
        "INSERT INTO audit_checkpoint SELECT * FROM audit_checkpoint",
    ],
)
async def test_nobody_who_writes_entries_can_change_them(unit_of_work, scope, attempt):
    with pytest.raises(OperationalError, match="permission denied"):
        async with unit_of_work(scope) as uow:
            await uow.connection.execute_query(attempt)


async def test_another_tenant_sees_none(unit_of_work, scope, other_scope, busy):
    await busy(1)
    async with unit_of_work(other_scope) as uow:
        seen = await AuditEntry.all().using_db(uow.connection).values_list("tenant_id", flat=True)
    assert set(seen) == {other_scope.tenant_id}
