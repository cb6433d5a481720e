"""What a handler is given beside the event."""

import logging
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

from pydantic import BaseModel

from domain.clock import Clock
from domain.messages.ports import Mailer
from domain.scope import Scope, TenantFacts
from domain.work import UnitOfWork, UnitsOfWork
from plugins import attempts
from plugins.attempts import Attempt, Result


@dataclass
class Settlement:
    """Whether and how the attempt that is being made has ended."""

    attempt: Attempt
    clock: Clock
    started: float
    is_done: bool = False

    def result(self, error: str = "") -> Result:
        """How the attempt went, up to now."""
        return Result(round((self.clock.monotonic() - self.started) * 1000), error)


@dataclass(frozen=True)
class PluginContext:
    """One delivery to one handler, as that handler sees it; settings are the plugin's model."""

    delivery_id: UUID
    """The same at every attempt: the idempotency key of effects outside."""
    settings: BaseModel
    mailer: Mailer
    log: logging.LoggerAdapter[logging.Logger]
    _scope: Scope = field(repr=False)
    _unit_of_work: UnitsOfWork = field(repr=False)
    _settlement: Settlement = field(repr=False)

    @property
    def tenant(self) -> TenantFacts:
        """The business it is about."""
        return self._scope.tenant

    @property
    def tenant_id(self) -> UUID:
        """Its id."""
        return self._scope.tenant_id

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A unit of work of its own, committed whatever becomes of the delivery."""
        return self._unit_of_work(self._scope)

    @asynccontextmanager
    async def settle(self) -> AsyncIterator[UnitOfWork]:
        """The unit of work in which the delivery counts as done: its effect happens once.

        Raises `Superseded`, and keeps nothing, if another attempt was faster.
        """
        async with self._unit_of_work(self._scope) as uow:
            await attempts.done(uow, self._settlement.attempt, self._settlement.result())
            yield uow
        self._settlement.is_done = True
