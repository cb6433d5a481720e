"""Doing what was promised: one run walks over everything that is due, a batch at a time.

Each batch is a unit of work of its own in which the rows go and the run's place is written down:
whoever is killed at any moment leaves a run that goes on where it was.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain import recordings
from domain.disposal import Going, dispose, statements
from domain.disposal.repository import run
from domain.privacy.holdings import Holding, holdings
from domain.retention import archive
from domain.retention.deeds import Deed, Reach, deeds
from domain.retention.errors import ClockWentBack
from domain.retention.events import RetentionFinished, RetentionStopped
from domain.retention.finding import FIRST, Question, due_ids, empty_columns
from domain.retention.models import RetentionRun, RunState, StopReason
from domain.retention.promises import Promises
from domain.retention.repository import RetentionRuns
from domain.retention.shredding import shred
from domain.work import UnitOfWork

READ, WRITE = "privacy:read", "privacy:write"
RUNNING = "retention.run"
ARCHIVED, KEYS = "archived_row.over", "keys.destroyed"
# What is archived has a last day of its own.
APART = frozenset({"archived_row"})


@dataclass(frozen=True)
class Batch:
    """How many rows go at once: few enough that their locks last for a moment."""

    rows: int = 5000
    """Rows that are just deleted or emptied."""
    each: int = 500
    """Rows about which something else is done, one by one."""

    def size(self, deed: Deed) -> int:
        """How many rows of a deed go at once."""
        alone = deed.reach is Reach.SOUND or archive.takes(deed)
        return self.each if alone else self.rows


BATCH = Batch()


def kept() -> tuple[Holding, ...]:
    """Every table whose rows have a time that a policy decides on."""
    return tuple(each for each in holdings() if each.table not in APART)


async def start(uow: UnitOfWork) -> RetentionRun:
    """Begin a run, or find the one that is not over. Raises `ClockWentBack`, which is on record."""
    runs = RetentionRuns(uow)
    running = await runs.running()
    if running is not None:
        return running
    latest = await runs.latest_moment()
    if latest is not None and uow.now < latest:
        raise ClockWentBack
    return await runs.add(state=RunState.RUNNING, as_of=uow.now, started_at=uow.now)


async def ask(uow: UnitOfWork) -> RetentionRun:
    """Have workers delete what is due at once. Raises `ClockWentBack`."""
    uow.require(WRITE)
    run = await start(uow)
    uow.schedule(RUNNING, at=uow.now, key=RUNNING)
    return run


async def refuse(uow: UnitOfWork) -> RetentionRun:
    """Put on record that there is no run, because it is earlier than it has been."""
    run = await RetentionRuns(uow).add(
        state=RunState.STOPPED,
        reason=StopReason.CLOCK_WENT_BACK,
        as_of=uow.now,
        started_at=uow.now,
        finished_at=uow.now,
    )
    uow.record(RetentionStopped(retention_run_id=run.id, reason=StopReason.CLOCK_WENT_BACK))
    return run


async def advance(uow: UnitOfWork, id: UUID, promises: Promises, batch: Batch = BATCH) -> bool:
    """Do the next batch of a run; False if that was the last."""
    run = await RetentionRuns(uow).lock(id)
    if run.state is not RunState.RUNNING:
        return False
    if uow.now < run.as_of:
        await _stop(uow, run)
        return False
    walk = Walk(uow, run, promises, batch)
    if await walk.rows() or await walk.archived() or await walk.keys():
        return True
    await _finish(uow, run)
    return False


@dataclass
class Walk:
    """One step of a run: finds its place, does a batch, and writes down where it is."""

    uow: UnitOfWork
    run: RetentionRun
    promises: Promises
    batch: Batch

    async def rows(self) -> bool:
        """Do a batch of the first deed that has something left; False if none has."""
        if self.run.position in {ARCHIVED, KEYS}:
            return False
        held = kept()
        laid = self.promises.laid(self.run.as_of)
        for deed in self._left(deeds(held, laid, self.run.as_of, self.promises.life)):
            question = Question(deed, held, self.uow.tenant_id)
            after = self.run.cursor if self.run.position == deed.name else None
            most = self.batch.size(deed)
            ids = await due_ids(self.uow.connection, question, after or FIRST, most)
            if ids:
                await self._do(Question(deed, held, self.uow.tenant_id), ids)
                await self._note(deed.name, len(ids), ids[-1])
                return True
        return False

    async def archived(self) -> bool:
        """Delete a batch of what has been in the archive for its time; False if nothing has."""
        if self.run.position == KEYS:
            return False
        box = await archive.over(self.uow)
        if box is None:
            return False
        await self._note(ARCHIVED, await archive.empty(self.uow, box, self.batch.each), None)
        return True

    async def keys(self) -> bool:
        """Destroy a batch of keys that seal nothing any more; False if all were looked at."""
        after = self.run.cursor if self.run.position == KEYS else None
        last, destroyed = await shred(self.uow, after or FIRST, self.batch.each)
        if last is None:
            return False
        await self._note(KEYS, destroyed, last)
        return True

    def _left(self, all_deeds: tuple[Deed, ...]) -> tuple[Deed, ...]:
        """The deeds from the one that the run is at; all, if a new policy has dropped that one."""
        names = [deed.name for deed in all_deeds]
        at = names.index(self.run.position) if self.run.position in names else 0
        return all_deeds[at:]

    async def _do(self, question: Question, ids: list[UUID]) -> None:
        deed = question.deed
        if archive.takes(deed):
            laid = self.promises.laid(self.run.as_of)[deed.leading]
            await archive.keep_apart(self.uow, question, laid, ids)
        if deed.reach is Reach.SOUND:
            await recordings.expire(self.uow, ids, archived=archive.takes(deed))
        elif deed.columns:
            await empty_columns(self.uow.connection, deed, self.uow.tenant_id, ids)
        elif deed.holding.model.outlives is not None:
            # What stays when somebody is erased goes when its own time is over.
            await run(self.uow, statements.delete(deed.holding.table), ids)
        else:
            going = Going(self.run.id, frozenset(deed.holding.columns))
            await dispose(self.uow, deed.holding, ids, going)

    async def _note(self, position: str, rows: int, cursor: UUID | None) -> None:
        counts: dict[str, Any] = dict(self.run.counts)
        counts[position] = counts.get(position, 0) + rows
        runs = RetentionRuns(self.uow)
        await runs.save(self.run, position=position, cursor=cursor, counts=counts)


async def _stop(uow: UnitOfWork, run: RetentionRun) -> None:
    reason = StopReason.CLOCK_WENT_BACK
    await RetentionRuns(uow).save(run, state=RunState.STOPPED, reason=reason, finished_at=uow.now)
    uow.record(RetentionStopped(retention_run_id=run.id, reason=reason))


async def _finish(uow: UnitOfWork, run: RetentionRun) -> None:
    await RetentionRuns(uow).save(run, state=RunState.DONE, finished_at=uow.now)
    keys = run.counts.get(KEYS, 0)
    rows = sum(run.counts.values()) - keys
    uow.record(RetentionFinished(retention_run_id=run.id, rows=rows, keys=keys))
