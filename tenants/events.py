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


@dataclass(frozen=True, kw_only=True)
class TenantStatusChanged(Event):
    """A tenant is served, or not any more; `by` is the kind of house that decided so."""

    name: ClassVar[str] = "tenant.status_changed"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    status: str
    by: str


@dataclass(frozen=True, kw_only=True)
class TenantSecured(Event):
    """What a business demands of those who sign in has changed."""

    name: ClassVar[str] = "tenant.secured"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    mfa_required: bool


@dataclass(frozen=True, kw_only=True)
class TenantOriginsChanged(Event):
    """Other web pages may ask with the business's keys; `origins` is how many there are."""

    name: ClassVar[str] = "tenant.origins_changed"
    aggregate: ClassVar[str] = "tenant_id"
    tenant_id: UUID
    origins: int


@dataclass(frozen=True, kw_only=True)
class LetterRequested(Event):
    """A user is to get a letter about their account."""

    name: ClassVar[str] = "letter.requested"
    aggregate: ClassVar[str] = "letter_id"
    letter_id: UUID


@dataclass(frozen=True, kw_only=True)
class UserVerified(Event):
    """Somebody proved that they read the mail of their address."""

    name: ClassVar[str] = "user.verified"
    aggregate: ClassVar[str] = "user_id"
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class UserSignedIn(Event):
    """Somebody signed in; the device is new if it was never used from that network."""

    name: ClassVar[str] = "user.signed_in"
    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    session_id: UUID
    new_device: bool


@dataclass(frozen=True, kw_only=True)
class UserMfaChanged(Event):
    """Somebody added or removed a second factor; `change` says which, such as `totp_added`."""

    name: ClassVar[str] = "user.mfa_changed"
    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    change: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """A password was changed, or set anew by letter; every other session has ended."""

    name: ClassVar[str] = "password.changed"
    aggregate: ClassVar[str] = "user_id"
    user_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionRevoked(Event):
    """A session was ended from another one, or all others were."""

    name: ClassVar[str] = "session.revoked"
    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    session_id: UUID | None
    """None stands for all but the one that did it."""


@dataclass(frozen=True, kw_only=True)
class SessionMoved(Event):
    """A session was used from another network than before."""

    name: ClassVar[str] = "session.moved"
    aggregate: ClassVar[str] = "user_id"
    user_id: UUID
    session_id: UUID
