"""What a handler is given beside the event."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel

from domain.clock import Clock
from domain.errors import Unavailable
from domain.messages.ports import Mailer
from domain.scope import Actor, ActorKind, Scope, TenantFacts
from domain.work import UnitOfWork, UnitsOfWork
from integrations.http_out import Outbound
from plugins import attempts
from plugins.attempts import Attempt, Result
from plugins.connections.accounts import Accounts
from plugins.errors import Flooding
from plugins.routes import PluginLinks

# Events and timers of one attempt: one event led to more by mistake only.
MOST_CAUSED = 500


@dataclass(frozen=True)
class Occurrence:
    """What the outbox knows of an event: its number among those of its aggregate, and when."""

    id: UUID
    name: str
    version: int
    key: str
    sequence: int
    at: datetime
    payload: dict[str, Any]


class EventRenderer(Protocol):
    """Answers a GraphQL document about one event, as `{"data": …, "errors": […]}`."""

    async def render(self, scope: Scope, document: str, occurrence: Occurrence) -> dict[str, Any]:
        """Answer it with the permissions of the scope; leaves no unit of work open."""


class NothingRendered:
    """Where a process has no GraphQL: there is nothing to answer documents with."""

    async def render(self, scope: Scope, document: str, occurrence: Occurrence) -> dict[str, Any]:
        """Refuse."""
        raise Unavailable("This process answers no GraphQL documents")


@dataclass
class Settlement:
    """Whether and how the attempt that is being made has ended."""

    attempt: Attempt
    clock: Clock
    started: float
    is_done: bool = False
    caused: int = 0
    """How many events and timers the attempt has led to."""

    def result(self, error: str = "") -> Result:
        """How the attempt went, up to now."""
        return Result(round((self.clock.monotonic() - self.started) * 1000), error)


@dataclass(frozen=True)
class PluginContext:
    """One delivery to one handler, as that handler sees it; settings are the plugin's model."""

    delivery_id: UUID
    """The same at every attempt: the idempotency key of effects outside."""
    settings: BaseModel
    recipient: str
    """Who it is for, where the handler has several recipients; empty otherwise."""
    occurrence: Occurrence
    mailer: Mailer
    http: Outbound
    accounts: Accounts
    """Accounts elsewhere that the business has connected."""
    log: logging.LoggerAdapter[logging.Logger]
    _scope: Scope = field(repr=False)
    _unit_of_work: UnitsOfWork = field(repr=False)
    _settlement: Settlement = field(repr=False)
    _renderer: EventRenderer = field(repr=False)
    _links: PluginLinks | None = field(default=None, repr=False)

    def url(self, path: str) -> str:
        """The tenant's own address of a route of the plugin, to be told to somebody outside.

        Raises `Unavailable` where the process does not know its address.
        """
        if self._links is None:
            raise Unavailable("This process does not know where it is reached")
        return self._links.url(self._scope.actor.id, path, self.tenant_id)

    @property
    def attempt(self) -> int:
        """The number of this attempt."""
        return self._settlement.attempt.number

    @property
    def milliseconds(self) -> int:
        """How long this attempt has taken up to now."""
        return self._settlement.result().milliseconds

    @property
    def tenant(self) -> TenantFacts:
        """The business it is about."""
        return self._scope.tenant

    @property
    def tenant_id(self) -> UUID:
        """Its id."""
        return self._scope.tenant_id

    @property
    def clock(self) -> Clock:
        """What time it is outside."""
        return self._unit_of_work.clock

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work of its own, committed whatever becomes of the delivery.

        Raises `Flooding`, and keeps nothing, if a plugin makes too much happen at once.
        """
        async with self._unit_of_work(self._scope) as uow:
            yield uow
            self._bound(uow)

    def _bound(self, uow: UnitOfWork) -> None:
        if self._scope.actor.kind is not ActorKind.PLUGIN:
            return
        self._settlement.caused += len(uow.events) + len(uow.timers)
        if self._settlement.caused > MOST_CAUSED:
            raise Flooding(MOST_CAUSED)

    async def render(
        self, document: str, permissions: frozenset[str], actor: Actor | None = None
    ) -> dict[str, Any]:
        """Answer a GraphQL document about the event, with these permissions and no others.

        What it shows is on record as seen by the actor; by the plugin, if none is named.
        """
        scope = replace(self._scope, permissions=permissions, actor=actor or self._scope.actor)
        return await self._renderer.render(scope, document, self.occurrence)

    @asynccontextmanager
    async def settle(self) -> AsyncIterator[UnitOfWork]:
        """The unit of work in which the delivery counts as done: its effect happens once.

        Raises `Superseded`, and keeps nothing, if another attempt was faster.
        """
        async with self._unit_of_work(self._scope) as uow:
            await attempts.done(uow, self._settlement.attempt, self._settlement.result())
            yield uow
            self._bound(uow)
        self._settlement.is_done = True
