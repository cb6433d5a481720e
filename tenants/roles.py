"""What each role may do, as sets of `resource:action`."""

from collections.abc import Iterable
from enum import StrEnum

from domain.scope import TenantKind
from tenants.models import Role


class Permission(StrEnum):
    """Everything that can be allowed."""

    ACCOUNT_READ = "account:read"
    ACCOUNT_WRITE = "account:write"
    APPOINTMENTS_READ = "appointments:read"
    APPOINTMENTS_WRITE = "appointments:write"
    APPS_READ = "apps:read"
    APPS_WRITE = "apps:write"
    ARCHIVE_READ = "archive:read"
    AUDIT_EXPORT = "audit:export"
    AUDIT_READ = "audit:read"
    BREAKGLASS_OPEN = "breakglass:open"
    BUSINESS_READ = "business:read"
    BUSINESS_WRITE = "business:write"
    CALLS_ANSWER = "calls:answer"
    CALLS_READ = "calls:read"
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_WRITE = "conversations:write"
    DATA_EXPORT = "data:export"
    DEMANDS_WRITE = "demands:write"
    EXPORTS_READ = "exports:read"
    FEEDBACK_WRITE = "feedback:write"
    GRANTS_READ = "grants:read"
    GRANTS_WRITE = "grants:write"
    INSIGHTS_READ = "insights:read"
    KEYS_READ = "keys:read"
    KEYS_WRITE = "keys:write"
    KNOWLEDGE_READ = "knowledge:read"
    KNOWLEDGE_WRITE = "knowledge:write"
    LEADS_READ = "leads:read"
    LEADS_WRITE = "leads:write"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    MESSAGES_READ = "messages:read"
    MESSAGES_WRITE = "messages:write"
    NUMBERS_READ = "numbers:read"
    NUMBERS_WRITE = "numbers:write"
    ORGANIZATION_READ = "organization:read"
    ORGANIZATION_WRITE = "organization:write"
    PLUGINS_READ = "plugins:read"
    PLUGINS_WRITE = "plugins:write"
    PRIVACY_ASK = "privacy:ask"
    PRIVACY_ERASE = "privacy:erase"
    PRIVACY_EXPORT = "privacy:export"
    PRIVACY_READ = "privacy:read"
    PRIVACY_WRITE = "privacy:write"
    RECORDINGS_DELETE = "recordings:delete"
    RECORDINGS_LISTEN = "recordings:listen"
    RECORDINGS_WRITE = "recordings:write"
    SANDBOX_READ = "sandbox:read"
    SANDBOX_WRITE = "sandbox:write"
    SECURITY_READ = "security:read"
    SECURITY_WRITE = "security:write"
    SUPPORT_READ = "support:read"
    SUPPORT_WRITE = "support:write"
    TENANT_CLOSE = "tenant:close"
    TENANT_READ = "tenant:read"
    TENANT_TRANSFER = "tenant:transfer"
    TENANT_WRITE = "tenant:write"
    TENANTS_REACH = "tenants:reach"
    TENANTS_WRITE = "tenants:write"
    TOOLS_READ = "tools:read"
    TOOLS_WRITE = "tools:write"
    TRANSCRIPTS_READ = "transcripts:read"
    TRANSFERS_READ = "transfers:read"
    TRANSFERS_WRITE = "transfers:write"
    USAGE_READ = "usage:read"
    USAGE_WRITE = "usage:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"


EVERYTHING = frozenset(map(str, Permission))

# What a caller's own words may set in motion; their scope reaches their own bookings only.
CALLER = frozenset(
    {
        Permission.APPOINTMENTS_READ,
        Permission.APPOINTMENTS_WRITE,
        Permission.BUSINESS_READ,
        Permission.CALLS_ANSWER,
        Permission.CONTACTS_WRITE,
        Permission.CONVERSATIONS_WRITE,
        Permission.KNOWLEDGE_READ,
        Permission.LEADS_WRITE,
        Permission.MESSAGES_WRITE,
        Permission.PRIVACY_ASK,
        Permission.RECORDINGS_WRITE,
        Permission.TRANSFERS_WRITE,
        Permission.USAGE_WRITE,
    }
)

# What callers bring about and nobody does by hand.
OF_CALLS_ONLY = frozenset({Permission.CALLS_ANSWER})
# What somebody without a second factor may do where one is demanded: set one up.
ENROLLING = frozenset({Permission.ACCOUNT_READ, Permission.ACCOUNT_WRITE})
# Whoever works for a business knows which one it is, and looks after their own account.
ALWAYS = ENROLLING | {Permission.TENANT_READ}
# Whoever runs a business's identity provider can be any of its members, but never its owner: only
# a session that the owner opened alone gives the business away.
NOT_BY_SSO = frozenset({Permission.TENANT_CLOSE, Permission.TENANT_TRANSFER})
# Whoever may give rights to others is a person: a program that leaks would outlive its own key.
FOR_PEOPLE = ENROLLING | {
    Permission.APPS_WRITE,
    Permission.BREAKGLASS_OPEN,
    Permission.DEMANDS_WRITE,
    Permission.GRANTS_WRITE,
    Permission.KEYS_WRITE,
    Permission.MEMBERS_WRITE,
    Permission.SECURITY_WRITE,
    Permission.TENANT_CLOSE,
    Permission.TENANT_TRANSFER,
}
# What is done from a house, and means nothing anywhere else.
_FROM_ABOVE = frozenset({Permission.TENANTS_REACH, Permission.TENANTS_WRITE})
OF_HOUSE: dict[TenantKind, frozenset[str]] = {
    TenantKind.BUSINESS: frozenset(),
    TenantKind.OPERATOR: _FROM_ABOVE
    | {Permission.BREAKGLASS_OPEN, Permission.DEMANDS_WRITE, Permission.INSIGHTS_READ},
    TenantKind.ORGANIZATION: _FROM_ABOVE
    | {Permission.ORGANIZATION_READ, Permission.ORGANIZATION_WRITE},
}
OF_HOUSES = frozenset().union(*OF_HOUSE.values())
_READING = frozenset(permission for permission in Permission if permission.endswith(":read"))
# An auditor sees what is kept and why, and takes it along; hearing is another permission.
_EXPORTING = frozenset(permission for permission in Permission if permission.endswith(":export"))

_STAFF = frozenset(
    {
        Permission.APPOINTMENTS_READ,
        Permission.APPOINTMENTS_WRITE,
        Permission.BUSINESS_READ,
        Permission.CALLS_READ,
        Permission.CONTACTS_READ,
        Permission.CONTACTS_WRITE,
        Permission.CONVERSATIONS_READ,
        Permission.FEEDBACK_WRITE,
        Permission.KNOWLEDGE_READ,
        Permission.KNOWLEDGE_WRITE,
        Permission.LEADS_READ,
        Permission.LEADS_WRITE,
        Permission.MESSAGES_READ,
        Permission.MESSAGES_WRITE,
        Permission.NUMBERS_READ,
        Permission.PRIVACY_ASK,
        Permission.RECORDINGS_LISTEN,
        Permission.SUPPORT_READ,
        Permission.SUPPORT_WRITE,
        Permission.TRANSCRIPTS_READ,
        Permission.TRANSFERS_READ,
    }
)
# Sees that there were calls and visits, and reads or hears nothing of what was said.
_VIEWER = frozenset(
    {
        Permission.APPOINTMENTS_READ,
        Permission.BUSINESS_READ,
        Permission.CALLS_READ,
        Permission.CONTACTS_READ,
        Permission.CONVERSATIONS_READ,
        Permission.KNOWLEDGE_READ,
        Permission.NUMBERS_READ,
        Permission.TRANSFERS_READ,
        Permission.USAGE_READ,
    }
)
_OWNER = EVERYTHING - OF_CALLS_ONLY

# What each built-in role may do; a custom role says so itself.
OF_ROLE: dict[Role, frozenset[str]] = {
    Role.OWNER: _OWNER,
    Role.ADMIN: _OWNER - {Permission.TENANT_CLOSE, Permission.TENANT_TRANSFER},
    Role.STAFF: ALWAYS | _STAFF,
    Role.BILLING: ALWAYS | {Permission.MEMBERS_READ, Permission.USAGE_READ},
    Role.COMPLIANCE: ALWAYS | _READING | _EXPORTING,
    Role.VIEWER: ALWAYS | _VIEWER,
}


def meaningful(permissions: frozenset[str], kind: TenantKind) -> frozenset[str]:
    """What somebody's permissions are worth at a tenant of that kind."""
    return permissions - (OF_HOUSES - OF_HOUSE[kind])


def known(permissions: Iterable[str]) -> frozenset[str]:
    """Those that can be held; one that a later version dropped is held by nobody."""
    return _OWNER & frozenset(permissions)
