"""Carrying one event to one handler: claim, call without a transaction, settle.

    transaction 1   the attempt is counted and leased
    (none)          the handler runs, with a timeout; it may call the world outside
    transaction 2   the handler's own `settle()`, or ours: the effect, the attempt and the end

What happens in our database happens once; what happens outside happens at least once, always under
the delivery's id.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain import events
from domain.messages.ports import Mailer
from domain.outbox import EntryKind, OutboxEntry
from domain.scope import Access, Actor, ActorKind, Scope
from domain.work import UnitOfWork, UnitsOfWork
from integrations.http_out import Outbound
from plugins import attempts
from plugins.admission import admission, scope_of
from plugins.attempts import Dispatch, Result, Taken, Terms
from plugins.connections.accounts import Accounts
from plugins.context import (
    EventRenderer,
    NothingRendered,
    Occurrence,
    PluginContext,
    Settlement,
)
from plugins.errors import Hopeless, PutOff, Superseded
from plugins.models import LOST
from plugins.pace import Pace
from plugins.parts import Handler
from plugins.registry import Registry
from plugins.routes import PluginLinks
from plugins.settings import come_again
from plugins.standing import Bench, Verdict
from tenants.sandbox.letters import mailer_for
from tenants.service import job_scope

log = logging.getLogger(__name__)

# A plugin's handler that took so many workers with it is not given another one.
MOST_LOST = 3


class NoSettings(BaseModel):
    """The core's own handlers have nothing to set."""


@dataclass(frozen=True)
class Deliverer:
    """Carries deliveries to their handlers; made once per worker process."""

    registry: Registry
    unit_of_work: UnitsOfWork
    mailer: Mailer
    pace: Pace = field(default_factory=Pace)
    http: Outbound = field(default_factory=Outbound)
    accounts: Accounts = field(default_factory=Accounts)
    renderer: EventRenderer = field(default_factory=NothingRendered)
    links: PluginLinks | None = None
    bench: Bench = field(default_factory=Bench)
    _at_work: Counter[str] = field(default_factory=Counter)

    async def deliver(self, tenant_id: UUID, dispatch: Dispatch) -> None:
        """Make one attempt, if it is still due."""
        scope = await job_scope(tenant_id, "deliver")
        async with self.unit_of_work(scope) as uow:
            taken = await attempts.take(uow, dispatch, self._terms)
            if taken is None:
                return
            handler = self.registry.handler(taken.handler)
            values, shut = await self._settings_of(uow, handler)
            if shut:
                await attempts.done(uow, taken.attempt, Result(0, shut))
            verdict = Verdict() if shut else await self._ask(uow, handler, taken)
        if not shut and verdict.rests_until is None:
            own = self._scope_of(handler, scope)
            worked = await self._attempt(own, handler, taken, values)
            if worked and verdict.failing and handler.plugin:
                async with self.unit_of_work(scope) as uow:
                    await self.bench.worked(uow, handler.plugin)
        # The next event of the same aggregate may go now.
        await self.unit_of_work.nudge()

    def at_work(self) -> list[str]:
        """The handlers that are running now."""
        return sorted(self._at_work.elements())

    @contextmanager
    def _working(self, handler: str) -> Iterator[None]:
        self._at_work[handler] += 1
        try:
            yield
        finally:
            self._at_work[handler] -= 1

    async def _attempt(
        self, scope: Scope, handler: Handler, taken: Taken, values: dict[str, Any]
    ) -> bool:
        """Call the handler and settle; returns whether it did what it should."""
        clock = self.unit_of_work.clock
        settlement = Settlement(taken.attempt, clock, clock.monotonic())
        try:
            context = self._context(scope, handler, settlement, taken, values)
            async with asyncio.timeout(handler.timeout):
                with self._working(handler.name):
                    await handler.function(_subject(taken.entry), context)
            if not settlement.is_done:
                async with context.settle():
                    pass
        except Superseded:
            log.info("Delivery %s went on without this attempt", taken.attempt.delivery_id)
        except PutOff as pause:
            await self._put_off(scope, settlement, pause)
        except Exception as error:
            await self._failed(scope, handler, settlement, error)
            return False
        return True

    async def _ask(self, uow: UnitOfWork, handler: Handler, taken: Taken) -> Verdict:
        """Whether the handler's plugin is called now, or left alone."""
        if handler.plugin is None:
            return Verdict()
        if taken.after_loss:
            until = await self.bench.failed(uow, handler.plugin, LOST)
            verdict = Verdict(rests_until=until)
        else:
            trial = timedelta(seconds=handler.timeout) + self.pace.grace
            verdict = await self.bench.ask(uow, handler.plugin, trial)
        if verdict.rests_until is not None:
            await attempts.put_off(uow, taken.attempt, verdict.rests_until)
        return verdict

    async def _put_off(self, scope: Scope, settlement: Settlement, pause: PutOff) -> None:
        with suppress(Superseded):
            async with self.unit_of_work(scope) as uow:
                await attempts.put_off(uow, settlement.attempt, pause.until)

    async def _failed(
        self, scope: Scope, handler: Handler, settlement: Settlement, error: Exception
    ) -> None:
        attempt = settlement.attempt
        kind = type(error).__name__
        # Never the message: it may repeat what a caller said.
        log.warning("Delivery %s, attempt %d: %s", attempt.delivery_id, attempt.number, kind)
        if settlement.is_done:
            return
        with suppress(Superseded):
            async with self.unit_of_work(scope) as uow:
                result = settlement.result(kind)
                if isinstance(error, Hopeless):
                    await attempts.hopeless(uow, attempt, result)
                else:
                    await attempts.failed(uow, attempt, result, handler.pace or self.pace)
                # What a recipient does is no fault of the plugin.
                if handler.plugin is not None and handler.pace is None:
                    await self.bench.failed(uow, handler.plugin, kind)

    def _context(
        self,
        scope: Scope,
        handler: Handler,
        settlement: Settlement,
        taken: Taken,
        values: dict[str, Any],
    ) -> PluginContext:
        delivery_id = settlement.attempt.delivery_id
        about = {"tenant_id": str(scope.tenant_id), "delivery_id": str(delivery_id)}
        model = self.registry.manifest(handler.plugin).settings if handler.plugin else NoSettings
        return PluginContext(
            delivery_id=delivery_id,
            settings=model.model_validate(values),
            recipient=taken.handler.partition("/")[2],
            occurrence=_occurrence(taken.entry),
            mailer=mailer_for(self.mailer, scope.tenant, partial(self.unit_of_work, scope)),
            http=self.http,
            accounts=self.accounts,
            log=logging.LoggerAdapter(logging.getLogger(handler.name), about),
            _scope=scope,
            _unit_of_work=self.unit_of_work,
            _settlement=settlement,
            _renderer=self.renderer,
            _links=self.links,
        )

    def _scope_of(self, handler: Handler, scope: Scope) -> Scope:
        # What it does is on record with what for.
        if handler.plugin is not None:
            return scope_of(self.registry.manifest(handler.plugin), scope, handler.purpose)
        access = Access(purpose=handler.purpose or "")
        return replace(scope, actor=Actor(ActorKind.JOB, handler.name), access=access)

    async def _settings_of(self, uow: UnitOfWork, handler: Handler) -> tuple[dict[str, Any], str]:
        """What the tenant has set for the handler's plugin, or why it is shut."""
        if handler.plugin is None:
            return {}, ""
        found = await admission(uow, self.registry, handler.plugin)
        if handler.every is not None and not found.shut:
            # Before this turn: whatever becomes of it.
            come_again(uow, handler)
        return found.values, found.shut

    def _terms(self, name: str) -> Terms:
        handler = self.registry.handler(name)
        # The core's own jobs are sound, whatever ends their workers: a deployment, a machine.
        most_lost = MOST_LOST if handler.plugin else None
        return Terms(handler.timeout, handler.pace or self.pace, most_lost)


def _occurrence(entry: OutboxEntry) -> Occurrence:
    return Occurrence(
        id=entry.id,
        name=entry.name,
        version=entry.version,
        key=entry.key,
        sequence=entry.sequence,
        at=entry.recorded_at,
        payload=entry.payload,
    )


def _subject(entry: OutboxEntry) -> Any:
    """The typed event, or a timer's payload."""
    if entry.kind is EntryKind.TIMER:
        return entry.payload
    return events.read(entry.name, entry.version, entry.payload)
