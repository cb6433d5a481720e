"""What media processes share, for those that all live in this one."""

from dataclasses import dataclass, field
from datetime import timedelta

from domain.clock import Clock
from domain.errors import Unavailable


@dataclass
class RememberedBoard:
    """Keeps notes in memory; `lost` makes it unreachable."""

    clock: Clock
    lost: bool = False
    _places: dict[tuple[str, str], float] = field(default_factory=dict)
    _notes: dict[str, tuple[float, bytes]] = field(default_factory=dict)

    async def occupy(self, machine: str, call_id: str, *, most: int, keep: timedelta) -> bool:
        """Take or renew a place, unless `most` others hold one."""
        others = self._held(machine) - {(machine, call_id)}
        if (machine, call_id) not in self._held(machine) and len(others) >= most:
            return False
        self._places[machine, call_id] = self._now() + keep.total_seconds()
        return True

    async def vacate(self, machine: str, call_id: str) -> None:
        """Give a place back."""
        self._look()
        self._places.pop((machine, call_id), None)

    async def occupied(self, machine: str) -> int:
        """How many places are held."""
        return len(self._held(machine))

    async def pin(self, name: str, note: bytes, *, keep: timedelta) -> None:
        """Leave a note."""
        self._look()
        self._notes[name] = (self._now() + keep.total_seconds(), note)

    async def take(self, name: str) -> bytes | None:
        """Take a note down."""
        self._look()
        return self._notes.pop(name, (0.0, None))[1]

    async def holds(self, name: str) -> bool:
        """Whether a note is there."""
        self._look()
        return name in self._notes

    def _held(self, machine: str) -> set[tuple[str, str]]:
        self._look()
        return {place for place in self._places if place[0] == machine}

    def _look(self) -> None:
        if self.lost:
            raise Unavailable("the board is lost")
        now = self._now()
        self._places = {place: until for place, until in self._places.items() if until > now}
        self._notes = {name: note for name, note in self._notes.items() if note[0] > now}

    def _now(self) -> float:
        return self.clock.monotonic()


class RememberedOnce:
    """Knows in memory what was there before."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    async def first_time(self, key: str, *, keep: timedelta) -> bool:
        """Whether a key is new."""
        new = key not in self._seen
        self._seen.add(key)
        return new
