"""Asking services of others over HTTP: what goes out, what comes back, how long to wait."""

from collections.abc import Mapping
from typing import Any, Protocol


class Fetched(Protocol):
    """An answer, as far as we look at it."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> dict[str, str]:
        """Its headers, with names in small letters."""

    @property
    def body(self) -> bytes:
        """All of it."""


class Http(Protocol):
    """A way out: bounded in time, size and reach. Raises `Unavailable`."""

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Fetched:
        """Send a request."""


def seconds_asked(
    headers: Mapping[str, str], longest: float, header: str = "retry-after"
) -> float | None:
    """How long a service wants to be left alone, at the longest; None if it says no number."""
    said = headers.get(header, "")
    return min(float(said), longest) if said.isdecimal() else None


def objects(values: Any) -> list[dict[str, Any]]:
    """What of a list is objects."""
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
