"""What happens to apps, to their connections with businesses, and to what they were granted."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class AppEvent(Event):
    """Something happened to an app, at its home."""

    aggregate: ClassVar[str] = "app_id"
    app_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppCreated(AppEvent):
    """A partner has made an app."""

    name: ClassVar[str] = "app.created"
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AppUpdated(AppEvent):
    """Its name, its addresses or what it asks for have changed."""

    name: ClassVar[str] = "app.updated"


@dataclass(frozen=True, kw_only=True)
class AppRotated(AppEvent):
    """It has a new secret."""

    name: ClassVar[str] = "app.rotated"


@dataclass(frozen=True, kw_only=True)
class AppDeleted(AppEvent):
    """It is gone, and its tokens with it, at every business."""

    name: ClassVar[str] = "app.deleted"


@dataclass(frozen=True, kw_only=True)
class ConnectionEvent(Event):
    """Something happened between an app and the business that agreed to it."""

    aggregate: ClassVar[str] = "connection_id"
    connection_id: UUID
    app_id: UUID
    tenant_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppInstalled(ConnectionEvent):
    """A business has agreed to an app."""

    name: ClassVar[str] = "app.installed"
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AppScopesChanged(ConnectionEvent):
    """The app may do other things at the business than before."""

    name: ClassVar[str] = "app.scopes_changed"
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AppUninstalled(ConnectionEvent):
    """The app may do nothing at the business any more."""

    name: ClassVar[str] = "app.uninstalled"


@dataclass(frozen=True, kw_only=True)
class AppGrantOpened(Event):
    """An app was granted tokens: by somebody's consent, or at home by its secret."""

    name: ClassVar[str] = "app_grant.opened"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID
    app_id: UUID
    permissions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class AppGrantRevoked(Event):
    """Every token of a grant is good no more; `reason` says why."""

    name: ClassVar[str] = "app_grant.revoked"
    aggregate: ClassVar[str] = "grant_id"
    grant_id: UUID
    app_id: UUID
    reason: str
