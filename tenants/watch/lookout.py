"""Noting what nobody else notes: wrong passwords, codes and keys, and very long pages.

It is written after the answer has left, for only an account or a key that exists has a business
to write it down for, and the time of an answer must not tell that.
"""

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any
from uuid import UUID

from domain.errors import DomainError
from domain.scope import Scope
from domain.work import UnitsOfWork
from tenants import sessions
from tenants.devices import Origin, network_of
from tenants.service import job_scope
from tenants.watch.models import SightingKind
from tenants.watch.repository import Sightings, home_of_key

log = logging.getLogger(__name__)

# Seconds; more than it takes to send an answer.
AFTER = 0.05
# Somebody may fill the queue of what is to be written faster than it is written.
MOST_WAITING = 1000


class Lookout:
    """Writes sightings down in the background; without units of work it sees nothing."""

    def __init__(self, unit_of_work: UnitsOfWork | None = None, *, after: float = AFTER) -> None:
        self._unit_of_work = unit_of_work
        self._after = after
        self._waiting: set[asyncio.Task[None]] = set()

    def wrong_password(self, user_id: UUID | None, origin: Origin) -> None:
        """A password of somebody was wrong, or nobody has that address."""
        if user_id is not None:
            self._later(self._wrong_password(user_id, origin.network))

    def wrong_code(self, tenant_id: UUID, user_id: UUID, origin: Origin) -> None:
        """Somebody who knows a password, or is in, could not prove who they are."""
        who = f"member:{user_id}"
        self._later(self._note(tenant_id, SightingKind.WRONG_CODE, who, origin.network))

    def wrong_key(self, key_id: UUID | None, network: str) -> None:
        """A key was refused; None if it named none."""
        if key_id is not None:
            self._later(self._wrong_key(key_id, network))

    def rows(self, scope: Scope, count: int) -> None:
        """Somebody was given a long page of a list."""
        who, network = str(scope.actor), network_of(scope.access.address)
        self._later(self._note(scope.tenant_id, SightingKind.ROWS, who, network, count))

    async def settled(self) -> None:
        """Wait until everything that was seen is written."""
        while self._waiting:
            await asyncio.gather(*self._waiting)

    def _later(self, deed: Coroutine[Any, Any, None]) -> None:
        if self._unit_of_work is None or len(self._waiting) >= MOST_WAITING:
            deed.close()
            return
        task = asyncio.create_task(self._carefully(deed))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _carefully(self, deed: Coroutine[Any, Any, None]) -> None:
        await asyncio.sleep(self._after)
        try:
            await deed
        except Exception as fault:
            log.warning("Something seen was not written: %s", type(fault).__name__)

    async def _wrong_password(self, user_id: UUID, network: str) -> None:
        for place in await sessions.workplaces(user_id):
            kind = SightingKind.WRONG_PASSWORD
            await self._note(place.tenant_id, kind, f"member:{user_id}", network)

    async def _wrong_key(self, key_id: UUID, network: str) -> None:
        tenant_id = await home_of_key(key_id)
        if tenant_id is not None:
            await self._note(tenant_id, SightingKind.WRONG_KEY, f"key:{key_id}", network)

    async def _note(
        self, tenant_id: UUID, kind: SightingKind, who: str, network: str, weight: int = 1
    ) -> None:
        assert self._unit_of_work is not None
        # A business that is gone meanwhile has nobody to tell.
        with suppress(DomainError):
            scope = await job_scope(tenant_id, "watch")
            async with self._unit_of_work(scope) as uow:
                await Sightings(uow).add(
                    kind=kind, subject=who, network=network, weight=weight, at=uow.now
                )
