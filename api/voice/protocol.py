"""Vonage's websocket messages: what may come, and what must not."""

import json
import re
from dataclasses import dataclass
from typing import Any

# Text events are a few hundred bytes; the headers add 512 at most.
MAX_TEXT = 4096
_CONTENT_TYPE = re.compile(r"audio/l16;\s*rate=(8000|16000)")
_KEYS = frozenset("0123456789*#")

# RFC 6455, section 7.4.1.
PROTOCOL_ERROR = 1002
UNSUPPORTED = 1003
INVALID_DATA = 1007
POLICY = 1008
TOO_BIG = 1009
SERVER_ERROR = 1011


class Refused(Exception):
    """The peer does not keep to the protocol; `code` closes the websocket."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True)
class Connected:
    """The first message of a call."""

    sample_rate: int
    token: str


def text_event(text: str) -> dict[str, Any]:
    """A text message as an object with an event name; raises `Refused`."""
    if len(text) > MAX_TEXT:
        raise Refused(TOO_BIG, "text message too long")
    try:
        event = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(INVALID_DATA, "text message is not JSON") from None
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise Refused(INVALID_DATA, "text message is not an event")
    return event


def connected(event: dict[str, Any]) -> Connected:
    """The opening event; raises `Refused`."""
    if event["event"] != "websocket:connected":
        raise Refused(PROTOCOL_ERROR, "the first message must be websocket:connected")
    content_type = _CONTENT_TYPE.fullmatch(str(event.get("content-type")))
    if content_type is None:
        raise Refused(UNSUPPORTED, "unsupported audio")
    return Connected(int(content_type[1]), str(event.get("token", "")))


def pressed_key(event: dict[str, Any]) -> str:
    """The key of a dtmf event; raises `Refused`."""
    digit = event.get("digit")
    if digit not in _KEYS:
        raise Refused(INVALID_DATA, "not a key")
    return str(digit)


def played_clause(event: dict[str, Any]) -> int:
    """The clause number that came back in a notify event; 0 when it is none of ours."""
    payload = event.get("payload")
    number = payload.get("clause") if isinstance(payload, dict) else None
    return number if type(number) is int else 0


def check_frame(frame: bytes, frame_bytes: int) -> None:
    """Exactly 20 ms, or `Refused`."""
    if len(frame) > max(MAX_TEXT, frame_bytes):
        raise Refused(TOO_BIG, "audio message too long")
    if len(frame) != frame_bytes:
        raise Refused(UNSUPPORTED, "wrong frame size")
