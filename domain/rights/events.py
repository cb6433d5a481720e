"""What happens to requests. The words of whoever asked are in none of them."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class RequestHappening(Event):
    """Something that happened to one request."""

    aggregate: ClassVar[str] = "privacy_request_id"
    privacy_request_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestReceived(RequestHappening):
    """Somebody asked for something."""

    name: ClassVar[str] = "privacy_request.received"
    kind: str
    intake: str


@dataclass(frozen=True, kw_only=True)
class RequestConfirmed(RequestHappening):
    """Whoever asked was told that it has arrived."""

    name: ClassVar[str] = "privacy_request.confirmed"


@dataclass(frozen=True, kw_only=True)
class CodeRequested(RequestHappening):
    """A code is to be sent to the address on file."""

    name: ClassVar[str] = "privacy_request.code_requested"
    code_id: UUID
    means: str


@dataclass(frozen=True, kw_only=True)
class RequestVerified(RequestHappening):
    """Whoever asks is who they say."""

    name: ClassVar[str] = "privacy_request.verified"
    means: str


@dataclass(frozen=True, kw_only=True)
class RequestAssigned(RequestHappening):
    """Somebody looks after it from now on, or nobody in particular."""

    name: ClassVar[str] = "privacy_request.assigned"
    assignee_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class RequestExtended(RequestHappening):
    """There is more time; whoever asked is told why."""

    name: ClassVar[str] = "privacy_request.extended"


@dataclass(frozen=True, kw_only=True)
class RequestInstructed(RequestHappening):
    """Whoever decides has decided that it be fulfilled: what follows is their instruction."""

    name: ClassVar[str] = "privacy_request.instructed"
    kind: str


@dataclass(frozen=True, kw_only=True)
class RequestFulfilled(RequestHappening):
    """What was asked for is done."""

    name: ClassVar[str] = "privacy_request.fulfilled"
    kind: str


@dataclass(frozen=True, kw_only=True)
class RequestRefused(RequestHappening):
    """It is not done, for a reason; whoever asked is told, and where to complain."""

    name: ClassVar[str] = "privacy_request.refused"
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequestWithdrawn(RequestHappening):
    """Whoever asked does not want it any more."""

    name: ClassVar[str] = "privacy_request.withdrawn"


@dataclass(frozen=True, kw_only=True)
class RequestDueSoon(RequestHappening):
    """Its clock is about to run out."""

    name: ClassVar[str] = "privacy_request.due_soon"


@dataclass(frozen=True, kw_only=True)
class RequestOverdue(RequestHappening):
    """Its clock has run out, and it is not answered."""

    name: ClassVar[str] = "privacy_request.overdue"


@dataclass(frozen=True, kw_only=True)
class ChoiceMade(Event):
    """A person does not want something: whoever does it must stop."""

    name: ClassVar[str] = "privacy_choice.made"
    aggregate: ClassVar[str] = "contact_id"
    contact_id: UUID
    kind: str
    purpose: str | None


@dataclass(frozen=True, kw_only=True)
class ChoiceEnded(Event):
    """They changed their mind."""

    name: ClassVar[str] = "privacy_choice.ended"
    aggregate: ClassVar[str] = "contact_id"
    contact_id: UUID
    kind: str
