"""What a receptionist can do in a conversation, spoken or written, and how one can end."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Expects(StrEnum):
    """What kind of answer was asked for; a listener waits longer for digits than for a yes."""

    ANYTHING = "anything"
    DIGITS = "digits"


@dataclass(frozen=True)
class Say:
    """Tell the other side something; disclosures are not interruptible."""

    text: str
    interruptible: bool = True
    expects: Expects = Expects.ANYTHING
    announces: bool = False
    """Whether the other side must have heard this before anything they say may be kept."""


@dataclass(frozen=True)
class Transfer:
    """Hand the conversation to a person; `target` is a phone number in E.164."""

    id: UUID
    target: str
    announcement: str


@dataclass(frozen=True)
class End:
    """Finish, once everything said before has been heard."""

    reason: str


Act = Say | Transfer | End


class Disposition(StrEnum):
    """How a conversation ended."""

    COMPLETED = "completed"
    TRANSFERRED = "transferred"
    FORWARDED = "forwarded"
    CALLER_HANGUP = "caller_hangup"
    CALLER_SILENT = "caller_silent"
    STALLED = "stalled"
    VOICEMAIL = "voicemail"
    TOO_LONG = "too_long"
    NO_AUDIO = "no_audio"
    LINE_LOST = "line_lost"
    PROTOCOL_ERROR = "protocol_error"
    FAILED = "failed"
