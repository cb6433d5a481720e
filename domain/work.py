"""One unit of work: one tenant, one actor, one transaction, and the events it caused."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.backends.base.client import TransactionalDBClient

from domain.clock import Clock, SystemClock
from domain.database import tenant_transaction
from domain.encryption import MasterKey
from domain.events import Event
from domain.ids import Ids, RandomIds
from domain.keyring.keys import KeyStore, TenantKeys
from domain.outbox import Outbox, Timer
from domain.ports import transaction_guard
from domain.scope import Scope

Nudge = Callable[[], Awaitable[None]]


@dataclass
class UnitOfWork:
    """What a service is given to work with."""

    scope: Scope
    connection: TransactionalDBClient
    keys: TenantKeys
    now: datetime
    ids: Ids
    events: list[Event] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)

    @property
    def tenant_id(self) -> UUID:
        """Whose work this is."""
        return self.scope.tenant_id

    def savepoint(self) -> AbstractAsyncContextManager[Any]:
        """What is done inside is undone by an error; what the unit did before it stays."""
        return self.connection._in_transaction()

    def new_id(self) -> UUID:
        """An identifier for a row made now."""
        return self.ids.new(self.now)

    def require(self, permission: str) -> None:
        """Raise `Forbidden` unless the actor may."""
        self.scope.require(permission)

    def record(self, event: Event) -> None:
        """Say what happened; it is stored with the change and delivered after it."""
        self.events.append(event)

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
        outbox = Outbox(self.connection, self.tenant_id)
        for key in self.cancelled:
            await outbox.cancel_timer(key)
        for timer in self.timers:
            await outbox.set_timer(timer, self.new_id(), self.now)
        # Aggregates are locked in one order everywhere, so two changes cannot wait on each other.
        for event in sorted(self.events, key=lambda event: event.key):
            await outbox.add(event, self.new_id(), self.now)


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
        """Open a transaction for a scope; commit at the end, roll back on any error."""
        with transaction_guard():
            async with tenant_transaction(scope.tenant_id, read_only=read_only) as connection:
                work = self._open(scope, connection)
                yield work
                await work.flush()
        if work.events or work.timers:
            await self.nudge()

    def _open(self, scope: Scope, connection: TransactionalDBClient) -> UnitOfWork:
        now = self.clock.now()
        keys = TenantKeys(scope.tenant_id, self.key_store, self.master_key, now)
        return UnitOfWork(scope, connection, keys, now, self.ids)
