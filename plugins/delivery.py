"""Carrying one event to one handler: claim, call without a transaction, settle.

    transaction 1   the attempt is counted and leased
    (none)          the handler runs, with a timeout; it may call the world outside
    transaction 2   the handler's own `settle()`, or ours: the effect, the attempt and the end

What happens in our database happens once; what happens outside happens at least once, always under
the delivery's id.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain import events
from domain.messages.ports import Mailer
from domain.outbox import EntryKind, OutboxEntry
from domain.scope import Actor, ActorKind, Scope
from domain.work import UnitOfWork, UnitsOfWork
from plugins import attempts
from plugins.attempts import Dispatch, Result, Taken
from plugins.context import PluginContext, Settlement
from plugins.errors import Superseded
from plugins.pace import Pace
from plugins.registry import Handler, Registry
from plugins.settings import stored
from tenants.repository import PluginInstallations
from tenants.service import job_scope

log = logging.getLogger(__name__)


class NoSettings(BaseModel):
    """The core's own handlers have nothing to set."""


@dataclass(frozen=True)
class Deliverer:
    """Carries deliveries to their handlers; made once per worker process."""

    registry: Registry
    unit_of_work: UnitsOfWork
    mailer: Mailer
    pace: Pace = field(default_factory=Pace)

    async def deliver(self, tenant_id: UUID, dispatch: Dispatch) -> None:
        """Make one attempt, if it is still due."""
        scope = await job_scope(tenant_id, "deliver")
        async with self.unit_of_work(scope) as uow:
            taken = await attempts.take(uow, dispatch, self.pace, self._patience)
            if taken is None:
                return
            handler = self.registry.handler(taken.handler)
            values = await _settings_of(uow, handler)
            if values is None:
                await attempts.done(uow, taken.attempt, Result(0, attempts.SWITCHED_OFF))
        if values is not None:
            await self._attempt(self._scope_of(handler, scope), handler, taken, values)
        # The next event of the same aggregate may go now.
        await self.unit_of_work.nudge()

    async def _attempt(
        self, scope: Scope, handler: Handler, taken: Taken, values: dict[str, Any]
    ) -> None:
        clock = self.unit_of_work.clock
        settlement = Settlement(taken.attempt, clock, clock.monotonic())
        try:
            context = self._context(scope, handler, settlement, values)
            async with asyncio.timeout(handler.timeout):
                await handler.function(_subject(taken.entry), context)
            if not settlement.is_done:
                async with context.settle():
                    pass
        except Superseded:
            log.info("Delivery %s went on without this attempt", taken.attempt.delivery_id)
        except Exception as error:
            await self._failed(scope, settlement, error)

    async def _failed(self, scope: Scope, settlement: Settlement, error: Exception) -> None:
        attempt = settlement.attempt
        kind = type(error).__name__
        # Never the message: it may repeat what a caller said.
        log.warning("Delivery %s, attempt %d: %s", attempt.delivery_id, attempt.number, kind)
        if settlement.is_done:
            return
        with suppress(Superseded):
            async with self.unit_of_work(scope) as uow:
                await attempts.failed(uow, attempt, settlement.result(kind), self.pace)

    def _context(
        self, scope: Scope, handler: Handler, settlement: Settlement, values: dict[str, Any]
    ) -> PluginContext:
        delivery_id = settlement.attempt.delivery_id
        about = {"tenant_id": str(scope.tenant_id), "delivery_id": str(delivery_id)}
        model = self.registry.manifest(handler.plugin).settings if handler.plugin else NoSettings
        return PluginContext(
            delivery_id=delivery_id,
            settings=model.model_validate(values),
            mailer=self.mailer,
            log=logging.LoggerAdapter(logging.getLogger(handler.name), about),
            _scope=scope,
            _unit_of_work=self.unit_of_work,
            _settlement=settlement,
        )

    def _scope_of(self, handler: Handler, scope: Scope) -> Scope:
        if handler.plugin is None:
            return replace(scope, actor=Actor(ActorKind.JOB, handler.name))
        permissions = self.registry.manifest(handler.plugin).permissions
        actor = Actor(ActorKind.PLUGIN, handler.plugin)
        return replace(scope, actor=actor, permissions=permissions)

    def _patience(self, handler: str) -> float:
        return self.registry.handler(handler).timeout


async def _settings_of(uow: UnitOfWork, handler: Handler) -> dict[str, Any] | None:
    """What the tenant has set for the handler's plugin; None if it is switched off."""
    if handler.plugin is None:
        return {}
    installation = await PluginInstallations(uow).of(handler.plugin)
    return stored(installation) if installation and installation.enabled else None


def _subject(entry: OutboxEntry) -> Any:
    """The typed event, or a timer's payload."""
    if entry.kind is EntryKind.TIMER:
        return entry.payload
    return events.read(entry.name, entry.version, entry.payload)
