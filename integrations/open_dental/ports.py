"""What is asked of a practice's book, what stands against it, and who knows whoever comes."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from domain.calendars.ports import CalendarRefused
from domain.errors import NotFound

Row = dict[str, Any]
"""A row as the API shows it; fields that we do not know are left alone."""


class RequestRefused(CalendarRefused):
    """The practice's system does not do that; why is not read, for it may name a patient."""

    code = "OPEN_DENTAL_REFUSED"

    def __init__(self) -> None:
        super().__init__("status_400")


class NotThere(NotFound):
    """There is no such row (any more)."""

    code = "OPEN_DENTAL_NOT_THERE"

    def __init__(self) -> None:
        super().__init__("There is no such row")


@dataclass(frozen=True)
class Visitor:
    """Whoever comes, and for what."""

    name: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    phone: str = field(default="", repr=False)
    """E.164."""
    reason: str = field(default="", repr=False)
    """The service that they come for."""


class Visitors(Protocol):
    """Whoever knows who comes to a visit."""

    async def of(self, visit_id: UUID) -> Visitor | None:
        """Who it is; None if nobody may be told."""
