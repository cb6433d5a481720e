"""What is known of what a caller wants, and what the business has put forward. Values only."""

from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from domain.receptionist.nlu.confirmation import Answer
from domain.receptionist.nlu.understanding import Slot
from domain.receptionist.nlu.vehicles import VehicleMention


@dataclass(frozen=True)
class Proposal:
    """What the business offers, or reads back: nothing of it holds before the caller agrees."""

    staff: str | None = None
    service: str | None = None
    location: str | None = None
    day: date | None = None
    at: time | None = None

    def over(self, older: "Proposal") -> "Proposal":
        """This proposal, with what it leaves open as it was before."""
        known = {name: value for name, value in vars(self).items() if value is not None}
        return replace(older, **known)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is proposed."""
        return self == Proposal()

    @property
    def is_whole(self) -> bool:
        """Whether a visit could be booked from it alone: with whom, on which day, and when."""
        return None not in (self.staff, self.day, self.at)


@dataclass(frozen=True)
class Visitor:
    """Somebody else who comes; `relation` is what they are to the caller."""

    name: str
    relation: str


@dataclass(frozen=True)
class Wants:
    """Everything that was said to the purpose so far."""

    name: str | None = None
    visitors: tuple[Visitor, ...] = ()
    kept: tuple[Proposal, ...] = ()
    """The caller's own visit, as it was agreed before somebody else was spoken of."""
    phone: str | None = None
    """Digits as they were said, with the extension."""
    staff: str | None = None
    service: str | None = None
    location: str | None = None
    day: date | None = None
    at: time | None = None
    reason: str | None = None
    vehicle: VehicleMention = field(default_factory=VehicleMention)
    replies: tuple[tuple[str, Answer], ...] = ()
    """Questions of the business that were answered with a yes, a no, or that nobody knows."""
    proposal: Proposal = Proposal()
    last_staff: str | None = None
    """Whom the business named last."""
    asked: Slot | None = None
    question: str = ""
    """What the business said last."""
    speaks: bool = False
    """Whether anything of the business was heard; otherwise anything may have been asked."""
    read_back: bool = False
    """Whether what is proposed was read back whole."""
    agreed: bool = False
    """Whether the caller agreed to what was read back whole."""
    settled: bool = False
    """Whether the business says that it is done."""

    def to(self, **changes: Any) -> "Wants":
        """The same with some things changed."""
        return replace(self, **changes)

    @property
    def visit(self) -> Proposal:
        """The visit as far as it is known."""
        return Proposal(self.staff, self.service, self.location, self.day, self.at)

    def taking(self, proposal: Proposal) -> "Wants":
        """The same with what was proposed."""
        known = {name: value for name, value in vars(proposal).items() if value is not None}
        return replace(self, **known)
