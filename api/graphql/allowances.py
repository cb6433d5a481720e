"""How much a deployment lets others ask for, in points of `costs.cost_of`."""

from dataclasses import dataclass

# A bucket holds what comes back in a hundred seconds, so that a page may open at once.
SECONDS_HELD = 100


@dataclass(frozen=True)
class Allowance:
    """Points that a bucket holds, and how many come back in a second."""

    points: int
    per_second: float

    @classmethod
    def each_minute(cls, points: int) -> "Allowance":
        """So many points a minute in the long run."""
        return cls(max(1, points * SECONDS_HELD // 60), points / 60)


@dataclass(frozen=True)
class Rates:
    """The limits of a deployment: of one operation, and of all that one asks for in a minute."""

    operation: int = 5_000
    minute: int = 6_000
    """For whoever asks; addresses and tenants, which many may share, have more."""

    @property
    def actor(self) -> Allowance:
        """For one member, key or app."""
        return Allowance.each_minute(self.minute)

    @property
    def address(self) -> Allowance:
        """For one address."""
        return Allowance.each_minute(2 * self.minute)

    @property
    def tenant(self) -> Allowance:
        """For one business."""
        return Allowance.each_minute(4 * self.minute)
