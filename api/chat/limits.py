"""How much one visitor may write."""

from collections import deque
from dataclasses import dataclass, field

from domain.clock import Clock
from domain.errors import RateLimited


@dataclass(frozen=True)
class ChatLimits:
    """Sizes in characters, times in seconds."""

    longest_message: int = 4_000
    idle_seconds: float = 900
    messages: int = 20
    within_seconds: float = 30


@dataclass
class Pace:
    """Counts one visitor's messages in a sliding window."""

    limits: ChatLimits
    clock: Clock
    _times: deque[float] = field(default_factory=deque)

    def count(self) -> None:
        """Count a message. Raises `RateLimited`."""
        now = self.clock.monotonic()
        while self._times and now - self._times[0] >= self.limits.within_seconds:
            self._times.popleft()
        if len(self._times) >= self.limits.messages:
            wait = self.limits.within_seconds - (now - self._times[0])
            raise RateLimited("Please write a little more slowly", retry_after=wait)
        self._times.append(now)
