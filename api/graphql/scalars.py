"""The few scalars of the schema, and money."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NewType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import strawberry
from pydantic import TypeAdapter
from strawberry.types.scalar import ScalarDefinition

TimeZone = NewType("TimeZone", str)
PhoneNumber = NewType("PhoneNumber", str)
EmailAddress = NewType("EmailAddress", str)
Url = NewType("Url", str)
BigInt = NewType("BigInt", int)

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Punctuation people write numbers with; which number it is depends on the tenant's country.
PHONE = re.compile(r"\+?[\d\s().\-/]{3,32}")

_durations = TypeAdapter(timedelta)


def write_instant(moment: datetime) -> str:
    """An instant in UTC, to the microsecond: `2026-11-16T15:00:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_instant(value: Any) -> datetime:
    """An instant; a local time without its offset is refused, for it could be any of many."""
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError("A DateTime needs an offset, such as Z or -05:00")
    try:
        return moment.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError("That DateTime is beyond the calendar") from problem


def read_duration(value: Any) -> timedelta:
    """A length of time in ISO 8601, such as `PT30M`."""
    text = _text(value)
    if "P" not in text:
        raise ValueError("Write a Duration as ISO 8601, such as PT30M")
    return _durations.validate_python(text)


def write_duration(length: timedelta) -> str:
    """A length of time in ISO 8601."""
    written: str = _durations.dump_python(length, mode="json")
    return written


def read_time_zone(value: Any) -> str:
    """A name of the IANA time zone database."""
    try:
        return ZoneInfo(_text(value)).key
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ValueError(f"No time zone {value!r}") from problem


def read_url(value: Any) -> str:
    """An absolute web address."""
    text = _text(value)
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise ValueError(f"{text!r} is not an http or https address")
    return text


def _matching(pattern: re.Pattern[str], noun: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        text = _text(value).strip()
        if not pattern.fullmatch(text):
            raise ValueError(f"{text!r} is not {noun}")
        return text

    return read


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("Write it as a string")  # becomes a GraphQL error
    return value


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant, ISO 8601 with an offset; always answered in UTC.",
        serialize=write_instant,
        parse_value=read_instant,
    ),
    timedelta: strawberry.scalar(
        name="Duration",
        description="A length of time, ISO 8601: `PT30M`.",
        serialize=write_duration,
        parse_value=read_duration,
    ),
    TimeZone: strawberry.scalar(
        name="TimeZone",
        description="A name of the IANA time zone database: `America/New_York`.",
        parse_value=read_time_zone,
    ),
    PhoneNumber: strawberry.scalar(
        name="PhoneNumber",
        description="A telephone number; answered as E.164, `+12125550142`.",
        parse_value=_matching(PHONE, "a telephone number"),
    ),
    EmailAddress: strawberry.scalar(
        name="EmailAddress",
        description="An e-mail address.",
        parse_value=_matching(EMAIL, "an e-mail address"),
    ),
    BigInt: strawberry.scalar(
        name="BigInt", description="A whole number that may need more than 32 bits.", serialize=int
    ),
    Url: strawberry.scalar(
        name="Url", description="An absolute http or https address.", parse_value=read_url
    ),
}


@strawberry.type
class Money:
    """An amount of money in whole minor units: 12000 USD is 120 dollars."""

    amount_minor: int
    currency: str = strawberry.field(description="ISO 4217 code.")
