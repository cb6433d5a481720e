"""One unit of work: one tenant, one actor, one transaction, and the events it caused."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import TransactionalDBClient

from domain.clock import Clock, SystemClock
from domain.database import tenant_transaction, writing_transaction
from domain.encryption import MasterKey
from domain.errors import Forbidden
from domain.events import Event
from domain.ids import Ids, RandomIds
from domain.keyring.keys import KeyStore, TenantKeys
from domain.outbox import Outbox, Timer
from domain.personal import DataClass
from domain.ports import is_inside, transaction_guard
from domain.scope import Scope
from domain.trail import Trace, Trail

log = logging.getLogger(__name__)

Nudge = Callable[[], Awaitable[None]]


class _Tried(Exception):  # what undoes a try is no error
    """Undoes what was tried."""


@dataclass
class UnitOfWork:
    """What a service is given to work with."""

    scope: Scope
    connection: TransactionalDBClient
    keys: TenantKeys
    now: datetime
    ids: Ids
    events: list[Event] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)

    @property
    def real_now(self) -> datetime:
        """What time it is outside; `now` is ahead of it in a sandbox whose clock was put forward.

        The relay goes by it, so whatever is to be delivered is due in this time.
        """
        return self.now - self.scope.tenant.clock_ahead

    @property
    def tenant_id(self) -> UUID:
        """Whose work this is."""
        return self.scope.tenant_id

    def keeps(self, data_class: DataClass) -> bool:
        """Whether a conversation may leave this kind of data behind at the tenant."""
        return self.scope.tenant.privacy.keeps(data_class)

    def savepoint(self) -> AbstractAsyncContextManager[Any]:
        """What is done inside is undone by an error; what the unit did before it stays."""
        return self.connection._in_transaction()

    @asynccontextmanager
    async def only_trying(self) -> AsyncIterator[None]:
        """What is done inside is looked at and undone: rows, events and timers."""
        lists: list[list[Any]] = [self.events, self.traces, self.timers, self.cancelled]
        before = [list(each) for each in lists]
        try:
            async with self.savepoint():
                yield
                raise _Tried
        except _Tried:
            pass
        finally:
            for each, kept in zip(lists, before, strict=True):
                each[:] = kept

    def new_id(self) -> UUID:
        """An identifier for a row made now."""
        return self.ids.new(self.now)

    def require(self, permission: str, *, ends_access: bool = False) -> None:
        """Raise `Forbidden` unless the actor may; `StepUpRequired` if they must prove it first."""
        self.scope.require(permission, ends_access=ends_access)
        proof = self.scope.proof
        if proof is not None and permission in proof.guarded:
            # A person proves themselves outside, however far the clock here was put forward.
            proof.check(self.real_now)

    def record(self, event: Event) -> None:
        """Say what happened; it is stored with the change and delivered after it."""
        self.events.append(event)
        self.traces.append(Trace.of(event))

    def trace(self, trace: Trace) -> None:
        """Put on record what is no change; it is stored before this unit of work is over."""
        self.traces.append(trace)

    def schedule(
        self, job: str, *, at: datetime, key: str, payload: dict[str, Any] | None = None
    ) -> None:
        """Run a job later; replaces the timer of the same key."""
        self.timers.append(Timer(job, at, key, payload or {}))

    def cancel(self, key: str) -> None:
        """Forget the timer of that key."""
        self.cancelled.append(key)

    async def flush(self) -> None:
        """Write events and timers; called once, at the end of the transaction."""
        outbox = Outbox(self.connection, self.tenant_id, self.scope.tenant.clock_ahead)
        for key in self.cancelled:
            await outbox.cancel_timer(key)
        for timer in self.timers:
            await outbox.set_timer(timer, self.new_id(), self.now)
        # Aggregates are locked in one order everywhere, so two changes cannot wait on each other.
        for event in sorted(self.events, key=lambda event: event.key):
            await outbox.add(event, self.new_id(), self.now)

    async def put_on_record(self, connection: TransactionalDBClient) -> None:
        """Write the traces, in this transaction or in one that follows it."""
        await Trail(connection, self.scope, self.keys).add(self.traces, self.ids, self.now)


async def no_nudge() -> None:
    """Wake nobody: the relay's own poll will find the events."""


@dataclass(frozen=True)
class UnitsOfWork:
    """Opens units of work; made once by the wiring and handed to every way in."""

    master_key: MasterKey
    key_store: KeyStore
    clock: Clock = field(default_factory=SystemClock)
    ids: Ids = field(default_factory=RandomIds)
    nudge: Nudge = no_nudge

    @asynccontextmanager
    async def __call__(self, scope: Scope, *, read_only: bool = False) -> AsyncIterator[UnitOfWork]:
        """Open a transaction for a scope; commit at the end, roll back on any error.

        What was read and is to be known of is on record when this ends: only then may it leave.
        """
        try:
            async with self._reading(scope) if read_only else self._writing(scope) as work:
                yield work
        except Forbidden as refused:
            await self.refuse(scope, refused)
            raise

    async def refuse(self, scope: Scope, refused: Forbidden) -> None:
        """Put a refusal on record, once; it stays a refusal if that fails."""
        # Within another unit of work the entry would be undone with it: that one tells of it.
        if refused.on_record or is_inside():
            return
        refused.on_record = True
        try:
            async with self._writing(scope) as work:
                work.trace(Trace.of_refusal(refused.message))
        except Exception as fault:
            log.exception("A refusal is not on record", exc_info=fault)

    @asynccontextmanager
    async def _writing(self, scope: Scope) -> AsyncIterator[UnitOfWork]:
        with transaction_guard():
            began = self.clock.now()
            moment = began + scope.tenant.clock_ahead
            async with writing_transaction(scope.tenant_id, began, moment) as connection:
                work = self._open(scope, connection)
                yield work
                await work.flush()
                await work.put_on_record(connection)
        if work.events or work.timers:
            await self.nudge()

    @asynccontextmanager
    async def _reading(self, scope: Scope) -> AsyncIterator[UnitOfWork]:
        with transaction_guard():
            async with tenant_transaction(scope.tenant_id, read_only=True) as connection:
                work = self._open(scope, connection)
                yield work
                # A change that was attempted here is refused by the database, never forgotten.
                await work.flush()
            # Afterwards: whoever held two connections could starve others of their second one.
            if work.traces:
                async with tenant_transaction(scope.tenant_id) as connection:
                    await work.put_on_record(connection)

    def _open(self, scope: Scope, connection: TransactionalDBClient) -> UnitOfWork:
        now = self.clock.now() + scope.tenant.clock_ahead
        keys = TenantKeys(scope.tenant_id, self.key_store, self.master_key, now, scope.reads)
        return UnitOfWork(scope, connection, keys, now, self.ids)
