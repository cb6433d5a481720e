"""What watching needs to know of the world."""

from typing import Protocol


class Places(Protocol):
    """Where networks are, from what is at hand on this machine: nobody outside is asked."""

    def apart(self, one: str, other: str) -> float | None:
        """Kilometres that lie at least between two networks; None if one of them is unknown."""


class Nowhere:
    """Where nothing is known of networks: nobody travels."""

    def apart(self, one: str, other: str) -> float | None:
        """Nothing is known."""
        return None
