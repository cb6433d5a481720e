"""Whoever does the work of a run: the part that needs to know what was promised."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose
from domain.retention import service
from domain.retention.errors import ClockWentBack
from domain.retention.promises import Policies
from domain.retention.service import BATCH, RUNNING, Batch

# Few enough that a worker's other work waits for seconds at most.
BATCHES_AT_ONCE = 6


@dataclass(frozen=True)
class RetentionWorker:
    """The job of retention, for whoever knows what was promised."""

    policies: Policies
    batch: Batch = BATCH
    batches_at_once: int = BATCHES_AT_ONCE

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.run,)

    @serves(Purpose.LEGAL)
    async def run(self, payload: dict[str, Any], context: HandlerContext) -> None:
        """Do some batches of the tenant's run, and leave the rest to the next delivery."""
        run_id = await self._begun(context)
        more = run_id is not None
        for _ in range(self.batches_at_once):
            more = more and run_id is not None and await self._batch(run_id, context)
        async with context.settle() as uow:
            if more:
                uow.schedule(RUNNING, at=uow.now, key=RUNNING)

    async def _begun(self, context: HandlerContext) -> UUID | None:
        try:
            async with context.unit_of_work() as uow:
                return (await service.start(uow)).id
        except ClockWentBack:
            async with context.unit_of_work() as uow:
                await service.refuse(uow)
            return None

    async def _batch(self, run_id: UUID, context: HandlerContext) -> bool:
        async with context.unit_of_work() as uow:
            promises = await self.policies.of(uow)
            return await service.advance(uow, run_id, promises, self.batch)
