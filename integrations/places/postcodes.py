"""Where a postcode is, by a table that a package brings along: ZIP codes of the United States.

Whatever is not in it is known by its letters alone.
"""

from functools import lru_cache

import zipcodes

from domain.appointments.sites import Site, plain_postcode
from domain.spots import Spot

ZIP_DIGITS = 5
# About a hundred metres: a middle is no address.
DECIMALS = 3
MOST_REMEMBERED = 4096


def site_of(postcode: str, region: str) -> Site:
    """The place of a customer in a country (ISO 3166). Raises `InvalidInput`."""
    plain = plain_postcode(postcode)
    digits = plain[:ZIP_DIGITS]
    is_zip = region == "US" and len(digits) == ZIP_DIGITS and digits.isdecimal()
    return Site(plain, _middle(digits) if is_zip else None)


@lru_cache(maxsize=MOST_REMEMBERED)
def _middle(digits: str) -> Spot | None:
    for found in zipcodes.matching(digits):  # type: ignore[no-untyped-call]  # it has no types
        try:
            latitude, longitude = float(found["lat"]), float(found["long"])
        except (KeyError, TypeError, ValueError):
            continue
        # Where nobody knows, as of military mail, the table says zero.
        if latitude or longitude:
            return Spot(round(latitude, DECIMALS), round(longitude, DECIMALS))
    return None
