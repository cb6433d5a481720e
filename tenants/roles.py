"""What each role may do, as sets of `resource:action`."""

from enum import StrEnum

from tenants.models import Role


class Permission(StrEnum):
    """Everything that can be allowed."""

    APPOINTMENTS_READ = "appointments:read"
    APPOINTMENTS_WRITE = "appointments:write"
    BUSINESS_READ = "business:read"
    BUSINESS_WRITE = "business:write"
    CALLS_ANSWER = "calls:answer"
    CALLS_READ = "calls:read"
    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    CONVERSATIONS_READ = "conversations:read"
    CONVERSATIONS_WRITE = "conversations:write"
    FEEDBACK_WRITE = "feedback:write"
    KNOWLEDGE_READ = "knowledge:read"
    KNOWLEDGE_WRITE = "knowledge:write"
    LEADS_READ = "leads:read"
    LEADS_WRITE = "leads:write"
    MESSAGES_READ = "messages:read"
    MESSAGES_WRITE = "messages:write"
    NUMBERS_READ = "numbers:read"
    NUMBERS_WRITE = "numbers:write"
    PLUGINS_READ = "plugins:read"
    PLUGINS_WRITE = "plugins:write"
    RECORDINGS_DELETE = "recordings:delete"
    RECORDINGS_LISTEN = "recordings:listen"
    RECORDINGS_WRITE = "recordings:write"
    SUPPORT_READ = "support:read"
    SUPPORT_WRITE = "support:write"
    TENANT_READ = "tenant:read"
    TENANT_WRITE = "tenant:write"
    TRANSFERS_READ = "transfers:read"
    TRANSFERS_WRITE = "transfers:write"
    USAGE_READ = "usage:read"
    USAGE_WRITE = "usage:write"


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
        Permission.RECORDINGS_WRITE,
        Permission.TRANSFERS_WRITE,
        Permission.USAGE_WRITE,
    }
)

# A member may do everything but speak as a call does.
OF_ROLE = {Role.OWNER: EVERYTHING - {Permission.CALLS_ANSWER}}
