"""What is asked of a customer file (CRM) that a business keeps elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.errors import Conflict, Unavailable
from domain.scope import Scope


class Kind(StrEnum):
    """What of ours can stand in a customer file."""

    CONTACT = "contact"
    CALL = "call"
    LEAD = "lead"
    TASK = "task"


class CrmRefused(Conflict):
    """The customer file does not let us in, or not do that: its owner has to look after it."""

    code = "CRM_REFUSED"

    def __init__(self, reason: str) -> None:
        super().__init__("The customer file does not let us in")
        self.reason = reason


class FieldGone(CrmRefused):
    """A field that we are told to write is not there (any more), or takes no such value."""

    code = "CRM_FIELD_GONE"

    def __init__(self, name: str) -> None:
        super().__init__("field_gone")
        self.field = name
        self.message = f"There is no field {name!r} in the customer file"


class CrmBusy(Unavailable):
    """It has been asked too much, and says when it may be asked again."""

    def __init__(self, seconds: float) -> None:
        super().__init__("The customer file has been asked too much")
        self.seconds = seconds


@dataclass(frozen=True)
class Person:
    """A contact of ours, as far as it is to stand in a customer file."""

    contact_id: UUID
    name: str = ""
    phone: str = ""
    email: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    """What else stands there, by the names of the fields there."""


@dataclass(frozen=True)
class OnFile:
    """Somebody who stands in a customer file."""

    record: str
    name: str = ""
    company: str = ""


@dataclass(frozen=True)
class CallNote:
    """A call that is over."""

    call_id: UUID
    at: datetime
    title: str
    words: str
    milliseconds: int
    inbound: bool
    phone: str = ""


@dataclass(frozen=True)
class NewDeal:
    """Somebody's interest, as it is to stand in a customer file."""

    lead_id: UUID
    at: datetime
    title: str
    words: str


@dataclass(frozen=True)
class NewTask:
    """Something that somebody at the business has to do."""

    message_id: UUID
    due_at: datetime
    title: str
    words: str
    urgent: bool = False


@dataclass(frozen=True)
class FieldThere:
    """A field that contacts have in a customer file."""

    name: str
    title: str
    type: str
    """As it is called there; words can go into `is_text` fields only."""
    is_text: bool
    writable: bool


@dataclass(frozen=True)
class Place:
    """How far the changes of a customer file have been read."""

    at: datetime
    seen: frozenset[str] = frozenset()
    """The records that were changed at that moment and have been read."""


@dataclass(frozen=True)
class Change:
    """Somebody as they stand in a customer file after a change there."""

    record: str
    at: datetime
    name: str = ""
    email: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """What stands in its fields, by their names there."""


class CrmProvider(Protocol):
    """A plugin that knows a customer file.

    Everything raises `Unavailable` where nobody answers as they should, `CrmBusy`, `CrmRefused` and
    `FieldGone`. What is written twice under the same id of ours stands there once.
    """

    @property
    def left(self) -> float:
        """How much of the requests of a day is left, from 1 to 0, as far as it has said so."""

    async def find(self, phone: str, email: str) -> Sequence[OnFile]:
        """Who has this number or address; the best match first."""

    async def upsert_contact(self, person: Person, record: str, *, correct: bool) -> str:
        """See that somebody is on file, and under which record.

        What stands there already stays, unless it is to be `correct`ed.
        """

    async def log_call(self, call: CallNote, contact: str) -> str:
        """Note a call at a contact's record."""

    async def create_lead(self, deal: NewDeal, contact: str) -> str:
        """Note somebody's interest."""

    async def create_task(self, task: NewTask, contact: str) -> str:
        """Note something to be done, with or without a contact."""

    async def erase(self, kind: Kind, record: str) -> None:
        """Delete a record for good; one that is gone already is no failure."""

    async def fields(self) -> Sequence[FieldThere]:
        """Which fields contacts have there."""

    async def read(self, record: str) -> Change | None:
        """Somebody as they stand there now; nobody, if they do not, or nothing says since when."""

    async def changes(self, after: Place, also: Sequence[str]) -> Sequence[Change]:
        """Who was changed after a place, in order, with these fields `also`; a page of them."""


class CustomerFiles(Protocol):
    """Whoever looks up who calls, for somebody who cannot wait."""

    async def who_calls(self, scope: Scope, phone: str) -> OnFile | None:
        """The one who has this number; nobody, where that is not certain or takes too long.

        Never raises: without it, a call goes on.
        """
