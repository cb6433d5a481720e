"""Places on earth, and how far they are apart."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Spot:
    """A place on earth, in degrees."""

    latitude: float
    longitude: float

    def kilometres_to(self, other: "Spot") -> float:
        """The way along the surface (haversine)."""
        up, over = (
            radians(other.latitude - self.latitude),
            radians(other.longitude - self.longitude),
        )
        flat = cos(radians(self.latitude)) * cos(radians(other.latitude))
        return 2 * EARTH_KM * asin(sqrt(min(1.0, sin(up / 2) ** 2 + flat * sin(over / 2) ** 2)))
