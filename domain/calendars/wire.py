"""How services of calendars are asked: in JSON, as a connected account; and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol
from uuid import UUID

from domain.calendars.ports import AskedTooMuch, CalendarGone, CalendarRefused
from domain.errors import DomainError, Unavailable
from domain.outgoing import seconds_asked

# Seconds: where a service does not say how long to wait, and at the most.
USUAL_PAUSE, LONGEST_PAUSE = 30.0, 3600.0
# More than a year of a full calendar; a list that never ends is a fault over there.
MOST_PAGES = 200


@dataclass(frozen=True)
class Ask:
    """A request; the path begins at the address of the service, or is a link that it gave."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    """With names in small letters."""
    body: dict[str, Any]
    """{} if there is none."""

    @property
    def is_success(self) -> bool:
        """Whether it was done."""
        return 200 <= self.status < 300

    def pause(self, now: datetime) -> float | None:
        """How many seconds to wait, if it says so."""
        seconds = seconds_asked(self.headers, LONGEST_PAUSE)
        if seconds is not None:
            return seconds
        try:
            until = parsedate_to_datetime(self.headers.get("retry-after", ""))
        except ValueError:
            return None
        left = (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds()
        return min(max(left, 1.0), LONGEST_PAUSE)


def utc(at: datetime) -> str:
    """An instant as services of calendars are asked about it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Wire(Protocol):
    """Whoever asks a service with the tokens of an account."""

    async def ask(self, account: UUID | None, ask: Ask) -> Said:
        """Send a request; whatever is answered but a refusal of our token is an answer.

        Raises `NotConnected`, `NeedsConsent` and `Unavailable`.
        """


def done(said: Said, now: datetime) -> dict[str, Any]:
    """What was answered.

    Raises `AskedTooMuch`, `CalendarRefused`, `CalendarGone` and `Unavailable`.
    """
    if said.is_success:
        return said.body
    raise _fault(said, now)


def _fault(said: Said, now: datetime) -> DomainError:
    pause = said.pause(now)
    if said.status == 429 or (said.status == 403 and _is_limit(said)):
        return AskedTooMuch(pause or USUAL_PAUSE)
    if said.status in (404, 410):
        return CalendarGone()
    if said.status >= 500:
        return AskedTooMuch(pause) if pause else Unavailable("The calendar does not answer")
    return CalendarRefused(f"status_{said.status}")


def _is_limit(said: Said) -> bool:
    """Whether a refusal is about how much was asked: Google says that with 403 too."""
    error = said.body.get("error")
    told = error.get("errors") if isinstance(error, dict) else None
    reasons = [each.get("reason") for each in told or () if isinstance(each, dict)]
    return any(str(each).endswith("LimitExceeded") for each in reasons) or (
        "quotaExceeded" in reasons
    )
