"""What happens to API keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class ApiKeyCreated(Event):
    """A program of the business has a key."""

    name: ClassVar[str] = "api_key.created"
    aggregate: ClassVar[str] = "api_key_id"
    api_key_id: UUID
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ApiKeyRotated(Event):
    """A key has a new secret; the earlier one is good until then."""

    name: ClassVar[str] = "api_key.rotated"
    aggregate: ClassVar[str] = "api_key_id"
    api_key_id: UUID
    previous_until: datetime


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key opens nothing any more."""

    name: ClassVar[str] = "api_key.revoked"
    aggregate: ClassVar[str] = "api_key_id"
    api_key_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApiKeyMoved(Event):
    """A key was used from a network that it had not come from before; the first is told too."""

    name: ClassVar[str] = "api_key.moved"
    aggregate: ClassVar[str] = "api_key_id"
    api_key_id: UUID
    first: bool
