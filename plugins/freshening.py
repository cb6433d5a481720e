"""Looking again at calendars while somebody waits on the telephone: briefly, or in the background.

What is known of a calendar is used at once when it is fresh. When it is not, whoever asks waits for
a fraction of a second; what comes later than that serves the next one who asks.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from uuid import UUID

from domain.calendars.ports import CalendarProvider
from domain.calendars.repository import CalendarLinks
from domain.scope import Scope
from domain.work import UnitsOfWork
from plugins import calendar_sync
from plugins.providers import Providers
from tenants.service import job_scope

log = logging.getLogger(__name__)

JOB = "calendars"
# Somebody who waits on the telephone takes a pause of this length, in seconds, for thinking.
BUDGET = 0.3
# What was seen so lately counts as it is.
FRESH = timedelta(seconds=60)


@dataclass(frozen=True)
class Freshening:
    """Implements `BusyTimes`; made once per process."""

    unit_of_work: UnitsOfWork
    providers: Providers
    budget: float = BUDGET
    begun: set[asyncio.Task[list[asyncio.Task[bool]]]] = field(default_factory=set)
    """Who is finding out what to look at: a task that nobody holds may be forgotten."""
    _running: dict[UUID, asyncio.Task[bool]] = field(default_factory=dict)
    """By calendar: however many ask, it is read once at a time."""

    async def freshen(self, scope: Scope, resource_ids: Sequence[UUID]) -> None:
        """Look again at what was not looked at lately; never raises, never takes long."""
        beginning = asyncio.create_task(self._begin(scope, resource_ids))
        self.begun.add(beginning)
        beginning.add_done_callback(self.begun.discard)
        try:
            async with asyncio.timeout(self.budget):
                running = await asyncio.shield(beginning)
                if running:
                    await asyncio.wait(running)
        except TimeoutError:
            return
        except Exception as fault:
            log.warning("Calendars were not looked at: %s", type(fault).__name__)

    async def settled(self) -> None:
        """Wait for what goes on in the background."""
        while self._running:
            await asyncio.wait(self._running.values())

    async def _begin(self, scope: Scope, resource_ids: Sequence[UUID]) -> list[asyncio.Task[bool]]:
        work = await job_scope(scope.tenant_id, JOB)
        async with self.unit_of_work(work, read_only=True) as uow:
            rows = await CalendarLinks(uow).unseen_since(resource_ids, uow.now - FRESH)
            port: type[CalendarProvider] = CalendarProvider  # type: ignore[type-abstract]
            chosen = await self.providers.of(uow, port) if rows else []
        providers = {each.plugin: each.provider for each in chosen}
        return [
            self._look(work, providers[row.plugin], row.id)
            for row in rows
            if row.plugin in providers
        ]

    def _look(self, scope: Scope, provider: CalendarProvider, link_id: UUID) -> asyncio.Task[bool]:
        if link_id not in self._running:
            open = partial(self.unit_of_work, scope)
            task = asyncio.create_task(calendar_sync.look(open, provider, link_id))
            task.add_done_callback(lambda done: self._over(link_id, done))
            self._running[link_id] = task
        return self._running[link_id]

    def _over(self, link_id: UUID, done: asyncio.Task[bool]) -> None:
        self._running.pop(link_id, None)
        if not done.cancelled() and (fault := done.exception()):
            log.warning("A calendar was not looked at: %s", type(fault).__name__)
