"""What happens in the life of an account."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class LifeEvent(Event):
    """Something that happened in the life of an account."""

    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID


@dataclass(frozen=True, kw_only=True)
class TenantWarned(LifeEvent):
    """If nothing happens, the account becomes inactive in so many days."""

    name: ClassVar[str] = "tenant.warned"
    days: int


@dataclass(frozen=True, kw_only=True)
class TenantLapsed(LifeEvent):
    """Nobody signed in and nobody called for a long time."""

    name: ClassVar[str] = "tenant.lapsed"
    archive_at: datetime


@dataclass(frozen=True, kw_only=True)
class TenantRevived(LifeEvent):
    """Somebody signed in, or called, at an account that was inactive."""

    name: ClassVar[str] = "tenant.revived"


@dataclass(frozen=True, kw_only=True)
class TenantArchived(LifeEvent):
    """The account is put away: out of reach, and erased on a day that is named."""

    name: ClassVar[str] = "tenant.archived"
    erase_at: datetime


@dataclass(frozen=True, kw_only=True)
class TenantClosed(LifeEvent):
    """The account was closed; it is erased on a day that is named, unless it is taken up again."""

    name: ClassVar[str] = "tenant.closed"
    erase_at: datetime


@dataclass(frozen=True, kw_only=True)
class TenantReopened(LifeEvent):
    """The account is taken up again."""

    name: ClassVar[str] = "tenant.reopened"


@dataclass(frozen=True, kw_only=True)
class TenantErasureStarted(LifeEvent):
    """The time of grace is over: everything goes but what the law obliges to keep."""

    name: ClassVar[str] = "tenant.erasure_started"
    erasure_id: UUID
