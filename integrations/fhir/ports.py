"""What is asked of a FHIR server, what it may answer with, and who knows whoever comes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from domain.calendars.ports import CalendarRefused
from domain.errors import Conflict, NotFound

Resource = dict[str, Any]
"""A resource as JSON has it; what we do not know of one stays in it."""


class Access(Protocol):
    """Whoever has a token."""

    async def token(self, refused: str = "") -> str:
        """One that lets us in, and not the one that was just refused."""


class ResourceRefused(CalendarRefused):
    """The server does not take a resource as it is: its rules stand against it."""

    code = "FHIR_REFUSED"

    def __init__(self, issue: str, place: str = "") -> None:
        super().__init__(f"fhir_{issue}")
        self.issue = issue
        """What kind of thing is wrong, in the words of FHIR."""
        self.place = place
        """Where in the resource, if the server says so."""


class Overtaken(Conflict):
    """Somebody else has written it meanwhile: it has to be read again."""

    code = "FHIR_OVERTAKEN"

    def __init__(self) -> None:
        super().__init__("Somebody else has changed it meanwhile")


class NotThere(NotFound):
    """There is no such resource (any more)."""

    code = "FHIR_NOT_THERE"

    def __init__(self) -> None:
        super().__init__("There is no such resource")


@dataclass(frozen=True)
class Visitor:
    """Whoever comes, and for what."""

    contact_id: UUID
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    """E.164."""
    born: date | None = field(default=None, repr=False)
    reason: str = field(default="", repr=False)
    """The service that they come for."""
    person: UUID | None = None
    """By what they are known, if the contact has booked for somebody else."""


class Visitors(Protocol):
    """Whoever knows who comes to a visit."""

    async def of(self, visit_id: UUID) -> Visitor | None:
        """Who it is; None if nobody may be told."""
