"""What an app may be told of: events of things that it may look at, and of its own connection.

Families that are missing here are told to no app, however much it may do.
"""

from collections.abc import Iterable

from tenants.apps.events import AppInstalled, AppScopesChanged, AppUninstalled

# The permission to look at what a family of events happened to.
LOOKS = {
    "agreement": "privacy:read",
    "analytics_day": "plugins:read",
    "appointment": "appointments:read",
    "archive": "privacy:read",
    "archive_box": "archive:read",
    "business": "business:read",
    "calendar": "business:read",
    "calendar_feed": "business:read",
    "call": "calls:read",
    "connection": "plugins:read",
    "consent": "conversations:read",
    "contact": "contacts:read",
    "conversation": "conversations:read",
    "crm": "contacts:read",
    "data_contract": "privacy:read",
    "erasure": "privacy:read",
    "feedback": "conversations:read",
    "disposition": "privacy:read",
    "hold": "privacy:read",
    "knowledge": "knowledge:read",
    "lead": "leads:read",
    "message": "messages:read",
    "notice": "privacy:read",
    "number": "numbers:read",
    "outbound": "contacts:read",
    "outreach": "contacts:read",
    "outreach_consent": "contacts:read",
    "policy": "privacy:read",
    "privacy_choice": "privacy:read",
    "privacy_request": "privacy:read",
    "recording": "calls:read",
    "reminder": "appointments:read",
    "route": "privacy:read",
    "retention": "privacy:read",
    "tenant": "tenant:read",
    "ticket": "support:read",
    "tool": "tools:read",
    "training": "privacy:read",
    "training_export": "privacy:read",
    "training_key": "privacy:read",
    "transfer": "transfers:read",
    "transfer_target": "business:read",
    "waitlist": "appointments:read",
}
# Told to the app that they are about, and not handed on with everything else.
OWN = frozenset({AppInstalled.name, AppScopesChanged.name, AppUninstalled.name})


def may_hear(event: str, permissions: Iterable[str]) -> bool:
    """Whether whoever holds these permissions may be told that something happened."""
    return LOOKS.get(event.partition(".")[0]) in set(permissions)
