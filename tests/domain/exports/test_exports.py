"""Everything of some kinds is written into sealed files, page by page, by whoever is alive."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from domain import contacts, exports
from domain.contacts.repository import Contacts
from domain.errors import Forbidden, InvalidInput, Unavailable
from domain.exports import pages
from domain.exports.errors import ExportDamaged, ExportNotReady, ExportRunning
from domain.exports.models import ExportFormat, ExportState
from domain.exports.service import LASTS
from domain.ids import global_id
from domain.personal import Source
from domain.sync.models import SyncKind
from tests.api.everything import own_everything
from tests.conftest import NOW
from tests.factories.callers import ring

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(unit_of_work, scope):
    """Adds so many people."""

    async def add(count):
        async with unit_of_work(scope) as uow:
            for number in range(count):
                details = contacts.Details(name=f"Person {number}")
                await contacts.add(uow, details, source=Source.OWNER)

    return add


@pytest.fixture
def few_a_page(monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 3)


async def test_every_kind_is_written_as_the_api_names_it(desk, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "mark")
    await desk.do(exports.cancel, owned["BulkExport"])
    id = await desk.start(*SyncKind)
    await desk.write()
    assert (await desk.look(id)).state is ExportState.READY
    [contact] = await desk.rows(id, "contact")
    assert contact["id"] == global_id("Contact", owned["Contact"])
    assert contact["name"] == "Anna mark"
    assert contact["phone"].startswith("+1")
    assert contact["createdAt"] == NOW.isoformat()
    [visit] = await desk.rows(id, "appointment")
    assert visit["contactId"] == contact["id"]
    assert (visit["notes"], visit["status"]) == ("mark", "CONFIRMED")
    [message] = await desk.rows(id, "message")
    assert message["body"] == "mark"
    for kind in ("call", "conversation", "knowledge_item", "lead"):
        assert await desk.rows(id, kind), kind


async def test_nobody_elses_rows_are_written(desk, unit_of_work, scope, other_scope):
    await own_everything(unit_of_work, other_scope, "canary")
    id = await desk.start(*SyncKind)
    await desk.write()
    assert [await desk.text(id, kind) for kind in SyncKind] == [""] * len(SyncKind)


async def test_what_is_stored_is_noise(desk, people, tmp_path):
    await people(3)
    await desk.start("contact")
    await desk.write()
    stored = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert stored
    assert not any(b"Person" in sealed for sealed in stored)


async def test_many_rows_are_written_page_by_page(desk_of, people, few_a_page):
    desk = desk_of(pages_at_once=2)
    await people(10)
    id = await desk.start("contact")
    await desk.write()
    names = [row["name"] for row in await desk.rows(id, "contact")]
    assert names == [f"Person {number}" for number in range(10)]
    written = pages.progress(await desk.look(id), "contact")
    assert (written.rows, written.blocks, written.complete) == (10, 4, True)


async def test_whoever_is_killed_is_followed_by_somebody_who_goes_on(
    desk_of, store, people, few_a_page
):
    """Nothing is written twice, and nothing is missing, wherever the first one died."""
    await people(10)
    for deadly in range(1, 5):
        desk, puts = desk_of(), 0
        id = await desk.start("contact")
        whole = store.put

        async def put(key, data, *, whole=whole, deadly=deadly):
            nonlocal puts
            puts += 1
            await whole(key, data)
            if puts == deadly:
                raise Unavailable("killed")

        store.put = put
        await desk.way.travel()
        store.put = whole
        assert (await desk.look(id)).state is ExportState.RUNNING
        desk.way.wait(A_MINUTE)
        await desk.write()
        names = [row["name"] for row in await desk.rows(id, "contact")]
        assert names == [f"Person {number}" for number in range(10)]
        await desk.do(exports.cancel, id)


async def test_there_is_one_at_a_time(desk, people):
    id = await desk.start("contact")
    with pytest.raises(ExportRunning):
        await desk.start("lead")
    await desk.write()
    await desk.start("lead")
    assert (await desk.look(id)).state is ExportState.READY


async def test_one_that_is_cancelled_stops_and_leaves_nothing(
    desk_of, people, few_a_page, tmp_path
):
    desk = desk_of(pages_at_once=1)
    await people(10)
    id = await desk.start("contact")
    await desk.way.travel()
    await desk.do(exports.cancel, id)
    await desk.write()
    export = await desk.look(id)
    assert (export.state, export.secret) == (ExportState.CANCELLED, None)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with pytest.raises(ExportNotReady):
        await desk.text(id, "contact")


async def test_its_files_go_after_three_days(desk, people, tmp_path):
    await people(1)
    id = await desk.start("contact")
    await desk.write()
    desk.way.wait(LASTS - A_MINUTE)
    await desk.write()
    assert await desk.text(id, "contact")
    desk.way.wait(A_MINUTE)
    await desk.write()
    assert (await desk.look(id)).state is ExportState.EXPIRED
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_only_what_changed_since_is_written(desk, people, clock, unit_of_work, scope):
    await people(2)
    clock.advance(A_MINUTE)
    caller = await ring(unit_of_work, scope, name="Late")
    id = await desk.start("contact", since=NOW + A_MINUTE)
    await desk.write()
    [row] = await desk.rows(id, "contact")
    assert row["id"] == global_id("Contact", caller.contact_id)


async def test_a_copy_goes_on_where_the_files_end(desk, people, clock):
    await people(1)
    clock.advance(A_MINUTE)
    export = await desk.look(await desk.start("contact"))
    assert NOW < export.synced_until < clock.now()


async def test_a_spreadsheet_takes_nothing_for_a_formula(desk, unit_of_work, scope):
    evil = '=HYPERLINK("https://evil.example","click")'
    async with unit_of_work(scope) as uow:
        details = contacts.Details(name=evil, phone="+12125550142", notes='a "quote",\nand a line')
        await contacts.add(uow, details, source=Source.OWNER)
    id = await desk.start("contact", format=ExportFormat.CSV)
    await desk.write()
    [row] = csv.DictReader(io.StringIO(await desk.text(id, "contact")))
    assert row["name"] == f"'{evil}"
    assert row["phone"] == "'+12125550142"
    assert row["notes"] == 'a "quote",\nand a line'
    assert row["email"] == ""


async def test_heads_are_written_once(desk, people, few_a_page):
    await people(7)
    id = await desk.start("contact", format=ExportFormat.CSV)
    await desk.write()
    lines = list(csv.reader(io.StringIO(await desk.text(id, "contact"))))
    assert len(lines) == 8
    assert [line[0] for line in lines].count("id") == 1


async def test_whoever_may_not_read_takes_nothing_along(desk, scope, people):
    def without(*missing):
        return replace(scope, permissions=scope.permissions - set(missing))

    for missing in ("data:export", "contacts:read"):
        with pytest.raises(Forbidden):
            await desk.start("contact", scope=without(missing))
    id = await desk.start("contact")
    await desk.write()
    for missing in ("exports:read", "contacts:read"):
        with pytest.raises(Forbidden):
            await desk.text(id, "contact", scope=without(missing))


async def test_what_was_said_is_for_whoever_may_read_it(desk, unit_of_work, scope):
    owned = await own_everything(unit_of_work, scope, "mark")
    await desk.do(exports.cancel, owned["BulkExport"])
    deaf = replace(scope, permissions=scope.permissions - {"transcripts:read"})
    id = await desk.start("conversation", scope=deaf)
    await desk.write()
    assert all("summary" not in row for row in await desk.rows(id, "conversation"))
    id = await desk.start("conversation")
    await desk.write()
    assert all("summary" in row for row in await desk.rows(id, "conversation"))
    with pytest.raises(Forbidden):
        await desk.text(id, "conversation", scope=deaf)


async def test_who_was_erased_keeps_nobody_from_the_rest(desk, people, unit_of_work, scope):
    await people(2)
    async with unit_of_work(scope) as uow:
        first = await Contacts(uow).one(Contacts(uow).all().order_by("id"))
        await uow.keys.destroy([first.id])
    id = await desk.start("contact")
    await desk.write()
    names = [row["name"] for row in await desk.rows(id, "contact")]
    assert names == [None, "Person 1"]


async def test_a_file_that_was_tampered_with_is_not_given_out(desk, people, few_a_page, store):
    await people(7)
    id = await desk.start("contact")
    await desk.write()
    keys = await store.list("")
    first, second = [await store.get(key) for key in keys[:2]]
    await store.put(keys[0], second)
    await store.put(keys[1], first)
    with pytest.raises(ExportDamaged):
        await desk.text(id, "contact")
    await store.delete(keys[:1])
    with pytest.raises(ExportDamaged):
        await desk.text(id, "contact")


async def test_an_export_of_nothing_is_not_begun(desk):
    with pytest.raises(InvalidInput):
        await desk.start()
