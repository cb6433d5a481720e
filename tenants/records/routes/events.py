"""What happens to routes."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class RouteEvent(Event):
    """Something that happened to one exception."""

    aggregate: ClassVar[str] = "route_acceptance_id"
    route_acceptance_id: UUID


@dataclass(frozen=True, kw_only=True)
class RouteAccepted(RouteEvent):
    """A business lets a recipient keep data outside its region."""

    name: ClassVar[str] = "route.accepted"
    recipient: str
    country: str


@dataclass(frozen=True, kw_only=True)
class RouteWithdrawn(RouteEvent):
    """It no longer does."""

    name: ClassVar[str] = "route.withdrawn"
