"""Opening hours as they are given, checked and stored."""

from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from domain.business.profile import OpenHours
from domain.errors import InvalidInput


def open_hours(weekday: int, opens: time, closes: time) -> OpenHours:
    """Hours of one weekday (Monday is 0). Raises `InvalidInput`."""
    try:
        return OpenHours(weekday=weekday, opens=opens, closes=closes)
    except ValidationError as problem:
        raise InvalidInput.at("hours", str(problem.errors()[0]["msg"])) from problem


def stored_hours(hours: Sequence[OpenHours]) -> list[dict[str, Any]]:
    """Hours as they are stored, in order of the week. Raises `InvalidInput` if they overlap."""
    ordered = sorted(hours, key=lambda span: (span.weekday, span.opens))
    for one, next_ in pairwise(ordered):
        if one.weekday == next_.weekday and next_.opens < one.closes:
            raise InvalidInput.at(
                "hours", f"Hours overlap at {next_.opens:%H:%M} on weekday {one.weekday}", "OVERLAP"
            )
    return [span.model_dump(mode="json") for span in ordered]


def known_zone(name: str) -> str:
    """The name of a time zone. Raises `InvalidInput` if there is none of that name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise InvalidInput.at("timezone", f"No time zone {name!r}", "UNKNOWN_ZONE") from problem
    return name
