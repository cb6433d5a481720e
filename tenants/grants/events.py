"""What happens to grants, and by them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class AccessGranted(Event):
    """People of a house may reach this tenant; `kind` says what house it is."""

    name: ClassVar[str] = "access.granted"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID
    house_id: UUID
    kind: str
    permissions: tuple[str, ...]
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class AccessChanged(Event):
    """A grant lends other things than before."""

    name: ClassVar[str] = "access.changed"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AccessRevoked(Event):
    """A grant is over, and everybody who came by it is out."""

    name: ClassVar[str] = "access.revoked"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccessExpired(Event):
    """A grant has come to the end that it had from the start."""

    name: ClassVar[str] = "access.expired"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccessInvited(Event):
    """A house asks a business for a grant."""

    name: ClassVar[str] = "access.invited"
    aggregate: ClassVar[str] = "invitation_id"
    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class VisitStarted(Event):
    """Somebody of a house went to a tenant; both have it on record."""

    name: ClassVar[str] = "visit.started"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID
    house_id: UUID
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class TokenIssued(Event):
    """A program of a house may act at a tenant for some minutes; both have it on record."""

    name: ClassVar[str] = "access_token.issued"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID
    house_id: UUID
    api_key_id: UUID


@dataclass(frozen=True, kw_only=True)
class TenantStandingChanged(Event):
    """People of this house suspended, resumed or closed a tenant."""

    name: ClassVar[str] = "house.tenant_changed"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    status: str
