"""Hours of the week as they are given, checked and stored."""

from collections.abc import Sequence
from datetime import time
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from domain.errors import InvalidInput


class OpenHours(BaseModel):
    """Hours of one weekday (Monday is 0), in the time of the place; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weekday: Annotated[int, Field(ge=0, le=6)]
    opens: time
    closes: time

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> "OpenHours":
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes; write a night shift as two days")
        return self


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


def hours_of(stored: list[dict[str, Any]]) -> tuple[OpenHours, ...]:
    """Hours as they are stored, as values."""
    return tuple(OpenHours.model_validate(span) for span in stored)
