"""How a business's customer files do: filling one, reading what changed there, missing fields."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.crm.events import CrmFieldsMissed, CrmFilled, CrmFillStarted, CrmFillStopped
from domain.crm.models import CrmFile, Filling
from domain.crm.ports import Change, Place
from domain.crm.repository import ContactsToFile, CrmFiles
from domain.errors import Conflict
from domain.work import UnitOfWork

READ = "plugins:read"
WRITE = "plugins:write"
FILL = "fill"
# What was changed this short a time ago may not stand in the index that is searched there.
SETTLING = timedelta(minutes=2)
# Fields are compared that often, and at every look while one is missing.
COMPARED_FOR = timedelta(hours=1)
# A filling that has not moved for so long is taken up again.
STUCK = timedelta(minutes=30)
BETWEEN = timedelta(seconds=5)


@dataclass(frozen=True)
class Turn:
    """What is to be done now about filling: nothing, if nobody is left."""

    contacts: tuple[UUID, ...] = ()


async def listed(uow: UnitOfWork) -> list[CrmFile]:
    """The customer files of the business."""
    uow.require(READ)
    return await CrmFiles(uow).listed()


async def known(uow: UnitOfWork, plugin: str) -> CrmFile:
    """One of them, held; made if nothing is known of it yet."""
    files = CrmFiles(uow)
    if row := await files.held(plugin):
        return row
    async with files.refusing(crm_file_key=Conflict("Somebody was faster; look again")):
        return await files.add(plugin=plugin)


async def start(uow: UnitOfWork, plugin: str) -> CrmFile:
    """Put everybody on file there; one that was stopped goes on, one that runs is left alone."""
    uow.require(WRITE)
    return await _begin(uow, await known(uow, plugin))


async def begin_once(uow: UnitOfWork, plugin: str) -> CrmFile:
    """Fill one by itself that nobody has ever begun to fill."""
    row = await known(uow, plugin)
    return await _begin(uow, row) if row.filling is Filling.NONE else row


async def _begin(uow: UnitOfWork, row: CrmFile) -> CrmFile:
    if row.filling is Filling.RUNNING:
        return row
    values: dict[str, object] = {"filling": Filling.RUNNING, "fill_moved_at": uow.now}
    if row.filling is not Filling.STOPPED:
        values |= {"filled_to": None, "fill_done": 0, "fill_refused": 0, "fill_begun_at": uow.now}
    values["fill_total"] = await ContactsToFile(uow).fitting().count()
    await CrmFiles(uow).save(row, **values)
    uow.record(CrmFillStarted(crm_file_id=row.id, plugin=row.plugin))
    _go_on(uow, row)
    return row


async def stop(uow: UnitOfWork, plugin: str) -> CrmFile:
    """Go no further for now."""
    uow.require(WRITE)
    row = await known(uow, plugin)
    if row.filling is Filling.RUNNING:
        await pause(uow, row)
    return row


async def pause(uow: UnitOfWork, row: CrmFile) -> None:
    """Mark a filling as stopped."""
    await CrmFiles(uow).save(row, filling=Filling.STOPPED)
    uow.cancel(_key(row.plugin))
    uow.record(CrmFillStopped(crm_file_id=row.id, plugin=row.plugin))


async def turn(uow: UnitOfWork, plugin: str, most: int) -> Turn | None:
    """Whom to put on file next; None, if it was stopped. With nobody left, it is done."""
    row = await CrmFiles(uow).held(plugin)
    if row is None or row.filling is not Filling.RUNNING:
        return None
    ids = await ContactsToFile(uow).after(row.filled_to, most)
    if not ids:
        await CrmFiles(uow).save(row, filling=Filling.DONE, fill_moved_at=uow.now)
        uow.record(CrmFilled(crm_file_id=row.id, plugin=plugin))
    return Turn(tuple(ids))


async def moved(uow: UnitOfWork, plugin: str, contact_id: UUID, *, refused: bool) -> bool:
    """One more stands there, or is refused; whether it is to go on."""
    row = await CrmFiles(uow).held(plugin)
    if row is None or row.filling is not Filling.RUNNING:
        return False
    await CrmFiles(uow).save(
        row,
        filled_to=contact_id,
        fill_moved_at=uow.now,
        fill_done=row.fill_done + (not refused),
        fill_refused=row.fill_refused + refused,
    )
    return True


async def next_turn(uow: UnitOfWork, plugin: str) -> None:
    """Go on in a moment, if nobody has stopped it."""
    row = await CrmFiles(uow).held(plugin)
    if row is not None and row.filling is Filling.RUNNING:
        _go_on(uow, row, BETWEEN)


async def revive(uow: UnitOfWork, row: CrmFile) -> None:
    """Take up a filling again that has not moved: its delivery was given up."""
    moved_at = row.fill_moved_at
    if row.filling is Filling.RUNNING and moved_at is not None and moved_at < uow.now - STUCK:
        await CrmFiles(uow).save(row, fill_moved_at=uow.now)
        _go_on(uow, row)


def is_to_compare(row: CrmFile, now: datetime) -> bool:
    """Whether to see which fields are there."""
    return bool(row.missing) or row.compared_at is None or row.compared_at < now - COMPARED_FOR


async def compared(uow: UnitOfWork, plugin: str, missing: list[str]) -> CrmFile:
    """Know which of the fields that something goes into are not there."""
    row = await known(uow, plugin)
    if missing and missing != row.missing:
        uow.record(CrmFieldsMissed(crm_file_id=row.id, plugin=plugin, fields=tuple(missing)))
    return await CrmFiles(uow).save(row, missing=missing, compared_at=uow.now)


async def place(uow: UnitOfWork, plugin: str) -> Place:
    """How far changes have been read; from now on, where none were."""
    row = await known(uow, plugin)
    if row.read_until is None:
        await CrmFiles(uow).save(row, read_until=uow.real_now)
        return Place(uow.real_now)
    return Place(row.read_until, frozenset(row.read_records))


async def looked(uow: UnitOfWork, plugin: str, upto: Place, taken_over: int) -> None:
    """Changes were read up to a place; the last minutes will be read again."""
    row = await known(uow, plugin)
    settled = uow.real_now - SETTLING
    if upto.at > settled:
        upto = Place(max(settled, row.read_until or settled))
    await CrmFiles(uow).save(
        row,
        read_until=upto.at,
        read_records=sorted(upto.seen),
        taken_over=row.taken_over + taken_over,
        failure="",
        failing_since=None,
    )


async def missed(uow: UnitOfWork, plugin: str, reason: str) -> None:
    """It could not be looked at."""
    row = await known(uow, plugin)
    since = row.failing_since or uow.now
    await CrmFiles(uow).save(row, failure=reason[:60], failing_since=since)


def beyond(place: Place, changes: list[Change]) -> Place:
    """The place after some changes, which come in order."""
    if not changes:
        return place
    at = changes[-1].at
    seen = {each.record for each in changes if each.at == at}
    return Place(at, frozenset(seen) | (place.seen if at == place.at else frozenset()))


def _go_on(uow: UnitOfWork, row: CrmFile, later: timedelta = timedelta()) -> None:
    uow.schedule(f"{row.plugin}.{FILL}", at=uow.now + later, key=_key(row.plugin))


def _key(plugin: str) -> str:
    return f"crm:{plugin}:{FILL}"
