"""How often the API may be asked: by the key of a practice, as its documentation says.

One request a second; one in five seconds for a developer who may only read. A service that runs at
the practice itself is not throttled.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from domain.clock import Clock

Sleep = Callable[[float], Awaitable[None]]
MOST_HELD = 1000


@dataclass
class Pace:
    """Lets one request after the other go, each some seconds after the last."""

    clock: Clock
    sleep: Sleep
    next_at: float = 0.0

    async def turn(self, seconds: float) -> None:
        """Wait until it is our turn."""
        now = self.clock.monotonic()
        # Taken before anybody else may run: whoever asks meanwhile comes later.
        at = max(now, self.next_at)
        self.next_at = at + seconds
        if at > now:
            await self.sleep(at - now)


@dataclass
class Paces:
    """The paces of one process, by practice."""

    sleep: Sleep = asyncio.sleep
    held: dict[str, Pace] = field(default_factory=dict)

    def of(self, name: str, clock: Clock) -> Pace:
        """The pace of one practice."""
        if name not in self.held:
            if len(self.held) >= MOST_HELD:
                self.held.clear()
            self.held[name] = Pace(clock, self.sleep)
        return self.held[name]
