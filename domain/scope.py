"""For whom, and by whom, something is done. Built where a session, call or job begins."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from domain.errors import Forbidden, StepUpRequired
from domain.personal import DataClass
from domain.privacy.policy import PrivacyProfile
from domain.privacy.presets import CALLERS, DEFAULT


class ActorKind(StrEnum):
    """What sort of somebody acts."""

    APP = "app"
    CALLER = "caller"
    JOB = "job"
    KEY = "key"
    MEMBER = "member"
    OPERATOR = "operator"
    """Somebody of the operator: a command, or a member of its house who visits."""
    ORGANIZATION = "organization"
    """A member of an organisation who visits, or a program of it."""
    PLUGIN = "plugin"


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff, a caller (by contact id), a job (by its name)…"""

    kind: ActorKind
    id: str

    def __str__(self) -> str:
        """As rows keep it: `kind:id`."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Access:
    """The way by which an actor came: what the audit trail keeps beside their name."""

    via: str = ""
    """What let them in: `session:…`, `key:…`, `app:…`, or the channel of a caller."""
    address: str = ""
    """The network address they asked from."""
    agent: str = ""
    """The program they asked with, as it calls itself."""
    purpose: str = ""
    """Why they asked, in a word or two of their own."""


class TenantStatus(StrEnum):
    """Whether a business is being served."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    ARCHIVED = "archived"
    """Put away, out of everybody's reach, until its owner takes it up again."""


class TenantKind(StrEnum):
    """What a tenant is there for: itself, or others."""

    BUSINESS = "business"
    OPERATOR = "operator"
    """Those who run the deployment."""
    ORGANIZATION = "organization"
    """Those who look after several businesses."""


@dataclass(frozen=True)
class TenantFacts:
    """What every feature needs to know of a tenant; one snapshot per call or request."""

    name: str
    slug: str
    timezone: str
    locale: str
    region: str
    """ISO 3166 country code, the default for telephone numbers."""
    currency: str
    status: TenantStatus = TenantStatus.ACTIVE
    mfa_required: bool = False
    """Whether only those with a second factor may work here."""
    kind: TenantKind = TenantKind.BUSINESS
    origins: tuple[str, ...] = ()
    """The origins of web pages that may read what its keys are answered."""
    sandbox: bool = False
    """Whether things are tried out here: nothing leaves it."""
    clock_ahead: timedelta = timedelta(0)
    """By how much the time of a sandbox has been put forward."""
    privacy: PrivacyProfile = CALLERS[DEFAULT]
    """What the business promises of its callers' data."""


# A business that is not served keeps what protects people: its owner can still read, export and
# erase, and whoever calls can still leave a message.
# Whoever signs in looks after their own account whatever becomes of the business.
STAYS_OPEN = frozenset(
    {
        "account:write",
        "audit:export",
        "calls:answer",
        "data:export",
        # Whoever stands above it can be shown the door at any time.
        "grants:write",
        "messages:write",
        # What people ask of their data has clocks that no bill stops.
        "privacy:ask",
        "privacy:erase",
        "privacy:export",
        "privacy:write",
        # Whoever may close a business may take it up again.
        "tenant:close",
    }
)
# What was put away is looked at by nobody; its owner may take it along, or take it up again.
STAYS_OPEN_IN_ARCHIVE = frozenset(
    {
        "account:read",
        "account:write",
        "data:export",
        "exports:read",
        "grants:write",
        "privacy:erase",
        "privacy:export",
        "privacy:read",
        "tenant:close",
        "tenant:read",
    }
)
# A message comes out of a conversation: callers, and the jobs that follow their calls, may also
# write down what was said. Bookings and transfers stay closed to them too.
STAYS_OPEN_TO_CALLS = frozenset(
    {"contacts:write", "conversations:write", "leads:write", "recordings:write", "usage:write"}
)
OF_CALLS = frozenset({ActorKind.CALLER, ActorKind.JOB})


# After it, destructive deeds ask again who is there.
PROOF_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Proof:
    """The session behind a scope, and when its person last proved who they are."""

    session_id: UUID
    at: datetime | None
    guarded: frozenset[str] = field(default_factory=frozenset)
    """The permissions that are worth nothing without a recent proof."""
    by_tenant: bool = False
    """Whether the business said who this is: then what is the person's own stays closed."""

    def check(self, now: datetime) -> None:
        """Raise `StepUpRequired` unless it is recent."""
        if self.at is None or now - self.at > PROOF_LASTS:
            raise StepUpRequired


@dataclass(frozen=True)
class Scope:
    """One tenant, one actor, and what that actor may do."""

    tenant_id: UUID
    actor: Actor
    tenant: TenantFacts
    permissions: frozenset[str] = field(default_factory=frozenset)
    access: Access = field(default_factory=Access)
    reads: frozenset[DataClass] | None = None
    """The kinds of sealed data that are opened for the actor; None for all of them."""
    proof: Proof | None = None
    """None where there is no session: callers, jobs, keys."""
    contact_id: UUID | None = None
    """The person whom a link or a text of theirs has let in: they act for themselves alone."""

    def require(self, permission: str, *, ends_access: bool = False) -> None:
        """Raise `Forbidden` unless the actor holds the permission and the tenant is served.

        What ends somebody's access may be done at any time: it protects people.
        """
        if permission not in self.permissions:
            raise Forbidden(f"Missing permission {permission}")
        served = self.tenant.status is TenantStatus.ACTIVE
        if not (served or ends_access or self._stays_open(permission)):
            raise Forbidden(f"{self.tenant.name} is {self.tenant.status}: {permission} is closed")

    def _stays_open(self, permission: str) -> bool:
        archived = self.tenant.status is TenantStatus.ARCHIVED
        if archived and self.actor.kind not in OF_CALLS:
            return permission in STAYS_OPEN_IN_ARCHIVE
        if permission.endswith(":read") or permission in STAYS_OPEN:
            return True
        return self.actor.kind in OF_CALLS and permission in STAYS_OPEN_TO_CALLS
