"""What happens in an organisation."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class TenantOpened(Event):
    """The organisation opened a business."""

    name: ClassVar[str] = "organization.tenant_opened"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID


@dataclass(frozen=True, kw_only=True)
class BrandingUpdated(Event):
    """The organisation appears otherwise to its tenants."""

    name: ClassVar[str] = "branding.updated"
    aggregate: ClassVar[str] = "branding_id"
    branding_id: UUID


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(Event):
    """There is a new version of a template."""

    name: ClassVar[str] = "template.saved"
    aggregate: ClassVar[str] = "template_id"
    template_id: UUID
    template_version: int


@dataclass(frozen=True, kw_only=True)
class BulkChangeBegun(Event):
    """A change of many tenants is being looked at."""

    name: ClassVar[str] = "bulk_change.previewed"
    aggregate: ClassVar[str] = "bulk_change_id"
    bulk_change_id: UUID
    tenants: int


@dataclass(frozen=True, kw_only=True)
class BulkChangeApplied(Event):
    """A change of many tenants is being made."""

    name: ClassVar[str] = "bulk_change.applied"
    aggregate: ClassVar[str] = "bulk_change_id"
    bulk_change_id: UUID


@dataclass(frozen=True, kw_only=True)
class BulkChangeFinished(Event):
    """A change of many tenants has reached the last of them."""

    name: ClassVar[str] = "bulk_change.finished"
    aggregate: ClassVar[str] = "bulk_change_id"
    bulk_change_id: UUID


@dataclass(frozen=True, kw_only=True)
class BulkChangeCancelled(Event):
    """A change of many tenants goes no further."""

    name: ClassVar[str] = "bulk_change.cancelled"
    aggregate: ClassVar[str] = "bulk_change_id"
    bulk_change_id: UUID
