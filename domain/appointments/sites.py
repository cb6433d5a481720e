"""Where a visit takes place that does not take place at the business, and the ways between.

How long a way takes is told by a `TravelTimes`. The one of ours reckons from settings and is the
same every time. A service of routes takes its place by bringing one that was filled beforehand:
nobody is asked while a booking is being decided.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Protocol

from domain.business.profile import TravelRules
from domain.errors import InvalidInput
from domain.spots import Spot

# "SW1A 1AA", and "12345-6789", with room for what is longer elsewhere.
SHORTEST_POSTCODE, LONGEST_POSTCODE = 2, 12
# What is farther is not reached on the same day; and so far around a visit others are looked at.
LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class Site:
    """A place of a customer's, as it is known by its postcode."""

    postcode: str
    """In capitals, without spaces."""
    spot: Spot | None = None
    """Somewhere in the middle of it; None where that is not known."""

    @classmethod
    def read(cls, postcode: str, spot: str | None) -> "Site":
        """One as it was kept."""
        if not spot:
            return cls(postcode)
        latitude, longitude = spot.split(" ")
        return cls(postcode, Spot(float(latitude), float(longitude)))

    @property
    def spot_kept(self) -> str | None:
        """The spot as it is kept: degrees of latitude and longitude."""
        return f"{self.spot.latitude:.4f} {self.spot.longitude:.4f}" if self.spot else None


class TravelTimes(Protocol):
    """Whoever knows how long ways take. The way back takes as long."""

    def between(self, one: Site | None, other: Site | None) -> timedelta:
        """From one visit to the other, `LONGEST` at most; None is a place that is not known."""


@dataclass(frozen=True)
class Reckoned:
    """Implements `TravelTimes`: as the crow flies, with detours, at an even speed."""

    rules: TravelRules

    def between(self, one: Site | None, other: Site | None) -> timedelta:
        """The minutes of every way, and those for its length, in whole minutes."""
        rules = self.rules
        if one is not None and other is not None:
            if one.postcode == other.postcode:
                return timedelta(minutes=rules.fixed_minutes)
            if one.spot is not None and other.spot is not None:
                way = one.spot.kilometres_to(other.spot) * rules.detour_percent / 100
                driven = ceil(60 * way / rules.speed_kmh)
                return min(timedelta(minutes=rules.fixed_minutes + driven), LONGEST)
        return timedelta(minutes=rules.unknown_minutes)


def plain_postcode(given: str) -> str:
    """A postcode in capitals without spaces. Raises `InvalidInput`."""
    plain = "".join(given.upper().split())
    fits = SHORTEST_POSTCODE <= len(plain) <= LONGEST_POSTCODE
    if not fits or not plain.replace("-", "").isalnum():
        raise InvalidInput.at("postcode", "A postcode is letters and digits")
    return plain
