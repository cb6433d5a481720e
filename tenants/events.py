"""What happens to tenants."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class TenantCreated(Event):
    """A business was opened."""

    name: ClassVar[str] = "tenant.created"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID


@dataclass(frozen=True, kw_only=True)
class TenantUpdated(Event):
    """What is known of a business has changed; `changed` names the columns."""

    name: ClassVar[str] = "tenant.updated"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    changed: tuple[str, ...]
