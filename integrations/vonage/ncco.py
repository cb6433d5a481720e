"""Call instructions (NCCO), built with the SDK's models so that Vonage accepts them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from vonage_voice.models import Connect, NccoAction, PhoneEndpoint, Record, Talk, WebsocketEndpoint

Ncco = list[dict[str, object]]

# Vonage's limit for the custom headers of a websocket, as JSON.
MAX_HEADER_BYTES = 512
# A caller who leaves a message is cut after this; a silence ends it sooner.
VOICEMAIL_SECONDS = 180
_VOICEMAIL_SILENCE_SECONDS = 5
RING_SECONDS = 20


class HeadersTooLong(ValueError):
    """The websocket headers exceed what Vonage carries."""


@dataclass(frozen=True)
class MediaLeg:
    """Where a call's audio goes."""

    uri: str
    sample_rate: int
    number: str
    """The number that was called, digits only."""
    event_url: str
    """Asked for new instructions when the websocket cannot be reached or is lost."""
    headers: Mapping[str, str] = field(default_factory=dict)


def connect_media(leg: MediaLeg) -> Ncco:
    """Connect the caller with our websocket; raises `HeadersTooLong`."""
    if len(json.dumps(dict(leg.headers)).encode()) > MAX_HEADER_BYTES:
        raise HeadersTooLong(f"websocket headers exceed {MAX_HEADER_BYTES} bytes")
    endpoint = WebsocketEndpoint(
        uri=leg.uri,
        contentType=f"audio/l16;rate={leg.sample_rate}",
        headers=dict(leg.headers),
    )
    return _dump(_connect(endpoint, leg.number, leg.event_url))


def forward(
    target: str,
    *,
    number: str,
    event_url: str,
    announcement: str = "",
    seconds: int = RING_SECONDS,
) -> Ncco:
    """Ring a phone for so long; `event_url` is asked what to do when nobody answers."""
    ring = _connect(PhoneEndpoint(number=_digits(target)), number, event_url, seconds)
    return _dump(*_talk(announcement), ring)


def voicemail(text: str, *, event_url: str) -> Ncco:
    """Ask for a message in the carrier's own voice, and record it."""
    record = Record(
        format="wav",
        beepStart=True,
        endOnKey="#",
        endOnSilence=_VOICEMAIL_SILENCE_SECONDS,
        timeOut=VOICEMAIL_SECONDS,
        eventUrl=[event_url],
        eventMethod="POST",
    )
    return _dump(*_talk(text), record)


def announce(text: str) -> Ncco:
    """Say something and hang up."""
    return _dump(*_talk(text))


def _connect(
    endpoint: WebsocketEndpoint | PhoneEndpoint,
    number: str,
    event_url: str,
    timeout: int | None = None,
) -> Connect:
    # Only a synchronous event lets the answer to it replace these instructions.
    return Connect(
        endpoint=[endpoint],
        from_=_digits(number),
        eventType="synchronous",
        eventUrl=[event_url],
        eventMethod="POST",
        timeout=timeout,
    )


def _talk(text: str) -> list[Talk]:
    return [Talk(text=text)] if text else []


def _digits(number: str) -> str:
    return number.lstrip("+")


def _dump(*actions: NccoAction) -> Ncco:
    return [action.model_dump(by_alias=True, exclude_none=True, mode="json") for action in actions]
