"""Which calls this process takes, and which are on it now."""

import asyncio
from dataclasses import dataclass

from api.voice.dialogue import Call
from domain.clock import Clock

# An answered call whose audio has not arrived by then never will.
EXPECTED_SECONDS = 30


@dataclass
class _Place:
    call: Call
    since: float
    connected: bool = False


class Switchboard:
    """The calls of one media process."""

    def __init__(self, max_calls: int, clock: Clock) -> None:
        self._max_calls = max_calls
        self._clock = clock
        self._places: dict[str, _Place] = {}
        self._settled: set[str] = set()
        self._empty = asyncio.Event()
        self._empty.set()
        self.draining = False

    @property
    def calls(self) -> int:
        """Calls that hold a place: a gauge."""
        self._expire()
        return len(self._places)

    def admit(self, call: Call) -> bool:
        """Give a call a place, unless the house is full or closing."""
        self._expire()
        if self.draining or len(self._places) >= self._max_calls:
            return False
        self._places[call.id] = _Place(call, self._clock.monotonic())
        self._empty.clear()
        return True

    def connect(self, call_id: str) -> Call | None:
        """The audio of an admitted call has arrived; only once."""
        self._expire()
        place = self._places.get(call_id)
        # A second websocket for a running call would hear somebody else's caller.
        if place is None or place.connected:
            return None
        place.connected = True
        return place.call

    def settle(self, conversation: str) -> None:
        """The receptionist left in good order: a lost websocket needs no rescue."""
        self._settled.add(conversation)

    def settled(self, conversation: str) -> bool:
        """Whether the receptionist left in good order."""
        return conversation in self._settled

    def forget(self, conversation: str) -> None:
        """The carrier says that all is over."""
        self._settled.discard(conversation)

    def release(self, call_id: str) -> None:
        """The call is over."""
        self._places.pop(call_id, None)
        if not self._places:
            self._empty.set()

    async def drain(self, seconds: float) -> bool:
        """Take no more calls, and wait for the running ones; False when some remain."""
        self.draining = True
        self._expire()
        try:
            async with asyncio.timeout(seconds):
                await self._empty.wait()
        except TimeoutError:
            return False
        return True

    def _expire(self) -> None:
        latest = self._clock.monotonic() - EXPECTED_SECONDS
        lost = [
            call_id
            for call_id, place in self._places.items()
            if not place.connected and place.since < latest
        ]
        for call_id in lost:
            self.release(call_id)
