"""The archive: sealed apart, seen by few, looked at, and gone on its last day."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.disposal.sweeper import Sweeper
from domain.encryption import DataKey
from domain.errors import Forbidden
from domain.privacy.policy import Preset
from domain.recordings.sealing import Seal, block_key
from domain.retention import archive, holds
from domain.retention.holds.models import HoldReason
from domain.retention.jobs import review_archive
from domain.retention.repository import ArchiveBoxes, ArchivedRows
from tests.factories import outbox
from tests.factories.calls import Delivery, answered, record, sound
from tests.factories.retention import promised

pytestmark = pytest.mark.promise("P063")


@pytest.fixture
async def archived(keeper, lived):
    """Everything of a person has been in the archive since today."""
    keeper.policies.promises = promised(Preset.INACTIVITY)
    made = await lived()
    # What a test made in the archive itself is of no use here.
    await keeper.rows("DELETE FROM archive_box RETURNING id")
    keeper.pass_days(276)
    await keeper.run()
    return made


async def test_nothing_is_left_where_people_work(keeper, archived):
    for table in ("contact", "conversation", "turn", "call", "lead", "appointment", "message"):
        assert await keeper.count(table) == 0, table
    kinds = {row["kind"] for row in await keeper.rows("SELECT kind FROM archived_row")}
    assert {"contact", "conversation", "turn", "call", "lead", "appointment"} <= kinds


@pytest.mark.promise("P063")
async def test_it_is_sealed_under_a_key_of_its_own(keeper, archived, unit_of_work, scope):
    rows = await keeper.rows("SELECT content, box_id FROM archived_row")
    assert not [row for row in rows if b"known of a person" in row["content"]]
    async with unit_of_work(scope) as uow:
        # The person's is needed no more.
        assert not await uow.keys.has(archived["contact"])
        assert await uow.keys.has(rows[0]["box_id"])


@pytest.mark.promise("P063")
async def test_what_is_archived_can_be_read_and_that_is_on_record(archived, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        found = ArchivedRows(uow)
        [contact] = await found.page(found.all().filter(kind="contact"))
    assert contact.content.load()["name"] == "Anna Lee"
    assert contact.contact_id == archived["contact"]
    async with unit_of_work(scope) as uow:
        seen = await uow.connection.execute_query_dict(
            "SELECT discloses FROM audit_entry WHERE action = 'archive_box.seen'"
        )
    assert [row["discloses"] for row in seen] == [True]


async def test_few_may_see_it(archived, unit_of_work, scope):
    writer = replace(scope, permissions=frozenset({"privacy:read", "privacy:write"}))
    with pytest.raises(Forbidden):
        async with unit_of_work(writer) as uow:
            [box, *_] = await ArchiveBoxes(uow).all()
            await archive.review(uow, box.id)


@pytest.mark.promise("P062")
async def test_nothing_is_left_within_the_year(keeper, archived, unit_of_work, scope):
    [row, *_] = await keeper.rows("SELECT box_id FROM archived_row")
    keeper.pass_days(88)
    await keeper.run()
    assert await keeper.count("archived_row") > 0
    keeper.pass_days(1)
    await keeper.run()
    # 276 and 89 days are 365.
    assert await keeper.count("archived_row") == 0
    assert await keeper.count("archive_box") == 0
    async with unit_of_work(scope) as uow:
        assert not await uow.keys.has(row["box_id"])
    assert "archive_box.deleted" in await outbox.events(unit_of_work, scope, "archive_box.")


@pytest.mark.promise("P063")
async def test_somebody_is_asked_to_look_before_it_goes(keeper, archived, unit_of_work, scope):
    async with unit_of_work(scope) as uow:
        [box, *_] = await ArchiveBoxes(uow).all()
        [timer] = await uow.connection.execute_query_dict(
            "SELECT due_at FROM outbox WHERE key = $1", [f"archive:{box.id}:review"]
        )
    assert timer["due_at"] == box.ends_at - timedelta(days=7)
    await review_archive({"archive_box_id": str(box.id)}, Delivery(unit_of_work, scope))
    async with unit_of_work(scope) as uow:
        reviewed = await archive.review(uow, box.id)
    assert reviewed.reviewed_by == f"member:{scope.actor.id}"
    told = await outbox.events(unit_of_work, scope, "archive_box.")
    assert told == ["archive_box.review_asked", "archive_box.reviewed"]


async def test_a_hold_keeps_what_is_in_the_archive(keeper, lived, unit_of_work, scope):
    keeper.policies.promises = promised(Preset.INACTIVITY)
    made = await lived()
    await keeper.rows("DELETE FROM archive_box RETURNING id")
    keeper.pass_days(276)
    await keeper.run()
    async with unit_of_work(scope) as uow:
        new = holds.NewHold(HoldReason.AUTHORITY_REQUEST, uow.now + timedelta(days=10))
        placed = await holds.place(uow, new)
    keeper.pass_days(500)
    await keeper.run()
    assert {"contact", "turn"} <= {
        row["kind"] for row in await keeper.rows("SELECT kind FROM archived_row")
    }
    async with unit_of_work(scope) as uow:
        await holds.release(uow, placed.id)
    await keeper.run()
    assert await keeper.count("archived_row") == 0
    assert made["contact"] not in [
        row["contact_id"] for row in await keeper.rows("SELECT contact_id FROM archived_row")
    ]


async def test_late_runs_archive_nothing_beyond_its_last_day(keeper, lived):
    keeper.policies.promises = promised(Preset.INACTIVITY)
    await lived()
    await keeper.rows("DELETE FROM archive_box RETURNING id")
    keeper.pass_days(400)
    await keeper.run()
    assert await keeper.count("contact") == 0
    assert await keeper.count("archived_row") == 0


async def test_archived_sound_is_opened_by_the_archive_alone(keeper, unit_of_work, scope, store):
    keeper.policies.promises = promised(Preset.INACTIVITY)
    line = await answered(unit_of_work, scope)
    id = await record(unit_of_work, store, line, sound(1))
    folder = f"{scope.tenant_id}/{id}"
    keeper.pass_days(276)
    await keeper.run()
    assert await outbox.events(unit_of_work, scope, "recording.deleted") == []
    async with unit_of_work(scope) as uow:
        assert not await uow.keys.has(line.call.conversation_id)
        found = ArchivedRows(uow)
        [kept] = await found.page(found.all().filter(folder__isnull=False))
    assert kept.folder == folder
    key = DataKey(base64.b64decode(kept.content.load()["key"]))
    block = await store.get(block_key(folder, 0))
    assert Seal(key, scope.tenant_id, id).open(block, 0, last=True) == sound(1)
    keeper.pass_days(89)
    await keeper.run()
    await Sweeper(store).sweep({"cause_id": str(kept.box_id)}, Delivery(unit_of_work, scope))
    assert await store.list(folder) == []
