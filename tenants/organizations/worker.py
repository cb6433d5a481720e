"""Carrying a change of many tenants out, a few at a time, on the road that survives a crash.

Each tenant has a transaction of its own, and a row that says what came of it. Whoever takes over
from a worker that died finds the row waiting, or begun: a setup that is made twice is made once.
"""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.errors import DomainError
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.scope import Scope
from domain.work import UnitOfWork, UnitsOfWork
from tenants.grants.repository import Grants
from tenants.grants.service import BULK, guest_scope, house_scope, read
from tenants.organizations import bulk
from tenants.organizations.events import BulkChangeFinished
from tenants.organizations.models import BulkChange, BulkResult, BulkStatus, ResultStatus
from tenants.organizations.repository import BulkChanges, BulkResults
from tenants.organizations.setting_up import PluginSetter, set_up
from tenants.organizations.setup import read as read_setup

log = logging.getLogger(__name__)

# A worker is stopped within seconds, and others want their turn.
BATCH = 20
ENDED = {BulkStatus.PREVIEWING: BulkStatus.PREVIEWED, BulkStatus.APPLYING: BulkStatus.DONE}


class _OnlyLooking(Exception):  # what undoes a preview is no error
    """Undoes what was tried."""


@dataclass(frozen=True)
class Found:
    """What came of a change at one tenant, or would."""

    changes: list[str]
    problems: list[str]


@dataclass(frozen=True)
class BulkWorker:
    """Does the work of changes; made once per process."""

    unit_of_work: UnitsOfWork
    plugins: PluginSetter

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.work,)

    @serves(Purpose.SERVICE)
    async def work(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Take up the next tenants of a change, and have those after them taken up later."""
        id = UUID(payload["change_id"])
        async with context.unit_of_work() as uow:
            change = await BulkChanges(uow).get(id)
            results = BulkResults(uow)
            todo = await results.page(results.todo(id).limit(BATCH))
            house_id = uow.tenant_id
        if change.status in ENDED:
            for result in todo:
                await self._take_up(house_id, change, result, context)
        async with context.settle() as uow:
            await _go_on(uow, id)

    async def _take_up(
        self, house_id: UUID, change: BulkChange, result: BulkResult, context: HandlerContext
    ) -> None:
        begun_before = result.status is ResultStatus.APPLYING
        if change.status is BulkStatus.APPLYING and not await _begin(context, change.id, result.id):
            return
        found = await self._found(house_id, change, result)
        status = _status(change.status, found, result if begun_before else None)
        async with context.unit_of_work() as uow:
            rows = BulkResults(uow)
            row = await rows.lock(result.id)
            changes = found.changes or (row.changes if status is ResultStatus.APPLIED else [])
            values = {"changes": changes, "problems": found.problems, "finished_at": uow.now}
            await rows.save(row, status=status, **values)

    async def _found(self, house_id: UUID, change: BulkChange, result: BulkResult) -> Found:
        """Make the change at one tenant, or only try to; a tenant's trouble stays its own."""
        try:
            there = await self._scope(house_id, change, result.target_id)
            return Found(await self._make(there, change), [])
        except DomainError as refused:
            return Found([], [refused.message])
        except Exception as fault:
            log.exception("A change failed at a tenant", exc_info=fault)
            return Found([], [f"Something went wrong: {type(fault).__name__}"])

    async def _make(self, there: Scope, change: BulkChange) -> list[str]:
        done: list[str] = []
        try:
            async with self.unit_of_work(there) as uow:
                done = await set_up(uow, read_setup(change.content), self.plugins)
                if change.status is BulkStatus.PREVIEWING:
                    raise _OnlyLooking
        except _OnlyLooking:
            pass
        return done

    async def _scope(self, house_id: UUID, change: BulkChange, target_id: UUID) -> Scope:
        """What whoever asked for the change may do at a tenant now. Raises `NotFound`."""
        at_home = await house_scope(
            house_id, read(change.created_by), self.unit_of_work.clock.now()
        )
        async with self.unit_of_work(at_home, read_only=True) as uow:
            grants = Grants(uow)
            held = grants.held().filter(tenant_id=target_id).order_by("-created_at")
            grant = await grants.one(held)
        return await guest_scope(grant, at_home, BULK)


async def _begin(context: HandlerContext, change_id: UUID, result_id: UUID) -> bool:
    """Say that a tenant's turn has come; False if the change was called off meanwhile."""
    async with context.unit_of_work() as uow:
        if (await BulkChanges(uow).get(change_id)).status is not BulkStatus.APPLYING:
            return False
        rows = BulkResults(uow)
        await rows.save(await rows.lock(result_id), status=ResultStatus.APPLYING)
        return True


async def _go_on(uow: UnitOfWork, id: UUID) -> None:
    changes = BulkChanges(uow)
    change = await changes.lock(id)
    if change.status not in ENDED:
        return
    if await BulkResults(uow).todo(id).exists():
        bulk.go_on(uow, id)
        return
    done = change.status is BulkStatus.APPLYING
    finished_at = uow.now if done else None
    await changes.save(change, status=ENDED[change.status], finished_at=finished_at)
    if done:
        uow.record(BulkChangeFinished(bulk_change_id=id))


def _status(stage: BulkStatus, found: Found, begun: BulkResult | None) -> ResultStatus:
    if found.problems:
        return ResultStatus.FAILED
    if stage is BulkStatus.PREVIEWING:
        return ResultStatus.PREVIEWED if found.changes else ResultStatus.UNCHANGED
    # Begun by a worker that died after it was made: it is made, and nothing was left to do.
    if found.changes or (begun is not None and begun.changes):
        return ResultStatus.APPLIED
    return ResultStatus.UNCHANGED
