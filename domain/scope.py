"""For whom, and by whom, something is done. Built where a session, call or job begins."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from domain.errors import Forbidden


class ActorKind(StrEnum):
    """What sort of somebody acts."""

    APP = "app"
    CALLER = "caller"
    JOB = "job"
    KEY = "key"
    MEMBER = "member"
    OPERATOR = "operator"
    PLUGIN = "plugin"


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff, a caller (by contact id), a job (by its name)…"""

    kind: ActorKind
    id: str


class TenantStatus(StrEnum):
    """Whether a business is being served."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSING = "closing"


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


# A business that is not served keeps what protects people: its owner can still read, export and
# erase, and whoever calls can still leave a message.
STAYS_OPEN = frozenset({"calls:answer", "messages:write", "privacy:erase", "privacy:export"})
# A message comes out of a conversation: callers, and the jobs that follow their calls, may also
# write down what was said. Bookings and transfers stay closed to them too.
STAYS_OPEN_TO_CALLS = frozenset(
    {"contacts:write", "conversations:write", "leads:write", "recordings:write", "usage:write"}
)
OF_CALLS = frozenset({ActorKind.CALLER, ActorKind.JOB})


@dataclass(frozen=True)
class Scope:
    """One tenant, one actor, and what that actor may do."""

    tenant_id: UUID
    actor: Actor
    tenant: TenantFacts
    permissions: frozenset[str] = field(default_factory=frozenset)

    def require(self, permission: str) -> None:
        """Raise `Forbidden` unless the actor holds the permission and the tenant is served."""
        if permission not in self.permissions:
            raise Forbidden(f"Missing permission {permission}")
        if self.tenant.status is not TenantStatus.ACTIVE and not self._stays_open(permission):
            raise Forbidden(f"{self.tenant.name} is {self.tenant.status}: {permission} is closed")

    def _stays_open(self, permission: str) -> bool:
        if permission.endswith(":read") or permission in STAYS_OPEN:
            return True
        return self.actor.kind in OF_CALLS and permission in STAYS_OPEN_TO_CALLS
