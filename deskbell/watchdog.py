"""Sees that an event loop is blocked, from a thread beside it, and has the process replaced.

A handler that waits is cancelled when its time is over; one that blocks the loop cannot be. The
process ends, its supervisor starts another, the delivery counts as lost, and the plugin rests.
"""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from domain.clock import Clock

log = logging.getLogger(__name__)

# What a supervisor is told (EX_TEMPFAIL): start it again.
BLOCKED = 75


def end_process() -> None:
    """End at once: whoever blocks the loop would never let it end well."""
    os._exit(BLOCKED)


@dataclass(frozen=True)
class Watchdog:
    """Watches one loop."""

    clock: Clock
    patience: float = 30.0
    """Seconds without a sign of life; longer than any garbage collection."""
    beat: float = 1.0
    """Seconds between signs of life."""
    end: Callable[[], None] = end_process
    at_work: Callable[[], list[str]] = list
    """What the process is doing, for the log."""
    _over: threading.Event = field(default_factory=threading.Event)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Watch the loop that runs this, for as long as it lasts."""
        seen = [self.clock.monotonic()]
        beating = asyncio.create_task(self._beat(seen))
        threading.Thread(target=self._watch, args=[seen], name="watchdog", daemon=True).start()
        try:
            yield
        finally:
            self._over.set()
            beating.cancel()

    async def _beat(self, seen: list[float]) -> None:
        while True:
            seen[0] = self.clock.monotonic()
            await asyncio.sleep(self.beat)

    def _watch(self, seen: list[float]) -> None:
        while not self._over.wait(self.beat):
            if self.clock.monotonic() - seen[0] > self.patience:
                log.critical("The event loop is blocked while %s", ", ".join(self.at_work()))
                self.end()
                return
