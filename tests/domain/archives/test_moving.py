"""A business goes elsewhere and back: what comes out is what went in, or nothing does."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from domain import archives, contacts, rights
from domain.archives import reading
from domain.archives.errors import ArchiveDamaged, TakenElsewhere, TenantNotEmpty
from domain.archives.restoring import Restorer
from domain.archives.tables import portable
from domain.archives.zipping import canonical
from domain.contacts.repository import Contacts
from domain.phone_numbers.repository import PhoneNumbers
from domain.privacy.purposes import Purpose
from domain.recordings.service import sound
from domain.rights.repository import PrivacyChoices, PrivacyRequests
from domain.work import UnitsOfWork
from tests.api.everything import own_everything
from tests.factories.archives import Opened, Packing
from tests.factories.callers import ring
from tests.factories.calls import answered, record
from tests.factories.calls import sound as pcm_of


@dataclass
class Mover:
    """A business that moves, and the one that it becomes."""

    unit_of_work: UnitsOfWork
    here: Packing
    there: Packing
    folder: Path

    @property
    def restorer(self):
        return Restorer(self.unit_of_work, self.here.packer.store)

    async def pack(self):
        """Everything of it; its number is given up afterwards."""
        taken = await self.here.pack(archives.start_for_tenant)
        async with self.unit_of_work(self.here.way.scope) as uow:
            for row in await PhoneNumbers(uow).all():
                await PhoneNumbers(uow).remove(row)
        return taken

    def read(self, packed):
        path = self.folder / f"{uuid4().hex}.zip"
        path.write_bytes(packed)
        return reading.opened(path)

    async def arrive(self, packed):
        return await self.restorer.restore(self.there.way.scope, self.read(packed))

    async def has_nothing(self):
        """Whether nothing of it has arrived."""
        there = self.there.way.scope
        async with self.unit_of_work(there) as uow:
            rows = await Contacts(uow).all().count()
        return rows == 0 and not await self.restorer.store.list(str(there.tenant_id))


@pytest.fixture
async def mover(packing, unit_of_work, other_scope, database, tmp_path):
    """A business that has one of everything, and a recording."""
    scope, store = packing.way.scope, packing.packer.store
    await own_everything(unit_of_work, scope, "mark")
    await recorded(unit_of_work, scope, store, pcm_of(6))
    there = Packing(unit_of_work, other_scope, database, store)
    return Mover(unit_of_work, packing, there, tmp_path)


@pytest.mark.promise("P074")
async def test_what_was_taken_in_comes_out_equal(mover):
    first = await mover.pack()
    counts = await mover.arrive(first.packed)
    assert counts["contact"] == 2
    second = await mover.there.pack(archives.start_for_tenant)
    for name in sorted(first.names("data/") | first.names("audio/")):
        assert second.file.read(name) == first.file.read(name), name
    assert held(second) == held(first)


def held(taken):
    """The digest of what both must have in common: the two businesses have names of their own."""
    files = [(each["path"], each["sha256"]) for each in taken.manifest["files"]]
    return canonical(pair for pair in files if pair[0] != "tenant.json")


async def test_what_was_taken_in_can_be_worked_with(mover, unit_of_work, scope, other_scope):
    """It is sealed under keys of the new tenant, its numbers are found, its sound is heard."""
    caller = await ring(unit_of_work, scope, name="Zoe")
    store = mover.here.packer.store
    call = await recorded(unit_of_work, scope, store, pcm_of(3))
    await mover.arrive((await mover.pack()).packed)
    async with unit_of_work(other_scope) as uow:
        found = await Contacts(uow).by_phone(caller.phone)
        assert (found.id, found.name.read()) == (caller.contact_id, "Zoe")
        await contacts.update(uow, found.id, contacts.Details(name="Zoe Z"))
        [row] = await uow.connection.execute_query_dict(
            "SELECT id FROM recording WHERE conversation_id = $1", [call.call.conversation_id]
        )
        heard = await sound(uow, row["id"])
    parts = [block async for block in heard.read(store, 44, heard.wav_bytes)]
    assert b"".join(parts) == pcm_of(3)


@pytest.mark.promise("P088")
async def test_what_people_chose_is_heeded_where_a_business_goes(mover, unit_of_work, other_scope):
    """A request that is open stays open too, with its clock."""
    await mover.arrive((await mover.pack()).packed)
    async with unit_of_work(other_scope) as uow:
        [choice] = await PrivacyChoices(uow).all()
        assert await rights.forbids(uow, choice.contact_id, Purpose.INDUSTRY_INSIGHT)
        [request] = await PrivacyRequests(uow).page(PrivacyRequests(uow).all())
    assert request.words.read() == "mark"
    assert request.closed_at is None


async def test_credentials_and_doors_stay_behind(mover):
    taken = await mover.pack()
    doors = {"api_key", "app", "session", "membership", "user", "outbox", "connected_app"}
    doors |= {"plugin_installation", "sso_connection", "webhook_endpoint", "verification_code"}
    assert not {f"data/{table}.json" for table in doors} & taken.names()
    assert {"contact", "service", "service_resource", "knowledge_item"} <= portable().keys()
    assert {"privacy_request", "privacy_choice", "policy_version"} <= portable().keys()


async def test_a_business_with_something_of_its_own_takes_nothing_in(
    mover, unit_of_work, other_scope
):
    packed = (await mover.pack()).packed
    await ring(unit_of_work, other_scope)
    with pytest.raises(TenantNotEmpty):
        await mover.arrive(packed)


async def test_a_number_rings_at_one_business(mover):
    taken = await mover.here.pack(archives.start_for_tenant)
    with pytest.raises(TakenElsewhere):
        await mover.arrive(taken.packed)
    assert await mover.has_nothing()


def changed(packed, name, content):
    """An archive with one file changed and nothing else."""
    source, out = zipfile.ZipFile(io.BytesIO(packed)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for each in source.namelist():
            target.writestr(each, content if each == name else source.read(each))
    return out.getvalue()


@pytest.mark.parametrize("damage", ["cut", "extra", "garbage", "missing", "touched"])
async def test_a_damaged_archive_is_refused(mover, damage):
    packed = (await mover.pack()).packed
    wrong = {
        "cut": lambda: packed[: len(packed) // 2],
        "extra": lambda: with_file(packed, "data/evil.json", "[]"),
        "garbage": lambda: b"PK not really",
        "missing": lambda: without(packed, "data/contact.json"),
        "touched": lambda: changed(packed, "data/contact.json", "[]\n"),
    }[damage]()
    with pytest.raises(ArchiveDamaged):
        mover.read(wrong)


async def test_the_copy_of_a_person_is_no_business(mover, unit_of_work, scope):
    caller = await ring(unit_of_work, scope)
    packed = (await mover.here.pack(archives.start_for_contact, caller.contact_id)).packed
    with pytest.raises(ArchiveDamaged):
        mover.read(packed)


def with_file(packed, name, content):
    out = io.BytesIO(packed)
    with zipfile.ZipFile(out, "a") as target:
        target.writestr(name, content)
    return out.getvalue()


def without(packed, name):
    source, out = zipfile.ZipFile(io.BytesIO(packed)), io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for each in source.namelist():
            if each != name:
                target.writestr(each, source.read(each))
    return out.getvalue()


def forged(packed, table, change):
    """An archive whose maker lies, and whose manifest agrees with the lie."""
    rows = change(Opened(packed).rows(table))
    lines = ",\n".join(json.dumps(row) for row in rows)
    content = f"[\n{lines}\n]\n".encode()
    said = Opened(packed).manifest
    for each in said["files"]:
        if each["path"] == f"data/{table}.json":
            each |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    said["canonical"] = canonical((each["path"], each["sha256"]) for each in said["files"])
    packed = changed(packed, f"data/{table}.json", content)
    return changed(packed, "manifest.json", json.dumps(said))


LIES = {
    "a column that is not there": ("contact", lambda rows: [rows[0] | {"admin": True}]),
    "a moment that is none": ("contact", lambda rows: [rows[0] | {"created_at": "soon"}]),
    "a row that refers to nothing": ("lead", lambda rows: [rows[0] | {"contact_id": str(uuid4())}]),
    "the same row twice": ("contact", lambda rows: [rows[0], rows[0]]),
    "a null that must not be": ("lead", lambda rows: [rows[0] | {"need": None}]),
    "a kind that is none": ("contact", lambda rows: [rows[0] | {"source": "stars"}]),
    "words that are too long": ("contact", lambda rows: [rows[0] | {"language": "x" * 99}]),
}


@pytest.mark.parametrize("lie", LIES)
async def test_rows_that_cannot_be_leave_nothing_behind(mover, lie):
    packed = (await mover.pack()).packed
    with pytest.raises(ArchiveDamaged):
        await mover.arrive(forged(packed, *LIES[lie]))
    assert await mover.has_nothing()


async def recorded(unit_of_work, scope, store, pcm):
    """A call that was recorded from first to last."""
    line = await answered(unit_of_work, scope)
    await record(unit_of_work, store, line, pcm)
    return line
