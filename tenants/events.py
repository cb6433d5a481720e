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
