"""The relay: moves what is due from the outbox to deliveries, and from there to the queue.

It runs as the system role and holds nothing in memory: any number may run, and any may die at any
moment.
"""

import asyncio
import logging
from contextlib import suppress

from deskbell.queue import DeliveryQueue
from domain.clock import Clock
from domain.ids import Ids
from plugins.dispatch import claim_due
from plugins.fanout import fan_out
from plugins.pace import Pace
from plugins.registry import Registry

log = logging.getLogger(__name__)

# Enough to keep round trips rare, few enough that a batch's locks last milliseconds.
BATCH = 500


class Relay:
    """One loop that polls, and is woken by nudges."""

    def __init__(
        self, registry: Registry, queue: DeliveryQueue, clock: Clock, ids: Ids, pace: Pace
    ) -> None:
        self._registry = registry
        self._queue = queue
        self._clock = clock
        self._ids = ids
        self._pace = pace
        self._nudged = asyncio.Event()

    async def run(self) -> None:
        """Relay until cancelled; no fault of database or queue ends it."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._listen())
            tasks.create_task(self._work())

    async def turn(self) -> bool:
        """Hand on one batch; returns whether there may be more."""
        handed = await fan_out(self._registry, self._ids, self._clock.now(), BATCH)
        await self._queue.check()
        due = await claim_due(self._clock.now(), self._pace.queue_lease, BATCH)
        if due:
            await self._queue.put(due, self._clock.now())
        return BATCH in (handed, len(due))

    async def _work(self) -> None:
        while True:
            # Cleared first: a nudge during the turn must lead to another one.
            self._nudged.clear()
            if not await self._careful_turn():
                await self._rest()

    async def _careful_turn(self) -> bool:
        try:
            return await self.turn()
        except Exception as fault:
            log.warning("The relay was held up: %s", type(fault).__name__)
            # Nudges must not make it spin while a server is away.
            await asyncio.sleep(self._pace.poll.total_seconds())
            return False

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pace.poll.total_seconds()):
                await self._nudged.wait()

    async def _listen(self) -> None:
        while True:
            try:
                async for _ in self._queue.nudges():
                    self._nudged.set()
            except Exception as fault:
                log.warning("The relay hears no nudges: %s", type(fault).__name__)
            await asyncio.sleep(self._pace.poll.total_seconds())
