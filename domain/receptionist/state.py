"""What the receptionist keeps in mind during a conversation. Values only; JSON round-trips."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from domain.appointments.sites import Site
from domain.appointments.visitors import Visitor
from domain.consent.terms import Outcome


class Goal(StrEnum):
    """What the caller is being helped with."""

    ABILITY = "ability"
    """Something that a plugin can do."""
    BOOK = "book"
    CANCEL = "cancel"
    CHECK = "check"
    INTAKE = "intake"
    MESSAGE = "message"
    MOVE = "move"


class Asked(StrEnum):
    """The question that is waiting for an answer."""

    ABILITY = "ability"
    ADULT = "adult"
    APPOINTMENT = "appointment"
    BIRTH_DATE = "birth_date"
    CANCEL = "cancel"
    COMMIT = "commit"
    CONSENT = "consent"
    HELP = "help"
    INTAKE = "intake"
    MESSAGE = "message"
    NAME = "name"
    OFFER_MESSAGE = "offer_message"
    OFFER_WAIT = "offer_wait"
    PHONE = "phone"
    SCREENING = "screening"
    SERVICE = "service"
    SLOT = "slot"
    STAFF = "staff"
    WAIT = "wait"
    WHEN = "when"


@dataclass(frozen=True)
class Wanted:
    """When somebody wants to come: days, and a stretch of the day (local time)."""

    first: date
    last: date
    at: time | None = None
    earliest: time | None = None
    latest: time | None = None


@dataclass(frozen=True)
class Offered:
    """A slot that was said aloud; only these can be booked."""

    offer_id: UUID
    starts_at: datetime
    """Local time of the business."""


@dataclass(frozen=True)
class Visit:
    """An appointment the caller has."""

    appointment_id: UUID
    service_id: UUID
    starts_at: datetime
    """Local time of the business."""


@dataclass(frozen=True)
class Answered:
    """An answer to one of the business's own questions, in the form in which it is kept."""

    intake_id: UUID
    question: str
    answer: str


@dataclass(frozen=True)
class Frame:
    """What is known so far of what the caller wants."""

    service_id: UUID | None = None
    staff_id: UUID | None = None
    wanted: Wanted | None = None
    full: Wanted | None = None
    """When nothing was free, or nothing that they would take."""
    waits: bool = False
    """Whether they wait for what comes free, where nothing is."""
    offers: tuple[Offered, ...] = ()
    chosen: Offered | None = None
    visits: tuple[Visit, ...] = ()
    visit: Visit | None = None
    message: str | None = None
    ability: str | None = None
    told: tuple[tuple[str, str], ...] = ()
    """What was answered to the questions of an ability, or of what comes before a booking."""
    asked_again: tuple[str, ...] = ()
    """The keys of questions that were asked once more: there is no third time."""
    cleared: tuple[str, ...] = ()
    """What was decided before a booking, and does not stand in its way."""
    note: str = ""
    """What is noted with the visit."""
    visitor: Visitor | None = None
    """Who comes, where a trade asked for it."""
    site: Site | None = None
    """Where to, where a trade asked for that."""


@dataclass(frozen=True)
class Handing:
    """The team is being told; `person` is whether somebody is put on the line after that."""

    person: bool
    to: str = ""
    """Whom: a label or another name of a telephone; empty is whoever can be reached."""


@dataclass(frozen=True)
class State:
    """The whole mind of the receptionist between two events."""

    goal: Goal | None = None
    asked: Asked = Asked.HELP
    frame: Frame = field(default_factory=Frame)
    name: str | None = None
    phone: str | None = None
    born: str | None = None
    """The date of birth by which the caller's visits were found."""
    unproven: int = 0
    """How often no visit was found for what the caller said."""
    misunderstood: int = 0
    silences: int = 0
    waiting_for: str | None = None
    """The tool whose answer is awaited."""
    effects: tuple[str, ...] = ()
    """Names of the events this conversation has caused; what may be claimed aloud."""
    tried: tuple[Goal, ...] = ()
    """Every goal there was, for the summary."""
    helped: bool = False
    """Whether anything was done or answered yet; before that, "no" is no goodbye."""
    answers: tuple[Answered, ...] = ()
    """What the caller has answered to the business's own questions."""
    intake_over: bool = False
    """Whether those questions are done with, answered or not."""
    priority: str = "normal"
    """How soon somebody should look at what this caller leaves: normal, high or emergency."""
    consent: Outcome | None = None
    """Whether the caller agrees that the conversation is kept; None until that is known."""
    last_said: str = ""
    ward: str | None = None
    """For which child a guardian calls, as it is noted with the appointment."""
    handing: Handing | None = None
    """Whether what is going on is left to people once they know of it."""

    def to(self, **changes: Any) -> "State":
        """The state with some things changed."""
        return replace(self, **changes)

    def framed(self, **changes: Any) -> "State":
        """The state with part of its frame changed."""
        return replace(self, frame=replace(self.frame, **changes))

    def free(self) -> "State":
        """The state with nothing left to do: the caller may want something else."""
        return replace(self, goal=None, asked=Asked.HELP, helped=True)

    def pursuing(self, goal: Goal) -> "State":
        """The state on the way to another goal, its frame emptied."""
        tried = self.tried if goal in self.tried else (*self.tried, goal)
        return replace(self, goal=goal, frame=Frame(), tried=tried, helped=True, handing=None)

    def written(self) -> dict[str, Any]:
        """The state as JSON: part of a turn's evidence."""
        dumped: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return dumped

    @classmethod
    def read(cls, written: dict[str, Any]) -> "State":
        """The state from its JSON."""
        return _ADAPTER.validate_python(written)


_ADAPTER = TypeAdapter(State)
