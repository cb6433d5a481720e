"""What is sealed stays where it was put, and shows nothing to whoever has no key."""

from uuid import UUID

import asyncpg
import pytest

from domain import calls, contacts, conversations, leads, messages, support, transfers
from domain.contacts.models import Contact, NumberList
from domain.contacts.repository import Contacts
from domain.conversations.models import Outcome, Speaker
from domain.conversations.repository import Turns
from domain.encryption import DataKey, WrongKey, master_key_in, place_of
from domain.keyring.errors import KeyDestroyed
from domain.personal import Source
from domain.sealed import Sealed, StillSealed
from tests.factories.business import open_practice
from tests.factories.callers import ring

SECRET = "Wisteria Floccinaucini"
TABLES = """
SELECT quote_ident(relname) AS name FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
"""


async def add(unit_of_work, scope, **details):
    async with unit_of_work(scope) as uow:
        return await contacts.add(uow, contacts.Details(**details), source=Source.OWNER)


async def read(unit_of_work, scope, id):
    async with unit_of_work(scope) as uow:
        return await Contacts(uow).get(id)


async def run(unit_of_work, scope, statement, *values):
    async with unit_of_work(scope) as uow:
        return await uow.connection.execute_query_dict(statement, list(values))


async def test_words_moved_to_another_row_do_not_open(unit_of_work, scope):
    caller = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        said = [conversations.Said(n, Speaker.CALLER, f"Line {n}", uow.now, 0) for n in (1, 2)]
        first, second = await conversations.add_turns(uow, caller.conversation_id, said)
    # Both are sealed by the key of their conversation, so only the place keeps them apart.
    swap = "UPDATE turn SET text = (SELECT text FROM turn WHERE id = $1) WHERE id = $2"
    await run(unit_of_work, scope, swap, first.id, second.id)
    with pytest.raises(WrongKey):
        async with unit_of_work(scope) as uow:
            await Turns(uow).get(second.id)


async def test_words_moved_to_another_person_do_not_open(unit_of_work, scope):
    anna, ben = [await add(unit_of_work, scope, name=name) for name in ("Anna", "Ben")]
    swap = "UPDATE contact SET name = (SELECT name FROM contact WHERE id = $1) WHERE id = $2"
    await run(unit_of_work, scope, swap, anna.id, ben.id)
    with pytest.raises(WrongKey):
        await read(unit_of_work, scope, ben.id)


async def test_words_moved_to_another_column_do_not_open(unit_of_work, scope):
    anna = await add(unit_of_work, scope, name="Anna", notes="Afraid of drills")
    await run(unit_of_work, scope, "UPDATE contact SET name = notes WHERE id = $1", anna.id)
    with pytest.raises(WrongKey):
        await read(unit_of_work, scope, anna.id)


async def test_words_moved_to_another_tenant_do_not_open(unit_of_work, scope, other_scope):
    anna = await add(unit_of_work, scope, name="Anna")
    theirs = await add(unit_of_work, other_scope, name="Ben")
    [row] = await run(unit_of_work, scope, "SELECT name FROM contact WHERE id = $1", anna.id)
    swap = "UPDATE contact SET name = $1 WHERE id = $2"
    await run(unit_of_work, other_scope, swap, row["name"], theirs.id)
    with pytest.raises(WrongKey):
        await read(unit_of_work, other_scope, theirs.id)


def test_a_place_names_tenant_table_column_and_row():
    places = {
        place_of(UUID(int=tenant), table, column, UUID(int=row))
        for tenant in (1, 2)
        for table in ("contact", "lead")
        for column in ("name", "notes")
        for row in (1, 2)
    }
    assert len(places) == 16


async def test_what_was_sealed_by_a_destroyed_key_is_gone(unit_of_work, scope):
    anna = await add(unit_of_work, scope, name="Anna")
    async with unit_of_work(scope) as uow:
        assert await uow.keys.destroy([anna.id]) == 1
    with pytest.raises(KeyDestroyed):
        await read(unit_of_work, scope, anna.id)


async def test_a_destroyed_key_takes_nobody_else_along(unit_of_work, scope):
    anna, ben = [await add(unit_of_work, scope, name=name) for name in ("Anna", "Ben")]
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([anna.id])
    assert (await read(unit_of_work, scope, ben.id)).name.read() == "Ben"


async def test_what_is_sealed_shows_nothing_of_itself(unit_of_work, scope):
    anna = await read(unit_of_work, scope, (await add(unit_of_work, scope, name=SECRET)).id)
    shown = f"{anna.name!r} {anna.name} {anna!r} {anna} {dict(anna)}"
    assert SECRET not in shown
    assert "Sealed(•••)" in shown


async def test_reading_without_opening_is_a_mistake(unit_of_work, scope):
    added = await add(unit_of_work, scope, name="Anna")
    async with unit_of_work(scope) as uow:
        closed = await Contact.get(id=added.id, using_db=uow.connection)
    with pytest.raises(StillSealed):
        closed.name.read()


async def test_plain_words_cannot_be_stored(unit_of_work, scope):
    with pytest.raises(StillSealed):
        async with unit_of_work(scope) as uow:
            row = Contact(
                id=uow.new_id(),
                tenant_id=uow.tenant_id,
                name=Sealed.text("Anna"),
                source=Source.OWNER,
                created_at=uow.now,
                last_seen_at=uow.now,
            )
            await row.save(using_db=uow.connection, force_create=True)


async def test_no_plain_word_reaches_any_table(unit_of_work, scope, database):
    await say_it_everywhere(unit_of_work, scope)
    connection = await asyncpg.connect(database.system)
    needles = (SECRET, SECRET.encode().hex())
    searched = 0
    for table in await connection.fetch(TABLES):
        if table["name"] == "tortoise_migrations":
            continue
        for needle in needles:
            query = f"SELECT count(*) FROM {table['name']} AS t WHERE position($1 IN t::text) > 0"
            assert await connection.fetchval(query, needle) == 0, table["name"]
            searched += 1
    await connection.close()
    assert searched > 60


async def say_it_everywhere(unit_of_work, scope):
    """Let a person's words pass through every feature that keeps any."""
    await open_practice(unit_of_work, scope)
    caller = await ring(unit_of_work, scope, name=SECRET)
    at = caller.conversation_id
    async with unit_of_work(caller.scope) as uow:
        evidence = {"heard": SECRET}
        said = conversations.Said(1, Speaker.CALLER, SECRET, uow.now, 0, evidence=evidence)
        await conversations.add_turns(uow, at, [said])
        call = await calls.ring(uow, calls.Ringing(at, "tests", str(at)))
        await messages.leave(uow, messages.NewMessage(at, SECRET))
        await leads.capture(uow, leads.NewLead(caller.contact_id, SECRET, conversation_id=at))
    async with unit_of_work(scope) as uow:
        findings = conversations.Findings(SECRET, Outcome.MESSAGE, True, {"name": SECRET})
        await conversations.keep_findings(uow, at, findings)
        await contacts.update(uow, caller.contact_id, contacts.Details(notes=SECRET))
        await contacts.list_number(uow, caller.phone, NumberList.VIP, reason=SECRET)
        await support.open_ticket(uow, SECRET, SECRET)
        await support.give_feedback(uow, at, 5, SECRET)
        desk = await transfers.add_target(uow, "Desk", "+12125550150")
        await transfers.request(uow, call.id, desk.id, reason=SECRET)


def test_a_key_file_is_its_owners_alone(tmp_path):
    path = tmp_path / "home" / "master.key"
    first = master_key_in(path)
    assert path.stat().st_mode & 0o777 == 0o600
    sealed = first.seal(b"words", b"here")
    assert master_key_in(path).open(sealed, b"here") == b"words"


def test_a_damaged_key_file_is_refused(tmp_path):
    path = tmp_path / "master.key"
    path.write_bytes(b"too short")
    with pytest.raises(WrongKey):
        master_key_in(path)


@pytest.mark.parametrize("flipped", [0, 1, 13, -1])
def test_damage_is_noticed(flipped):
    key = DataKey(bytes(32))
    sealed = bytearray(key.seal(b"words", b"here"))
    sealed[flipped] ^= 1
    with pytest.raises(WrongKey):
        key.open(bytes(sealed), b"here")


def test_a_wrapped_key_opens_under_its_own_name_only():
    key = DataKey(bytes(32))
    wrapped = key.wrap(UUID(int=1), b"k" * 32)
    assert key.unwrap(UUID(int=1), wrapped)
    with pytest.raises(WrongKey):
        key.unwrap(UUID(int=2), wrapped)


def test_equal_values_have_equal_fingerprints_in_one_column_only():
    key, other = DataKey(bytes(32)), DataKey(b"k" * 32)
    assert key.blind_index("a", "Anna@x.com") == key.blind_index("a", "anna@X.com")
    fingerprints = {
        key.blind_index("a", "x"),
        key.blind_index("b", "x"),
        key.blind_index("a", "y"),
        other.blind_index("a", "x"),
    }
    assert len(fingerprints) == 4
