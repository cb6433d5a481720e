"""One push to one device (RFC 8030), and what the answer means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from domain.errors import Unavailable
from domain.outgoing import Fetched, seconds_asked
from integrations.web_push.encryption import Device, encrypted
from integrations.web_push.vapid import Vapid

# The browser unsubscribed, or the service threw the subscription away (RFC 8030, 7.3).
GONE = frozenset({404, 410})
TOO_MANY, BUSY = 429, 500
# Where nobody says how long to wait, and at the most.
USUAL_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


class PushGone(Exception):
    """There is no such subscription any more."""


class PushRefused(Exception):
    """The service does not take it, and would not at another time; `why` is a short code."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The push service refuses what is sent to it ({why})")
        self.why = why


class PushLater(Exception):
    """The service wants to be left alone for a while."""

    def __init__(self, pause: timedelta) -> None:
        super().__init__("The push service asks for patience")
        self.pause = pause


class Urgency(StrEnum):
    """Whether a device is woken for it (RFC 8030, 5.3)."""

    HIGH = "high"
    LOW = "low"
    NORMAL = "normal"


@dataclass(frozen=True)
class Push:
    """What a device is told, and for how long the service keeps it where the device is off."""

    body: bytes
    topic: str
    """What replaces what: of one topic a device gets the last only. At most 32 letters."""
    lasts: timedelta
    urgency: Urgency = Urgency.NORMAL


class WayOut(Protocol):
    """Posts to addresses that members name: bounded, and never into our own network."""

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Fetched:
        """Send a body. Raises `Unavailable`, and `PushRefused` for one that may not be called."""


@dataclass(frozen=True)
class PushClient:
    """Pushes in the name of one deployment."""

    vapid: Vapid

    async def push(self, out: WayOut, device: Device, push: Push, now: datetime) -> None:
        """Hand it to the service. Raises `PushGone`, `PushRefused`, `PushLater`, `Unavailable`."""
        body = encrypted(push.body, device)
        answer = await out.post(device.endpoint, self._headers(device, push, now), body)
        if not 200 <= answer.status < 300:
            raise _fault(answer)

    def _headers(self, device: Device, push: Push, now: datetime) -> Mapping[str, str]:
        return {
            "Authorization": self.vapid.authorization(device.endpoint, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(push.lasts.total_seconds())),
            "Topic": push.topic,
            "Urgency": push.urgency.value,
        }


def _fault(answer: Fetched) -> Exception:
    if answer.status in GONE:
        return PushGone()
    if answer.status == TOO_MANY:
        seconds = seconds_asked(answer.headers, LONGEST_PAUSE.total_seconds())
        return PushLater(USUAL_PAUSE if seconds is None else timedelta(seconds=seconds))
    if answer.status >= BUSY:
        return Unavailable(f"The push service answers {answer.status}")
    return PushRefused(f"HTTP_{answer.status}")
