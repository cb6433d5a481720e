"""The archive: what is over its time, sealed apart, out of everybody's way, until its last day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain.disposal import Going, dispose
from domain.privacy.holdings import holdings
from domain.privacy.policy import Action
from domain.retention.deeds import Deed, Reach
from domain.retention.events import ArchiveDeleted, ArchiveReviewAsked, ArchiveReviewed
from domain.retention.finding import Question
from domain.retention.models import ArchiveBox, ArchivedRow
from domain.retention.repository import ArchiveBoxes, ArchivedRows
from domain.retention.schedule import Segment, gone_by, rule_of
from domain.sealed import Sealed
from domain.tenancy import TenantModel
from domain.work import UnitOfWork

READ, WRITE = "archive:read", "privacy:write"
REVIEWING = "retention.review_archive"
# Time enough to look into a box, or to hold what is in it.
REVIEWED_BEFORE = timedelta(days=7)

WHOSE = """
SELECT t0.id, {contact} AS contact_id, {conversation} AS conversation_id
FROM {table} WHERE t0.tenant_id = $1 AND t0.id = ANY($2::uuid[])
"""
# Archived rows whose last day has come and that nothing holds.
OVER = """
SELECT row.id FROM archived_row AS row
WHERE row.tenant_id = $1 AND row.box_id = $2 AND NOT EXISTS (
    SELECT FROM legal_hold AS hold WHERE hold.tenant_id = $1 AND hold.released_at IS NULL
    AND (hold.scope = 'everything' OR hold.contact_id = row.contact_id
         OR hold.conversation_id = row.conversation_id))
ORDER BY row.id LIMIT $3
"""


async def keep_apart(
    uow: UnitOfWork, question: Question, laid: Sequence[Segment], ids: Sequence[UUID]
) -> None:
    """Copy rows into the boxes of their last days; those whose last day is over are not copied."""
    deed = question.deed
    rows = await deed.holding.model.filter(tenant_id=uow.tenant_id, id__in=list(ids)).using_db(
        uow.connection
    )
    # What was shredded has nothing left to keep.
    await uow.keys.open_remaining(rows)
    whose, boxes = await _whose(uow, question, ids), defaultdict(list)
    if deed.reach is Reach.SOUND:
        await _take_keys_along(uow, whose)
    for row in rows:
        last_day = _last_day(laid, getattr(row, deed.holding.personal.clock))
        if last_day > uow.now:
            boxes[last_day].append(_content(deed, row, whose[row.id]))
    for last_day, contents in sorted(boxes.items()):
        box_id = await _box(uow, last_day)
        await ArchivedRows(uow).add_to(box_id, uow.now, contents)


def takes(deed: Deed) -> bool:
    """Whether what a deed takes is kept apart for a while."""
    return deed.action is Action.ARCHIVE


async def over(uow: UnitOfWork) -> ArchiveBox | None:
    """A box whose last day has come, and in which something is left that may go."""
    boxes = ArchiveBoxes(uow)
    for box in await boxes.page(boxes.all().filter(ends_at__lte=uow.now).order_by("ends_at")):
        if await _over_in(uow, box.id, 1) or not await _left(uow, box.id):
            return box
    return None


async def empty(uow: UnitOfWork, box: ArchiveBox, most: int) -> int:
    """Delete what may go, with its sound; says how much that was.

    With the last row the box goes, and with it the key.
    """
    found = await _over_in(uow, box.id, most)
    ids = [row["id"] for row in found]
    [held] = [each for each in holdings() if each.model is ArchivedRow]
    await dispose(uow, held, ids, Going(box.id, frozenset(held.columns)))
    if not await _left(uow, box.id):
        await ArchiveBoxes(uow).remove(box)
        uow.cancel(_timer(box.id))
        uow.record(ArchiveDeleted(archive_box_id=box.id, rows=len(ids)))
    return len(ids)


async def remind(uow: UnitOfWork, id: UUID) -> None:
    """Say that a box is to be looked at before it goes."""
    box = await ArchiveBoxes(uow).maybe(ArchiveBoxes(uow).all().filter(id=id))
    if box is not None and box.reviewed_at is None:
        uow.record(ArchiveReviewAsked(archive_box_id=id))


async def review(uow: UnitOfWork, id: UUID) -> ArchiveBox:
    """Put on record that somebody looked at it; a second time changes nothing."""
    uow.require(WRITE)
    uow.require(READ)
    box = await ArchiveBoxes(uow).lock(id)
    if box.reviewed_at is None:
        by = str(uow.scope.actor)
        await ArchiveBoxes(uow).save(box, reviewed_by=by, reviewed_at=uow.now)
        uow.cancel(_timer(id))
        uow.record(ArchiveReviewed(archive_box_id=id))
    return box


def _last_day(laid: Sequence[Segment], clock: datetime) -> datetime:
    """The beginning of the day before whose end nothing may be left; one box for each."""
    rule = rule_of(laid, clock)
    assert rule is not None  # it was found by this rule
    return gone_by(rule, clock).replace(hour=0, minute=0, second=0, microsecond=0)


async def _box(uow: UnitOfWork, last_day: datetime) -> UUID:
    id = uuid5(uow.tenant_id, f"archive:{last_day:%Y-%m-%d}")
    boxes = ArchiveBoxes(uow)
    if not await boxes.all().filter(id=id).exists():
        await boxes.add(id=id, ends_at=last_day, created_at=uow.now)
        asked = max(uow.now, last_day - REVIEWED_BEFORE)
        payload = {"archive_box_id": str(id)}
        uow.schedule(REVIEWING, at=asked, key=_timer(id), payload=payload)
    return id


async def _whose(
    uow: UnitOfWork, question: Question, ids: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    place = question.place
    contact = f"coalesce({', '.join(place.contacts)})" if place.contacts else "NULL::uuid"
    query = WHOSE.format(
        contact=contact,
        conversation=place.conversation or "NULL::uuid",
        table=question.table,
    )
    rows = await uow.connection.execute_query_dict(query, [uow.tenant_id, list(ids)])
    return {row.pop("id"): row for row in map(dict, rows)}


async def _take_keys_along(uow: UnitOfWork, whose: dict[UUID, dict[str, Any]]) -> None:
    """The conversation's own key is destroyed as soon as nothing else needs it."""
    for found in whose.values():
        found["key"] = await uow.keys.exposed(found["conversation_id"])


def _content(deed: Deed, row: TenantModel, whose: dict[str, Any]) -> dict[str, Any]:
    columns = deed.columns or tuple(deed.holding.model._meta.fields_db_projection)
    values = {column: _written(getattr(row, column)) for column in columns}
    # The sound stays where it is; only the archive knows where, and has the key.
    folder = getattr(row, "storage_key", None) if deed.reach is Reach.SOUND else None
    values |= {"key": whose["key"]} if "key" in whose else {}
    return {
        "contact_id": whose["contact_id"],
        "conversation_id": whose["conversation_id"],
        "kind": deed.holding.table,
        "row_id": row.id,
        "folder": folder,
        "content": Sealed.json(values),
    }


def _written(value: Any) -> Any:
    if isinstance(value, Sealed):
        return value.read() if value.is_open else None
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


async def _over_in(uow: UnitOfWork, box_id: UUID, most: int) -> list[dict[str, Any]]:
    return await uow.connection.execute_query_dict(OVER, [uow.tenant_id, box_id, most])


async def _left(uow: UnitOfWork, box_id: UUID) -> bool:
    return await ArchivedRows(uow).all().filter(box_id=box_id).exists()


def _timer(id: UUID) -> str:
    return f"archive:{id}:review"
