"""What can be added to a tenant's receptionist, and how it is set."""

from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from api.graphql.closing_errors import PluginsUncoveredError
from api.graphql.context import Info
from api.graphql.enums import DataClass
from api.graphql.errors import InvalidInputError, JustInstalledError
from api.graphql.record_errors import RouteOutsideError
from domain.errors import InvalidInput
from plugins import settings
from plugins.graphql_kit import InUnitOfWork, Needs
from plugins.settings import Installed


@strawberry.type
class Plugin:
    """A plugin of this deployment, as the tenant has set it up."""

    name: str
    title: str
    summary: str
    version: str
    data: list[DataClass] = strawberry.field(description="The personal data it reads or sends.")
    asks_agreements: bool = strawberry.field(
        description="Whether it lets out what is known of callers under an agreement only. Where"
        " health data is protected any other needs an agreement of its own: `plugin:NAME`."
    )
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
            data=sorted(manifest.data),
            asks_agreements=manifest.asks_agreements,
            enabled=installed.enabled,
            settings=JSON(installed.settings),
            secrets_set=sorted(installed.secrets_set),
            settings_schema=JSON(installed.json_schema),
        )


@strawberry.type
class PluginFields:
    """What a tenant has switched on."""

    @strawberry.field(extensions=[Needs("plugins:read")])
    async def plugins(self, info: Info) -> list[Plugin]:
        """Every plugin of this deployment, by name."""
        uow = await info.context.read(settings.READ)
        return [Plugin.of(one) for one in await settings.installed(uow, info.context.registry)]


@strawberry.input
class PluginConfigureInput:
    """A plugin's settings; a secret that is left out stays as it was."""

    plugin: str
    settings: JSON


@strawberry.type
class PluginConfigurePayload:
    """The plugin as it is set now."""

    plugin: Plugin


PluginConfigureResult = Annotated[
    PluginConfigurePayload | InvalidInputError | JustInstalledError,
    strawberry.union("PluginConfigureResult"),
]


@strawberry.input
class PluginEnableInput:
    """A plugin to switch on."""

    plugin: str


@strawberry.type
class PluginEnablePayload:
    """The plugin that is on."""

    plugin: Plugin


PluginEnableResult = Annotated[
    PluginEnablePayload
    | InvalidInputError
    | JustInstalledError
    | PluginsUncoveredError
    | RouteOutsideError,
    strawberry.union("PluginEnableResult"),
]


@strawberry.input
class PluginDisableInput:
    """A plugin to switch off."""

    plugin: str


@strawberry.type
class PluginDisablePayload:
    """The plugin that is off."""

    plugin: Plugin


PluginDisableResult = Annotated[
    PluginDisablePayload | JustInstalledError, strawberry.union("PluginDisableResult")
]


@strawberry.type
class PluginMutations:
    """Deeds around plugins."""

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("plugins:write")])
    async def plugin_configure(
        self, info: Info, input: PluginConfigureInput
    ) -> PluginConfigureResult:
        """Replace a plugin's settings."""
        if not isinstance(input.settings, dict):
            raise InvalidInput.at("settings", "Settings are an object")
        installed = await settings.configure(
            info.context.uow, info.context.registry, input.plugin, input.settings
        )
        return PluginConfigurePayload(plugin=Plugin.of(installed))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("plugins:write")])
    async def plugin_enable(self, info: Info, input: PluginEnableInput) -> PluginEnableResult:
        """Switch a plugin on; its settings must be complete."""
        installed = await settings.enable(info.context.uow, info.context.registry, input.plugin)
        return PluginEnablePayload(plugin=Plugin.of(installed))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("plugins:write")])
    async def plugin_disable(self, info: Info, input: PluginDisableInput) -> PluginDisableResult:
        """Switch a plugin off; its settings are kept."""
        installed = await settings.disable(info.context.uow, info.context.registry, input.plugin)
        return PluginDisablePayload(plugin=Plugin.of(installed))
