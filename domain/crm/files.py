"""How a business's customer files do: filling one, reading what changed there, missing fields."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from domain.crm.events import CrmFieldsMissed, CrmFilled, CrmFillStarted, CrmFillStopped
from domain.crm.models import CrmFile, Filling
from domain.crm.ports import Change, Kind, Place
from domain.crm.repository import CallsToFile, ContactsToFile, CrmFiles, CrmRecords
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
# What was told is told again for a day at most; a busy hour there is shorter than this list.
MOST_HEARD = 1000


@dataclass(frozen=True)
class Step:
    """Somebody to be put on file, or a call to be noted there."""

    kind: Kind
    id: UUID
    is_there: bool = False
    """Whether it is known to stand there."""


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


async def start(uow: UnitOfWork, plugin: str, *, calls: bool = False) -> CrmFile:
    """Put everybody on file there, and note `calls` of the past if that is wanted.

    One that was stopped goes on, and one that runs is left alone but for calls. Where everybody
    stands there, calls are begun with whoever came since.
    """
    uow.require(WRITE)
    return await _begin(uow, await known(uow, plugin), calls=calls)


async def begin_once(uow: UnitOfWork, plugin: str) -> CrmFile:
    """Fill one by itself that nobody has ever begun to fill."""
    row = await known(uow, plugin)
    return await _begin(uow, row, calls=False) if row.filling is Filling.NONE else row


async def _begin(uow: UnitOfWork, row: CrmFile, *, calls: bool) -> CrmFile:
    if row.filling is Filling.RUNNING and (row.fill_calls or not calls):
        return row
    values: dict[str, object] = {"filling": Filling.RUNNING, "fill_moved_at": uow.now}
    goes_on = row.filling in (Filling.RUNNING, Filling.STOPPED)
    if not goes_on:
        values |= {"fill_begun_at": uow.now, "fill_calls": False, "calls_total": 0}
    if not goes_on and not (calls and row.filling is Filling.DONE):
        values |= {"filled_to": None, "fill_done": 0, "fill_refused": 0}
    values["fill_total"] = await ContactsToFile(uow).fitting().count()
    if calls and not (goes_on and row.fill_calls):
        values |= {"fill_calls": True, "calls_to": None, "calls_done": 0, "calls_refused": 0}
        values["calls_total"] = await CallsToFile(uow).fitting().count()
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


async def turn(uow: UnitOfWork, plugin: str, most: int, *, calls: bool) -> tuple[Step, ...]:
    """What is to be done next: nothing, if it was stopped. With nothing left, it is done.

    Calls are noted if that is wanted still: a business may tell of none any more.
    """
    row = await CrmFiles(uow).held(plugin)
    if row is None or row.filling is not Filling.RUNNING:
        return ()
    steps = [Step(Kind.CONTACT, id) for id in await ContactsToFile(uow).after(row.filled_to, most)]
    if not steps and row.fill_calls and calls:
        ids = await CallsToFile(uow).after(row.calls_to, most)
        there = await CrmRecords(uow).stand(plugin, Kind.CALL, ids)
        steps = [Step(Kind.CALL, id, id in there) for id in ids]
    if not steps:
        await CrmFiles(uow).save(row, filling=Filling.DONE, fill_moved_at=uow.now)
        uow.record(CrmFilled(crm_file_id=row.id, plugin=plugin))
    return tuple(steps)


async def moved(uow: UnitOfWork, plugin: str, step: Step, *, refused: bool) -> bool:
    """One more stands there, or is refused; whether it is to go on."""
    row = await CrmFiles(uow).held(plugin)
    if row is None or row.filling is not Filling.RUNNING:
        return False
    values: dict[str, object] = {"fill_moved_at": uow.now}
    if step.kind is Kind.CONTACT:
        values |= {"filled_to": step.id, "fill_done": row.fill_done + (not refused)}
        values["fill_refused"] = row.fill_refused + refused
    else:
        values |= {"calls_to": step.id, "calls_done": row.calls_done + (not refused)}
        values["calls_refused"] = row.calls_refused + refused
    await CrmFiles(uow).save(row, **values)
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


async def heard(uow: UnitOfWork, plugin: str, events: list[str]) -> set[str]:
    """Which of the changes that it tells of it has not told of before."""
    row = await known(uow, plugin)
    before = set(row.heard)
    new = [each for each in dict.fromkeys(events) if each not in before]
    if new:
        await CrmFiles(uow).save(row, heard=[*row.heard, *new][-MOST_HEARD:])
    return set(new)


async def took_over(uow: UnitOfWork, plugin: str) -> None:
    """Something was taken over at once, when it was told."""
    row = await known(uow, plugin)
    await CrmFiles(uow).save(row, taken_over=row.taken_over + 1)


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
