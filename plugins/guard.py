"""A wall around the code of a plugin: a deadline, a breaker, and one kind of failure.

Whoever calls a plugin for an answer (a provider, a tool, a route) calls it through this. Deliveries
have retries of their own.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from uuid import UUID

from domain.clock import Clock
from domain.errors import DomainError, Unavailable
from domain.ports import leave
from plugins.errors import PluginFailed, PluginResting
from plugins.pace import OF_ANSWERS, Tolerance

log = logging.getLogger(__name__)

T = TypeVar("T")
Work = Callable[[], Awaitable[T]]

# What is worth remembering; the rest is as good as new.
MOST_BREAKERS = 10_000


class Runner(Protocol):
    """Where the code of plugins runs."""

    async def run(self, work: Work[T], seconds: float) -> T:
        """Do it; raises `TimeoutError` when the time is over, whatever the work is doing."""


class Here:
    """On this event loop: for processes in which nobody waits on the telephone."""

    async def run(self, work: Work[T], seconds: float) -> T:
        """Do it, and cancel it when the time is over."""
        async with asyncio.timeout(seconds):
            return await work()


@dataclass
class Breaker:
    """Whether a plugin is asked at all, after it has failed again and again."""

    failures: int = 0
    opened: int = 0
    until: float = 0.0


Key = tuple[UUID, str]
"""A tenant and a plugin: others are not touched."""


@dataclass(frozen=True)
class Breakers:
    """The breakers of one process."""

    clock: Clock
    tolerance: Tolerance = OF_ANSWERS
    _known: OrderedDict[Key, Breaker] = field(default_factory=OrderedDict)

    def check(self, key: Key) -> None:
        """Raise `PluginResting` while it rests; afterwards one call may try."""
        breaker = self._known.get(key)
        if breaker is None or breaker.until == 0.0:
            return
        now = self.clock.monotonic()
        if now < breaker.until:
            raise PluginResting(key[1])
        # Whoever comes next waits for what comes of this one.
        breaker.until = now + self.tolerance.rest(breaker.opened - 1).total_seconds()

    def worked(self, key: Key) -> None:
        """It answered: all is forgotten."""
        self._known.pop(key, None)

    def failed(self, key: Key) -> bool:
        """It did not; returns whether it rests from now on."""
        breaker = self._known.setdefault(key, Breaker())
        self._known.move_to_end(key)
        if len(self._known) > MOST_BREAKERS:
            self._known.popitem(last=False)
        breaker.failures += 1
        if breaker.failures < self.tolerance.failures:
            return False
        breaker.until = self.clock.monotonic() + self.tolerance.rest(breaker.opened).total_seconds()
        breaker.opened += 1
        return True


@dataclass(frozen=True)
class Guard:
    """Calls one plugin for one tenant."""

    key: Key
    breakers: Breakers
    runner: Runner

    async def call(self, work: Work[T], seconds: float) -> T:
        """What it answers. Its refusals (domain errors) are answers too.

        Raises `PluginResting`, and `PluginFailed` for whatever else goes wrong.
        """
        leave()
        self.breakers.check(self.key)
        try:
            answer = await self.runner.run(work, seconds)
        except Unavailable:
            self._note("Unavailable")
            raise
        except DomainError:
            self.breakers.worked(self.key)
            raise
        except Exception as fault:
            self._note(type(fault).__name__)
            # Never the message: it may repeat what a caller said.
            raise PluginFailed(self.key[1], type(fault).__name__) from None
        self.breakers.worked(self.key)
        return answer

    def _note(self, kind: str) -> None:
        resting = self.breakers.failed(self.key)
        log.warning("Plugin %s failed: %s%s", self.key[1], kind, ", it rests" * resting)
