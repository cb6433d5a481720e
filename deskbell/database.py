"""Which process connects to which database, as what."""

from importlib.metadata import entry_points
from typing import Any
from urllib.parse import urlsplit

from deskbell.connecting import postgres_tls
from domain.tls import TlsFloor
from plugins.spec import PROJECT

# Three roles, three connections. A process is given only those of its own kind.
OWNER = "app_owner"
RUNTIME = "app_rt"
SYSTEM = "app_system"

DOMAIN_MODELS = [
    "domain.appointments.models",
    "domain.archives.models",
    "domain.audit.models",
    "domain.business.models",
    "domain.calendars.models",
    "domain.calls.models",
    "domain.consent.models",
    "domain.contacts.models",
    "domain.crm.models",
    "domain.conversations.models",
    "domain.disposal.models",
    "domain.erasure.models",
    "domain.exports.models",
    "domain.idempotency",
    "domain.inbox",
    "domain.knowledge.models",
    "domain.leads.models",
    "domain.messages.models",
    "domain.outreach.models",
    "domain.outbox",
    "domain.outreach.agreements.models",
    "domain.outreach.outbound.models",
    "domain.phone_numbers.models",
    "domain.recordings.models",
    "domain.reminders.models",
    "domain.rights.models",
    "domain.search.models",
    "domain.retention.holds.models",
    "domain.retention.models",
    "domain.support.models",
    "domain.sync.models",
    "domain.trail",
    "domain.training.models",
    "domain.transfers.models",
    "domain.usage.models",
    "domain.waitlist.models",
]

MAIN_APPS: dict[str, dict[str, Any]] = {
    "tenants": {
        "models": [
            "tenants.models",
            "tenants.agreements.models",
            "tenants.api_keys.models",
            "tenants.apps.models",
            "tenants.grants.models",
            "tenants.life_cycle.models",
            "tenants.members.models",
            "tenants.notifications.models",
            "tenants.operators.models",
            "tenants.organizations.models",
            "tenants.policy.models",
            "tenants.records.contracts.models",
            "tenants.records.legal.models",
            "tenants.records.marketing.models",
            "tenants.records.notices.models",
            "tenants.records.policies.models",
            "tenants.records.routes.models",
            "tenants.sandbox.models",
            "tenants.sso.models",
            "tenants.watch.models",
        ],
        "default_connection": "default",
        "migrations": "tenants.migrations",
    },
    "domain": {
        "models": DOMAIN_MODELS,
        "default_connection": "default",
        "migrations": "domain.migrations",
    },
    "plugins": {
        "models": ["plugins.models"],
        "default_connection": "default",
        "migrations": "plugins.migrations",
    },
    "analytics": {
        "models": ["plugins.analytics.models"],
        "default_connection": "default",
        "migrations": "plugins.analytics.migrations",
    },
    "connections": {
        "models": ["plugins.connections.models"],
        "default_connection": "default",
        "migrations": "plugins.connections.migrations",
    },
    "custom_tools": {
        "models": ["plugins.custom_tools.models"],
        "default_connection": "default",
        "migrations": "plugins.custom_tools.migrations",
    },
    "webhooks": {
        "models": ["plugins.webhooks.models"],
        "default_connection": "default",
        "migrations": "plugins.webhooks.migrations",
    },
}
KEYRING_APPS: dict[str, dict[str, Any]] = {
    "keyring": {
        "models": ["domain.keyring.models"],
        "default_connection": "keyring",
        "migrations": "domain.keyring.migrations",
    },
}


def main_apps() -> dict[str, dict[str, Any]]:
    """The tables of the main database, those of installed plugins among them."""
    return MAIN_APPS | _plugin_apps()


def _plugin_apps() -> dict[str, dict[str, Any]]:
    """The tables of plugins that are installed beside this distribution."""
    found = [entry.load().plugin_manifest() for entry in entry_points(group=PROJECT)]
    return {
        manifest.name: {
            "models": [manifest.models],
            "default_connection": "default",
            "migrations": f"{manifest.models.rpartition('.')[0]}.migrations",
        }
        for manifest in found
        if manifest.models
    }


def connection(url: str, *, pool: int = 10, floor: TlsFloor = TlsFloor.TLS_1_2) -> dict[str, Any]:
    """A Tortoise connection to a database URL; `pool` is the most connections it holds."""
    parts = urlsplit(url)
    return {
        "engine": "deskbell.database_engine",
        "credentials": {
            "host": parts.hostname,
            "port": parts.port or 5432,
            "user": parts.username,
            "password": parts.password,
            "database": parts.path.removeprefix("/"),
            "minsize": 1,
            "maxsize": pool,
            **postgres_tls(url, floor),
            "server_settings": {
                "statement_timeout": "30000",
                "idle_in_transaction_session_timeout": "60000",
            },
        },
    }


def orm(
    main_url: str, keyring_url: str, *, pool: int = 10, floor: TlsFloor = TlsFloor.TLS_1_2
) -> dict[str, Any]:
    """The Tortoise configuration of a process that works on both databases."""
    return {
        "connections": {
            "default": connection(main_url, pool=pool, floor=floor),
            "keyring": connection(keyring_url, pool=pool, floor=floor),
        },
        "apps": main_apps() | KEYRING_APPS,
        "use_tz": True,
        "timezone": "UTC",
    }


# `tortoise makemigrations` reads this; it never connects.
TORTOISE_ORM = orm("postgres://none@localhost/none", "postgres://none@localhost/none")
