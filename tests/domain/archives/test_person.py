"""Everything of one person is packed, by the labels alone, and nothing of anybody else."""

import csv
import hashlib
import io
import json
from datetime import timedelta
from uuid import UUID

import pytest

from domain import archives, audit, contacts
from domain.archives import chapters, tables
from domain.archives.errors import ArchiveNotReady, ArchivePieceMissing, ArchiveRunning, LinkSpent
from domain.archives.models import ArchiveState, Whose
from domain.archives.service import LASTS, LINK_LASTS, collect
from domain.errors import Forbidden, Unavailable
from domain.personal import DataClass, labels
from domain.recordings import wav
from tests.api.everything import own_everything
from tests.factories.callers import ring
from tests.factories.calls import RATE, answered, record
from tests.factories.calls import sound as pcm_of

A_MINUTE = timedelta(minutes=1)


@pytest.mark.promise("P071", "P074")
@pytest.mark.law("L23", "L28")
async def test_everything_of_a_caller_is_there(packing, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "mark")
    taken = await packing.pack(archives.start_for_contact, owned["Contact"])
    [contact] = taken.rows("contact")
    assert contact["name"] == "Anna mark"
    assert contact["phone"].startswith("+1")
    for table in ("appointment", "call", "conversation", "lead", "message", "turn"):
        assert taken.rows(table), table
    [lead] = taken.rows("lead")
    assert lead["need"] == "mark"
    assert f"transcripts/{owned['Conversation']}.txt" in taken.names()


async def test_nothing_of_anybody_else_is_there(packing, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "canary")
    other = await ring(unit_of_work, scope, name="Bert")
    taken = await packing.pack(archives.start_for_contact, other.contact_id)
    assert [row["name"] for row in taken.rows("contact")] == ["Bert"]
    whole = "".join(taken.text(name) for name in taken.names())
    assert "canary" not in whole
    assert str(owned["Contact"]) not in whole


@pytest.mark.promise("P071")
@pytest.mark.law("L23")
async def test_the_voice_of_a_caller_is_there(packing, unit_of_work, scope, store):
    sound = pcm_of(7)
    call = await recorded(unit_of_work, scope, store, sound)
    taken = await packing.pack(archives.start_for_contact, call.caller.contact_id)
    [name] = taken.names("audio/")
    assert taken.file.read(name) == wav.header(len(sound), RATE) + sound


@pytest.mark.promise("P074")
@pytest.mark.law("L28")
async def test_a_manifest_proves_every_file(packing, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "mark")
    taken = await packing.pack(archives.start_for_contact, owned["Contact"])
    said = {each["path"]: each for each in taken.manifest["files"]}
    assert said.keys() == taken.names() - {"manifest.json"}
    for name, each in said.items():
        content = taken.file.read(name)
        assert (each["bytes"], each["sha256"]) == (
            len(content),
            hashlib.sha256(content).hexdigest(),
        )


@pytest.mark.promise("P074")
@pytest.mark.law("L28")
async def test_a_schema_describes_every_table(packing, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "mark")
    taken = await packing.pack(archives.start_for_contact, owned["Contact"])
    for name in taken.names("data/"):
        table = name.removeprefix("data/").removesuffix(".json")
        described = json.loads(taken.text(f"schema/{table}.json"))
        columns = described["items"]["properties"].keys()
        assert all(row.keys() == columns for row in taken.rows(table)), table
        cells = list(csv.DictReader(io.StringIO(taken.text(f"csv/{table}.csv"))))
        assert len(cells) == len(taken.rows(table))


@pytest.mark.promise("P003")
async def test_no_archive_holds_a_credential(database):
    for whose in Whose:
        for table in tables.of_whom(whose):
            model = tables.tables()[table]
            kept = set(tables.columns(model))
            secret = {
                name for name, label in labels(model).items() if label is DataClass.CREDENTIAL
            }
            assert not kept & secret, table


async def test_every_table_with_a_callers_data_is_packed(database):
    """By the labels: a table that is added tomorrow is packed too."""
    callers = {
        table
        for table, model in tables.tables().items()
        if getattr(model, "personal", None)
        and not model.personal.derived_from
        and "user" not in model.personal.subject
        and table != "user"
    }
    assert set(tables.of_whom(Whose.CONTACT)) == callers
    assert len(callers) > 15


@pytest.mark.promise("P071")
async def test_everything_of_somebody_who_works_here_is_there(packing, unit_of_work, scope):
    taken = await packing.pack(archives.start_for_user, UUID(scope.actor.id))
    [user] = taken.rows("user")
    assert user["name"] == "Olive Owner"
    assert "password_hash" not in user
    assert taken.rows("membership")


async def test_many_rows_are_packed_page_by_page(packing_of, unit_of_work, scope, monkeypatch):
    monkeypatch.setattr(chapters, "PAGE", 1)
    owned = await own_everything(unit_of_work, scope, "mark")
    whole = await packing_of().pack(archives.start_for_contact, owned["Contact"])
    monkeypatch.setattr(chapters, "PAGE", 500)
    again = await packing_of().pack(archives.start_for_contact, owned["Contact"])
    assert whole.manifest["canonical"] == again.manifest["canonical"]


async def test_whoever_is_killed_is_followed_by_somebody_who_goes_on(
    packing_of, unit_of_work, scope, store, monkeypatch
):
    """Nothing is packed twice, and nothing is missing, wherever the first one died."""
    monkeypatch.setattr(chapters, "PAGE", 1)
    owned = await own_everything(unit_of_work, scope, "mark")
    packing = packing_of(steps_at_once=5)
    whole = await packing.pack(archives.start_for_contact, owned["Contact"])
    put = store.put
    for deadly in (1, 4, 9, 16):
        puts = 0

        async def dying(key, data, *, deadly=deadly):
            nonlocal puts
            puts += 1
            await put(key, data)
            if puts == deadly:
                raise Unavailable("killed")

        store.put = dying
        archive = await packing.do(archives.start_for_contact, owned["Contact"])
        await packing.way.travel()
        store.put = put
        packing.way.wait(A_MINUTE)
        await packing.work()
        again = await packing.zip(archive.id)
        assert type(whole)(again).manifest["canonical"] == whole.manifest["canonical"]


async def test_one_of_each_is_packed_at_a_time(packing, unit_of_work, scope):
    anna, bert = [await ring(unit_of_work, scope) for _ in range(2)]
    await packing.do(archives.start_for_contact, anna.contact_id)
    await packing.do(archives.start_for_contact, bert.contact_id)
    with pytest.raises(ArchiveRunning):
        await packing.do(archives.start_for_contact, anna.contact_id)


async def test_a_link_is_good_once(packing, unit_of_work, scope):
    caller = await ring(unit_of_work, scope)
    archive = await packing.do(archives.start_for_contact, caller.contact_id)
    with pytest.raises(ArchiveNotReady):
        await packing.do(archives.make_link, archive.id)
    await packing.work()
    secret = await packing.do(archives.make_link, archive.id)
    await packing.do(collect, archive.id, secret)
    for spent in (secret, "guessed", ""):
        with pytest.raises(LinkSpent):
            await packing.do(collect, archive.id, spent)


async def test_a_link_ends(packing, unit_of_work, scope, clock):
    caller = await ring(unit_of_work, scope)
    archive = await packing.do(archives.start_for_contact, caller.contact_id)
    await packing.work()
    secret = await packing.do(archives.make_link, archive.id)
    clock.advance(LINK_LASTS)
    with pytest.raises(LinkSpent):
        await packing.do(collect, archive.id, secret)


async def test_an_archive_goes_after_a_week(packing, unit_of_work, scope, tmp_path):
    caller = await ring(unit_of_work, scope)
    archive = await packing.do(archives.start_for_contact, caller.contact_id)
    await packing.work()
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
    packing.way.wait(LASTS)
    await packing.work()
    assert (await packing.look(archive.id)).state is ArchiveState.EXPIRED
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with pytest.raises(ArchiveNotReady):
        await packing.do(archives.make_link, archive.id)


async def test_one_that_is_cancelled_leaves_nothing(packing_of, unit_of_work, scope, tmp_path):
    packing = packing_of(steps_at_once=3)
    owned = await own_everything(unit_of_work, scope, "mark")
    archive = await packing.do(archives.start_for_contact, owned["Contact"])
    await packing.way.travel()
    await packing.do(archives.cancel, archive.id)
    await packing.work()
    gone = await packing.look(archive.id)
    assert (gone.state, gone.secret) == (ArchiveState.CANCELLED, None)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_what_is_stored_is_noise(packing, unit_of_work, scope, tmp_path):
    owned = await own_everything(unit_of_work, scope, "sentinel")
    await packing.do(archives.start_for_contact, owned["Contact"])
    await packing.work()
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert stored
    assert not any(b"sentinel" in sealed for sealed in stored)


async def test_a_piece_that_was_touched_is_noticed(packing, unit_of_work, scope, tmp_path):
    caller = await ring(unit_of_work, scope)
    archive = await packing.do(archives.start_for_contact, caller.contact_id)
    await packing.work()
    path = next(path for path in sorted(tmp_path.rglob("*")) if path.is_file())
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ArchivePieceMissing):
        await packing.zip(archive.id)


async def test_whoever_takes_one_is_on_record(packing, unit_of_work, scope):
    caller = await ring(unit_of_work, scope)
    archive = await packing.do(archives.start_for_contact, caller.contact_id)
    await packing.work()
    await packing.zip(archive.id)
    async with unit_of_work(scope, read_only=True) as uow:
        search = audit.Search(action="archive.collected", object=("contact", caller.contact_id))
        [entry] = await audit.find(uow, search)
        assert entry.discloses


async def test_whoever_may_not_takes_nothing(packing, unit_of_work, scope):
    caller = await ring(unit_of_work, scope)
    for start, given in (
        (archives.start_for_contact, [caller.contact_id]),
        (archives.start_for_tenant, []),
    ):
        with pytest.raises(Forbidden):
            await packing.do(start, *given, scope=caller.scope)


async def test_who_was_erased_keeps_nobody_from_the_rest(packing, unit_of_work, scope):
    anna, bert = [await ring(unit_of_work, scope, name=name) for name in ("Anna", "Bert")]
    async with unit_of_work(scope) as uow:
        await uow.keys.destroy([anna.contact_id])
    taken = await packing.pack(archives.start_for_tenant)
    names = {row["id"]: row["name"] for row in taken.rows("contact")}
    assert names == {str(anna.contact_id): None, str(bert.contact_id): "Bert"}


async def test_a_spreadsheet_takes_nothing_for_a_formula(packing, unit_of_work, scope):
    evil = '=HYPERLINK("https://evil.example","click")'
    caller = await ring(unit_of_work, scope)
    async with unit_of_work(scope) as uow:
        await contacts.update(uow, caller.contact_id, contacts.Details(name=evil))
    taken = await packing.pack(archives.start_for_contact, caller.contact_id)
    [row] = csv.DictReader(io.StringIO(taken.text("csv/contact.csv")))
    assert row["name"] == f"'{evil}"
    assert taken.rows("contact")[0]["name"] == evil


async def recorded(unit_of_work, scope, store, pcm):
    """A call that was recorded from first to last."""
    line = await answered(unit_of_work, scope)
    await record(unit_of_work, store, line, pcm)
    return line
