"""Where somebody is, as far as a telephone number tells, and whose law binds a place."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import phonenumbers

EVERYWHERE = "*"

_AREA_CODES = Path(__file__).with_name("area_codes.json")
# Countries of the North American plan whose area codes name a state or a province.
_DIVIDED = frozenset({"US", "CA"})


def bodies(jurisdiction: str, joined: Iterable[str]) -> tuple[str, ...]:
    """Those whose law binds a place: itself, its country, and what the country has joined."""
    country = country_of(jurisdiction)
    own = (jurisdiction,) if jurisdiction == country else (jurisdiction, country)
    return (*own, *joined)


def country_of(jurisdiction: str) -> str:
    """`US` of `US-CA`."""
    return jurisdiction.partition("-")[0]


def place_of_number(e164: str | None) -> str | None:
    """The state, province or country a number comes from; None if it does not tell.

    A hint and no proof: people move and keep their number, and callers can lie.
    """
    if not e164:
        return None
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return None
    country = phonenumbers.region_code_for_number(parsed)
    # `001` is a number of no country.
    if country is None or not country.isalpha():
        return None
    if country not in _DIVIDED:
        return str(country)
    return _division(str(parsed.national_number)[:3], country)


def _division(area_code: str, country: str) -> str:
    """The state or province of an area code, or the country where it names none."""
    found = _states().get(area_code, country)
    return found if country_of(found) == country else country


@cache
def _states() -> dict[str, str]:
    stored = json.loads(_AREA_CODES.read_text())["codes"]
    return {code: state for state, codes in stored.items() for code in codes}
