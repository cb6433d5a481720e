"""What happens to connected accounts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ConnectionEvent(Event):
    """Something happened to a connected account."""

    aggregate: ClassVar[str] = "connection_id"
    connection_id: UUID
    provider: str


@dataclass(frozen=True, kw_only=True)
class ConnectionMade(ConnectionEvent):
    """Somebody connected an account, or allowed again what had ended."""

    name: ClassVar[str] = "connection.made"


@dataclass(frozen=True, kw_only=True)
class ConnectionLapsed(ConnectionEvent):
    """The service ended what was allowed: it has to be allowed again."""

    name: ClassVar[str] = "connection.lapsed"


@dataclass(frozen=True, kw_only=True)
class ConnectionEnded(ConnectionEvent):
    """It was disconnected here; the service is told."""

    name: ClassVar[str] = "connection.ended"
