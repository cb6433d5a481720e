"""Telephone numbers, always kept as E.164 (`+15550100`)."""

import phonenumbers

from domain.errors import InvalidInput


def normalise(number: str, region: str) -> str:
    """Turn what a person wrote or said into E.164, or raise `InvalidInput`."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException as problem:
        raise InvalidInput.at("phone", f"{number!r} is not a telephone number") from problem
    if not phonenumbers.is_possible_number(parsed):
        raise InvalidInput.at("phone", f"{number!r} cannot be a telephone number in {region}")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def known_region(region: str) -> str:
    """A country (ISO 3166) whose telephone numbers can be read. Raises `InvalidInput`."""
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise InvalidInput.at(
            "region", f"{region!r} is not a country, such as US or GB", "UNKNOWN_REGION"
        )
    return region


def masked(e164: str) -> str:
    """The number as logs may show it: `+1•••••••42`."""
    return f"{e164[:2]}{'•' * max(0, len(e164) - 4)}{e164[-2:]}"


def national(e164: str) -> str:
    """The number without the code of its country."""
    return phonenumbers.national_significant_number(phonenumbers.parse(e164, None))


def same_number(written: str, e164: str, region: str) -> bool:
    """Whether what somebody wrote, as in that country, is this number."""
    try:
        return normalise(written, region) == e164
    except InvalidInput:
        return False
