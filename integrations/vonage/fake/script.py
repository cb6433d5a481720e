"""What a scripted caller does, step by step."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Say:
    """Speak: PCM at the call's sample rate."""

    pcm: bytes


@dataclass(frozen=True)
class Pause:
    """Keep silent for a while."""

    ms: int


@dataclass(frozen=True)
class Await:
    """Keep silent until the other side has spoken and is quiet; or only until it speaks."""

    speech_only: bool = False
    times: int = 1
    """How many spells of speech to hear before going on."""


@dataclass(frozen=True)
class Until:
    """Keep silent until something has happened elsewhere."""

    condition: Callable[[], object]


@dataclass(frozen=True)
class Press:
    """Press a key."""

    digit: str


@dataclass(frozen=True)
class SendRaw:
    """Send a message that a real carrier would not."""

    message: str | bytes


@dataclass(frozen=True)
class HangUp:
    """Put the phone down."""


@dataclass(frozen=True)
class Drop:
    """Lose the connection without a goodbye."""


@dataclass(frozen=True)
class Phone:
    """What happens at a telephone that the carrier rings: the statuses it reports, in order.

    `answered` connects it with the caller, who talks for `seconds`; with `cancelled` the caller has
    left; anything else ends the ringing only.
    """

    statuses: tuple[str, ...]
    seconds: float = 0.0


ANSWERS = Phone(("started", "ringing", "answered"))
BUSY = Phone(("started", "busy"))
UNANSWERED = Phone(("started", "ringing", "unanswered"))
UNREACHABLE = Phone(("started", "failed"))

Step = Say | Pause | Await | Until | Press | SendRaw | HangUp | Drop
