"""What happens to a tenant's policy."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class PolicyAdopted(Event):
    """A new version was decided on; it applies from a moment on, which may lie ahead."""

    name: ClassVar[str] = "policy.adopted"
    aggregate: ClassVar[str] = "policy_version_id"
    policy_version_id: UUID
    number: int
    applies_from: datetime
    to_existing: bool


@dataclass(frozen=True, kw_only=True)
class PolicyApplied(Event):
    """A version governs from now on."""

    name: ClassVar[str] = "policy.applied"
    aggregate: ClassVar[str] = "policy_version_id"
    policy_version_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class PolicyWithdrawn(Event):
    """A version was taken back before it applied."""

    name: ClassVar[str] = "policy.withdrawn"
    aggregate: ClassVar[str] = "policy_version_id"
    policy_version_id: UUID
    number: int
