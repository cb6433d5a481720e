"""An event of no feature, for tests of the road that events take."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    """Something happened to a thing, for the `number`-th time."""

    name: ClassVar[str] = "test.happened"
    aggregate: ClassVar[str] = "thing_id"
    thing_id: UUID
    number: int
