"""Whoever carries erasures out: the parts that need a signature, a store, or others' answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.calls.events import CallFinalized
from domain.disposal.keepers import Forget, keepers
from domain.erasure import settling
from domain.erasure.certificates import Signer
from domain.erasure.models import ErasureState, Obstacle
from domain.erasure.ports import Backups, Holders, Nobody
from domain.erasure.repository import Erasures
from domain.erasure.service import GO_ON, payload, timer
from domain.erasure.steps import ROWS_AT_ONCE, Step
from domain.events import Event
from domain.handlers import HandlerContext, HandlerFunction, serves
from domain.privacy.purposes import Purpose

# Few enough that a worker's other work waits for seconds at most.
STEPS_AT_ONCE = 10


@dataclass(frozen=True)
class Eraser:
    """Handlers and jobs of erasures."""

    signer: Signer
    backups: Backups
    holders: Holders = field(default_factory=Nobody)
    others: Sequence[Forget] = ()
    """Who lets go of copies beside the core's features."""
    steps_at_once: int = STEPS_AT_ONCE
    rows_at_once: int = ROWS_AT_ONCE

    @property
    def handlers(self) -> tuple[tuple[type[Event], HandlerFunction], ...]:
        """What to subscribe."""
        return ((CallFinalized, self.call_is_over),)

    @property
    def jobs(self) -> tuple[HandlerFunction, ...]:
        """What can be asked for later."""
        return (self.go_on, self.settle)

    @serves(Purpose.LEGAL)
    async def go_on(self, message: dict[str, Any], context: HandlerContext) -> None:
        """Take some steps, and leave the rest to the next delivery."""
        id, more = UUID(message["erasure_id"]), True
        step = Step((*keepers(), *self.others), self.rows_at_once)
        for _ in range(self.steps_at_once):
            if more:
                async with context.unit_of_work() as uow:
                    more = await step.take(uow, id)
        async with context.settle() as uow:
            if more:
                uow.schedule(GO_ON, at=uow.now, key=timer(id), payload=payload(id))

    @serves(Purpose.LEGAL)
    async def settle(self, message: dict[str, Any], context: HandlerContext) -> None:
        """Certify an erasure of which nothing is outstanding."""
        async with context.settle() as uow:
            id = UUID(message["erasure_id"])
            backups = await self.backups(uow)
            await settling.settle(uow, id, self.holders, self.signer, backups)

    @serves(Purpose.LEGAL)
    async def call_is_over(self, event: CallFinalized, context: HandlerContext) -> None:
        """Go on at once with whatever waited for the end of a call."""
        async with context.settle() as uow:
            erasures = Erasures(uow)
            waiting = erasures.all().filter(
                state__in=[ErasureState.REQUESTED, ErasureState.RUNNING],
                waits_for=Obstacle.CALL,
            )
            for erasure in await erasures.page(waiting):
                key = timer(erasure.id)
                uow.schedule(GO_ON, at=uow.now, key=key, payload=payload(erasure.id))
