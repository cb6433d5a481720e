"""A name, a number and a phrase that are nowhere else in the world; and then nowhere at all."""

import base64
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from domain import calls, contacts, conversations, exports, messages
from domain.conversations.acts import Disposition
from domain.conversations.models import Channel, Speaker
from domain.conversations.repository import Conversations
from domain.database import tenant_transaction
from domain.encryption import WrongKey, place_of
from domain.erasure.models import ErasureState
from domain.inbox import InboxEntry
from domain.keyring.store import KEYRING
from domain.personal import Source
from domain.sealed import Sealed, sealed_fields
from domain.sync.models import SyncKind
from domain.tables import tables
from domain.tenancy import TenantModel
from integrations.smtp.mailbox import MailboxMailer
from plugins.settings import enable
from plugins.webhooks.repository import WebhookExchanges
from tenants.service import caller_scope
from tests.api.everything import _delivery, _webhook
from tests.conftest import as_system
from tests.factories.callers import Caller
from tests.factories.calls import OnTheLine, record, sound
from tests.factories.erasures import Office

NAME = "Zephyrine Quackenbush-Oyelaran"
PHONE = "+12125550193"
PHRASE = "my parrot swallowed the tungsten doorbell again"
WORDS = [NAME.encode(), NAME.split()[1].encode(), PHONE.lstrip("+").encode(), PHRASE.encode()]
# As the words may hide: in base64 at any of three offsets, in hexadecimal, in UTF-16.
HIDDEN = [
    *(
        base64.b64encode(b" " * offset + word)[4:-4]
        for word in WORDS[:1] + WORDS[3:]
        for offset in range(3)
    ),
    *(word.hex().encode() for word in WORDS),
    *(word.decode().encode("utf-16-le") for word in WORDS),
]


def hits(*folders: Path) -> list[str]:
    """The files in which a word is, in the clear or hidden."""
    found = []
    for folder in folders:
        # Databases of other tests come and go beside ours: walking bears that, globbing does not.
        for place, _, names in os.walk(folder):
            for file in (Path(place, name) for name in names):
                with suppress(FileNotFoundError):
                    content = file.read_bytes() if file.is_file() else b""
                    found += [str(file) for word in (*WORDS, *HIDDEN) if word in content]
    return found


@pytest.fixture
def mailbox(tmp_path, clock):
    return MailboxMailer(tmp_path / "mailbox", "deskbell@example.com", clock)


@pytest.fixture
async def office(unit_of_work, scope, database, store, mailbox):
    office = Office(unit_of_work, scope, database, store, rows=5, letters=mailbox, mailer=mailbox)
    await office.use_crm()
    async with unit_of_work(scope) as uow:
        await enable(uow, office.registry, "notify")
    return office


async def converse(unit_of_work, scope, contact_id, channel):
    """A conversation in which the phrase is said; returns it and what its side may do."""
    async with unit_of_work(scope) as uow:
        opening = conversations.Opening(
            channel=channel,
            language="en-US",
            receptionist_version_id=None,
            engine_version="1",
            policy_version="1",
            contact_id=contact_id,
            verified=True,
        )
        talk = await conversations.start(uow, opening)
        said = conversations.Said(
            position=0, speaker=Speaker.CALLER, text=PHRASE, said_at=uow.now, offset_ms=0
        )
        await conversations.add_turns(uow, talk.id, [said])
        row = await Conversations(uow).get(talk.id)
        await Conversations(uow).save(row, summary=Sealed.text(f"{NAME}: {PHRASE}"))
        await messages.leave(uow, messages.NewMessage(talk.id, PHRASE))
    return talk, await caller_scope(scope.tenant_id, talk.id)


@pytest.fixture
async def contact(unit_of_work, scope, store, office):
    """They called, were recorded and wrote; everybody who is told of such things was told."""
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name=NAME, phone=PHONE, notes=PHRASE)
        contact = await contacts.add(uow, details, source=Source.CALLER)
    talk, side = await converse(unit_of_work, scope, contact.id, Channel.VOICE)
    async with unit_of_work(side) as uow:
        call = await calls.ring(uow, calls.Ringing(talk.id, "vonage", f"leg-{talk.id}", PHONE))
        await calls.answer(uow, call.id)
    line = OnTheLine(Caller(contact.id, talk.id, PHONE, side), call)
    await record(unit_of_work, store, line, PHRASE.encode() * 1000 + sound(6))
    async with unit_of_work(side) as uow:
        await conversations.end(uow, talk.id, Disposition.COMPLETED)
        await calls.end(uow, call.id, Disposition.COMPLETED)
        await calls.settle_summary(uow, call.id)
    chat, side = await converse(unit_of_work, scope, contact.id, Channel.CHAT)
    async with unit_of_work(side) as uow:
        await conversations.end(uow, chat.id, Disposition.COMPLETED)
    async with unit_of_work(scope) as uow:
        endpoint_id = await _webhook(uow, "parrot")
        delivery_id = await _delivery(uow, endpoint_id, "hello")
        await WebhookExchanges(uow).add(
            endpoint_id=endpoint_id,
            delivery_id=delivery_id,
            contact_id=contact.id,
            sealed_under=contact.id,
            attempt=2,
            milliseconds=1,
            request=Sealed.json({"body": f"{NAME} {PHRASE}"}),
            at=uow.now,
        )
        await exports.start(uow, exports.NewExport(tuple(SyncKind)))
        entry = InboxEntry(
            id=uow.new_id(),
            source="vonage",
            external_id=str(uow.new_id()),
            tenant_id=uow.tenant_id,
            payload={"from": PHONE.lstrip("+")},
            received_at=uow.now,
        )
        await entry.save(using_db=uow.connection, force_create=True)
    await office.work(2)
    return contact


async def ciphertexts(uow):
    """Everything that is sealed in the tenant, with the place for which it was sealed."""
    found = []
    for table, model in tables().items():
        if not issubclass(model, TenantModel):
            continue
        for row in await model.filter(tenant_id=uow.tenant_id).using_db(uow.connection):
            for column in sealed_fields(model):
                if value := getattr(row, column):
                    found.append((place_of(uow.tenant_id, table, column, row.id), value.ciphertext))
    return found


async def opened_by_any_key(uow, sealed):
    """The words among some ciphertexts that any key which is left opens."""
    ids = await _key_ids(uow)
    await uow.keys._load(set(ids))
    found = []
    for place, ciphertext in sealed:
        for key in uow.keys._keys.values():
            try:
                found.append(key.open(ciphertext, place))
            except WrongKey:
                continue
    return [plain for plain in found if any(word in plain for word in WORDS)]


async def _key_ids(uow):
    async with tenant_transaction(uow.tenant_id, KEYRING) as connection:
        query = "SELECT id FROM stored_key WHERE tenant_id = $1"
        return [row["id"] for row in await connection.execute_query_dict(query, [uow.tenant_id])]


async def settled_files(servers, database):
    """The server's own files, after it has tidied up and written everything out."""
    connection = await asyncpg.connect(servers.database_url)
    name = database.runtime.rpartition("/")[2]
    here = await asyncpg.connect(servers.database_url.rpartition("/")[0] + f"/{name}")
    await here.execute("VACUUM")
    await here.close()
    await connection.execute("CHECKPOINT")
    folder = Path(await connection.fetchval("SHOW data_directory"))
    await connection.close()
    return folder


@pytest.mark.promise("P064")
@pytest.mark.promise("P073")
@pytest.mark.law("L25")
@pytest.mark.law("L27")
async def test_nothing_is_left_of_a_name_a_number_and_a_phrase(
    *, office, contact, unit_of_work, scope, database, servers, tmp_path, store, caplog
):
    async with unit_of_work(scope) as uow:
        sealed = await ciphertexts(uow)
        assert await opened_by_any_key(uow, sealed)
    # They were there: in a letter, in the plugin's copy, in a webhook of the carrier.
    assert hits(tmp_path / "mailbox")
    assert office.holder.people[contact.id]["name"] == NAME
    objects = {key: await store.get(key) for key in await store.list(str(scope.tenant_id))}
    assert objects

    asked = await office.ask(contact.id)
    for _ in range(5):
        await office.work(2)
        office.way.wait(timedelta(days=1))
    # The address that was told of them does not exist: nobody there can confirm anything.
    assert (await office.look(asked.id)).state is ErasureState.OPEN

    folder = await settled_files(servers, database)
    residues = {"pg_wal"}
    searched = [part for part in folder.iterdir() if part.is_dir() and part.name not in residues]
    assert hits(*searched, tmp_path) == []
    assert not [key for key in await store.list(str(scope.tenant_id)) if "exports" not in key]
    assert office.holder.people == {}
    assert not any(word.decode() in caplog.text for word in WORDS)
    for table, rows in (await office.everything()).items():
        assert not any(word.decode() in str(rows) for word in WORDS), table
    async with as_system(database), unit_of_work(scope) as uow:
        inbox = await uow.connection.execute_query_dict(
            "SELECT payload FROM inbox WHERE tenant_id = $1", [uow.tenant_id]
        )
        assert [row["payload"] for row in inbox] in ([{}], ["{}"])
    # Whoever kept a copy of the ciphertext, from a backup or a log, has no key to it.
    async with unit_of_work(scope) as uow:
        assert await opened_by_any_key(uow, sealed) == []
    [certificate] = await office.certificates()
    assert {each["holder"].partition(":")[0] for each in certificate["open"]} == {"webhooks"}
    assert {each["where"] for each in certificate["residues"]} >= {"backups of the main database"}
    assert all(each["until"] for each in certificate["residues"])


def test_the_search_finds_what_is_hidden(tmp_path):
    for number, word in enumerate([*WORDS, *(word.hex().encode() for word in WORDS)]):
        (tmp_path / str(number)).write_bytes(b"\0" * 7 + word + b"\0")
        assert hits(tmp_path)
        (tmp_path / str(number)).unlink()
    (tmp_path / "base64").write_bytes(base64.b64encode(b"said: " + PHRASE.encode()))
    assert hits(tmp_path)
