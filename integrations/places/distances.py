"""How far countries are apart: between the nearest of their cities that have a time zone.

The coordinates are those of `zone.tab` in the time zone database, which is in the public domain.
"""

import re
from functools import cache
from importlib.resources import files

from domain.spots import Spot

COORDINATES = re.compile(r"([+-]\d{4}(?:\d{2})?)([+-]\d{5}(?:\d{2})?)")


@cache
def cities() -> dict[str, list[Spot]]:
    """The cities of each country (ISO 3166)."""
    found: dict[str, list[Spot]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text().splitlines():
        if line and not line.startswith("#"):
            country, coordinates, *_ = line.split("\t")
            found.setdefault(country, []).append(spot(coordinates))
    return found


@cache
def between(one: str, other: str) -> float | None:
    """Kilometres from one country to another at least; None for a country that has no city."""
    if one == other:
        return 0.0
    ways = (a.kilometres_to(b) for a in cities().get(one, ()) for b in cities().get(other, ()))
    return min(ways, default=None)


def spot(coordinates: str) -> Spot:
    """Read ISO 6709, `+404251-0740023`. Raises `ValueError`."""
    written = COORDINATES.fullmatch(coordinates)
    if written is None:
        raise ValueError(f"{coordinates!r} are no coordinates")
    return Spot(_degrees(written[1], 2), _degrees(written[2], 3))


def _degrees(written: str, width: int) -> float:
    sign, digits = (-1 if written[0] == "-" else 1), written[1:]
    minutes, seconds = digits[width : width + 2], digits[width + 2 :] or "0"
    return sign * (int(digits[:width]) + int(minutes) / 60 + int(seconds) / 3600)
