"""What happens in the operator's own house."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class BreakGlassRequested(Event):
    """Somebody of the operator wants to come in at a tenant."""

    name: ClassVar[str] = "break_glass.requested"
    aggregate: ClassVar[str] = "break_glass_id"
    break_glass_id: UUID
    tenant_id: UUID
    permissions: tuple[str, ...]
    hours: int


@dataclass(frozen=True, kw_only=True)
class BreakGlassApproved(Event):
    """Somebody else of the operator agreed."""

    name: ClassVar[str] = "break_glass.approved"
    aggregate: ClassVar[str] = "break_glass_id"
    break_glass_id: UUID


@dataclass(frozen=True, kw_only=True)
class BreakGlassOpened(Event):
    """The tenant is open to whoever asked, for some hours; its owners have been told."""

    name: ClassVar[str] = "break_glass.opened"
    aggregate: ClassVar[str] = "break_glass_id"
    break_glass_id: UUID
    tenant_id: UUID
    grant_id: UUID


@dataclass(frozen=True, kw_only=True)
class BreakGlassClosed(Event):
    """Whoever opened the tenant closed it before its time."""

    name: ClassVar[str] = "break_glass.closed"
    aggregate: ClassVar[str] = "break_glass_id"
    break_glass_id: UUID


@dataclass(frozen=True, kw_only=True)
class DemandHandled(Event):
    """Somebody of the operator did something about the demand of an authority at a tenant."""

    name: ClassVar[str] = "demand.handled"
    aggregate: ClassVar[str] = "legal_process_id"
    legal_process_id: UUID
    tenant_id: UUID
    deed: str
    """`received`, `approved`, `refused` or `answered`."""
