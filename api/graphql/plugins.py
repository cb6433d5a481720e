"""What can be added to a tenant's receptionist, how it is set, and how it does."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from api.graphql.context import Info
from api.graphql.enums import DataClass, PluginCategory, PluginHealth
from api.graphql.pagination import Connection, Listing, Order, Paged
from api.graphql.verticals import PluginVertical
from domain.privacy import recipients
from plugins import health, removal
from plugins.graphql_kit import Needs
from plugins.manifest import Manifest
from plugins.models import DeliveryAttempt
from plugins.repository import DeliveryAttempts
from plugins.settings import READ, Installed, installed


@strawberry.type
class PluginRecipient:
    """Somebody outside to whom a plugin sends personal data."""

    name: str
    country: str

    @classmethod
    def of(cls, known: recipients.Recipient) -> "PluginRecipient":
        """As the manifest names them."""
        return cls(name=known.name, country=known.country)


@strawberry.type
class PluginRun:
    """One time that a plugin was called."""

    at: datetime
    succeeded: bool
    error: str = strawberry.field(description="The name of an error; empty for success.")
    milliseconds: int
    attempt: int = strawberry.field(description="The first, or which repetition.")

    @classmethod
    def of(cls, row: DeliveryAttempt) -> "PluginRun":
        """An attempt at a delivery."""
        return cls(
            at=row.at,
            succeeded=row.succeeded,
            error=row.error,
            milliseconds=row.milliseconds,
            attempt=row.number,
        )


@strawberry.type
class PluginReport:
    """How a plugin does."""

    health: PluginHealth
    last_error: str
    last_error_at: datetime | None
    last_success_at: datetime | None
    rests_until: datetime | None = strawberry.field(
        description="After many failures it is left alone until then."
    )
    dead: int = strawberry.field(description="Deliveries that were given up; replay them.")


@strawberry.type
class PluginRows:
    """How many rows of a plugin a table holds."""

    table: str
    rows: int


@strawberry.type
class PluginRemoval:
    """What would be deleted with a plugin, and what stays with others."""

    rows: int
    tables: list[PluginRows]
    is_personal: bool
    has_copy: bool = strawberry.field(description="Whether an archive of the last days holds it.")
    recipients: list[PluginRecipient] = strawberry.field(
        description="Whoever keeps what they were sent."
    )

    @classmethod
    def of(cls, found: removal.Removal) -> "PluginRemoval":
        """What was counted."""
        return cls(
            rows=found.total,
            tables=[PluginRows(table=name, rows=rows) for name, rows in found.rows.items()],
            is_personal=found.is_personal,
            has_copy=found.has_copy,
            recipients=_named(found.recipients),
        )


@strawberry.type
class Plugin:
    """A plugin of this deployment, as the tenant has set it up."""

    name: str
    title: str
    summary: str
    version: str
    category: PluginCategory
    icon: str
    data: list[DataClass] = strawberry.field(description="The personal data it reads or sends.")
    asks_agreements: bool = strawberry.field(
        description="Whether it lets out what is known of callers under an agreement only. Where"
        " health data is protected any other needs an agreement of its own: `plugin:NAME`."
    )
    recipients: list[PluginRecipient] = strawberry.field(
        description="Whom it sends personal data to."
    )
    stores_personal_data: bool
    requires: list[str] = strawberry.field(description="Other plugins that have to be on.")
    conflicts: list[str] = strawberry.field(description="Other plugins that must not be on.")
    enabled: bool
    settings: JSON
    secrets_set: list[str] = strawberry.field(
        description="Which secret settings have a value; none is ever shown."
    )
    settings_schema: JSON = strawberry.field(
        description="JSON Schema of the settings; secrets are `writeOnly`."
    )

    @classmethod
    def of(cls, installed: Installed) -> "Plugin":
        """The plugin as it is installed."""
        manifest = installed.manifest
        return cls(
            name=manifest.name,
            title=manifest.title,
            summary=manifest.summary,
            version=manifest.version,
            **_reach(manifest),
            enabled=installed.enabled,
            settings=JSON(installed.settings),
            secrets_set=sorted(installed.secrets_set),
            settings_schema=JSON(installed.json_schema),
        )

    @strawberry.field(extensions=[Needs(READ)])
    async def report(self, info: Info) -> PluginReport:
        """How it does here."""
        uow = await info.context.read(READ)
        found = await health.report(uow, self.name, enabled=self.enabled)
        return PluginReport(**vars(found))

    @strawberry.field(extensions=[Needs(READ)])
    async def removal(self, info: Info) -> PluginRemoval:
        """What would be deleted if it were taken out."""
        uow = await info.context.read(READ)
        return PluginRemoval.of(await removal.preview(uow, info.context.registry, self.name))

    @strawberry.field(extensions=[Needs(READ)])
    async def vertical(self, info: Info) -> PluginVertical | None:
        """What it brings for a trade, if it does."""
        found = info.context.registry.verticals.get(self.name)
        if found is None:
            return None
        profile = (await info.context.read(READ)).scope.tenant.privacy
        return PluginVertical.of(found, profile)


def _reach(manifest: Manifest) -> dict[str, Any]:
    """What is to be known before it is switched on."""
    return {
        "category": manifest.category,
        "icon": manifest.icon,
        "data": sorted(manifest.data),
        "asks_agreements": manifest.asks_agreements,
        "recipients": _named(manifest.recipients),
        "stores_personal_data": manifest.stores_personal_data,
        "requires": sorted(manifest.requires),
        "conflicts": sorted(manifest.conflicts),
    }


def _named(known: Sequence[recipients.Recipient]) -> list[PluginRecipient]:
    return [PluginRecipient.of(each) for each in known]


@strawberry.type
class PluginFields:
    """What a tenant has switched on."""

    @strawberry.field(extensions=[Needs("plugins:read")])
    async def plugins(self, info: Info) -> list[Plugin]:
        """Every plugin of this deployment, by name."""
        uow = await info.context.read(READ)
        return [Plugin.of(one) for one in await installed(uow, info.context.registry)]

    @strawberry.field(graphql_type=Connection[PluginRun], extensions=[Paged(), Needs(READ)])
    async def plugin_runs(self, info: Info, plugin: str) -> Listing:
        """When a plugin was called and how that went, the newest in front."""
        repository = DeliveryAttempts(await info.context.read(READ))
        name = info.context.registry.manifest(plugin).name
        rows = health.runs_of(repository.uow, name)
        return Listing(repository, rows, Order("at"), PluginRun.of)
