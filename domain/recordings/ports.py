"""Where sealed sound is kept: a folder or an object store, seen from the core."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol


class ObjectStore(Protocol):
    """Objects under keys such as `tenant/recording/000123`.

    Every method raises `Unavailable` when the store fails, and `PortInsideTransaction` inside a
    unit of work. Reading what is not there raises `ObjectMissing`.
    """

    async def put(self, key: str, data: bytes) -> None:
        """Keep an object, whole or not at all; replaces an earlier one."""

    async def create(self, key: str, data: bytes) -> None:
        """Keep an object where there is none. Raises `ObjectExists`."""

    async def get(self, key: str) -> bytes:
        """A whole object."""

    async def range(self, key: str, start: int, stop: int) -> bytes:
        """The bytes `start` to `stop` (exclusive) of an object."""

    def stream(self, key: str) -> AsyncIterator[bytes]:
        """A whole object in pieces, for those too large to hold."""

    async def list(self, prefix: str) -> list[str]:
        """The keys below a folder, in order."""

    async def delete(self, keys: Sequence[str]) -> None:
        """Remove objects; those that are not there are no matter."""
