"""What happens to the business profile."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event
from domain.work import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class BusinessChanged(Event):
    """A part of the profile was `added`, `changed` or `removed`.

    `part` is `location`, `closure`, `service`, `resource`, `intake` or `rules`.
    """

    name: ClassVar[str] = "business.changed"
    aggregate: ClassVar[str] = "part_id"
    part: str
    part_id: UUID
    change: str


def say(uow: UnitOfWork, part: str, part_id: UUID, change: str) -> None:
    """Record that a part of the profile has changed."""
    uow.record(BusinessChanged(part=part, part_id=part_id, change=change))
