"""What happens to calls."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class CallHappening(Event):
    """Something that happened to one call."""

    aggregate: ClassVar[str] = "call_id"
    call_id: UUID
    conversation_id: UUID


@dataclass(frozen=True, kw_only=True)
class CallRinging(CallHappening):
    """Somebody is calling, or being called."""

    name: ClassVar[str] = "call.ringing"


@dataclass(frozen=True, kw_only=True)
class CallAnswered(CallHappening):
    """The receptionist took the call."""

    name: ClassVar[str] = "call.answered"


@dataclass(frozen=True, kw_only=True)
class CallEnded(CallHappening):
    """The line is closed; recording and summary may still be on their way."""

    name: ClassVar[str] = "call.ended"
    disposition: str


@dataclass(frozen=True, kw_only=True)
class CallFinalized(CallHappening):
    """Everything about the call is there, or known never to come. Said once per call."""

    name: ClassVar[str] = "call.finalized"
