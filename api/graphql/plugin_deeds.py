"""Switching plugins on and off, setting them, trying them out and taking them out."""

from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from api.graphql.closing_errors import (
    CopyFirstError,
    HealthModeNeededError,
    PluginHoldsError,
    PluginsEntangledError,
    PluginsUncoveredError,
)
from api.graphql.context import Info
from api.graphql.errors import InvalidInputError, JustInstalledError, PluginNotEnabledError
from api.graphql.plugins import Plugin, PluginRemoval
from api.graphql.record_errors import RouteOutsideError
from domain.errors import InvalidInput
from integrations.http_out import Outbound
from plugins import removal, settings
from plugins.admission import Equipment
from plugins.graphql_kit import InUnitOfWork, Needs
from plugins.health import Trier


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
    | PluginsEntangledError
    | PluginsUncoveredError
    | HealthModeNeededError
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
    PluginDisablePayload | JustInstalledError | PluginsEntangledError,
    strawberry.union("PluginDisableResult"),
]


@strawberry.input
class PluginTestInput:
    """A plugin to try out."""

    plugin: str


@strawberry.type
class PluginTestPayload:
    """What came of it."""

    worked: bool
    error: str = strawberry.field(description="The name of an error; empty if it worked.")
    milliseconds: int


PluginTestResult = Annotated[
    PluginTestPayload | PluginNotEnabledError, strawberry.union("PluginTestResult")
]


@strawberry.input
class PluginUninstallInput:
    """A plugin to take out; look at its `removal` first."""

    plugin: str
    rows: int = strawberry.field(description="How many rows were shown.")
    without_copy: bool = strawberry.field(
        default=False, description="Delete personal data even if no archive holds it."
    )


@strawberry.type
class PluginUninstallPayload:
    """What was deleted."""

    removal: PluginRemoval


PluginUninstallResult = Annotated[
    PluginUninstallPayload
    | CopyFirstError
    | JustInstalledError
    | PluginHoldsError
    | PluginsEntangledError,
    strawberry.union("PluginUninstallResult"),
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

    @strawberry.mutation(extensions=[Needs("plugins:write")])
    async def plugin_test(self, info: Info, input: PluginTestInput) -> PluginTestResult:
        """Try a plugin out, with the settings that it has here."""
        trier = Trier(info.context.registry, equipment(info))
        context = await info.context.write(lambda: trier.prepare(info.context.uow, input.plugin))
        return PluginTestPayload(**vars(await trier.run(context)))

    @strawberry.mutation(extensions=[InUnitOfWork(), Needs("plugins:write")])
    async def plugin_uninstall(
        self, info: Info, input: PluginUninstallInput
    ) -> PluginUninstallResult:
        """Take a plugin out: its settings, secrets and rows are deleted."""
        gone = await removal.uninstall(
            info.context.uow,
            info.context.registry,
            input.plugin,
            rows=input.rows,
            without_copy=input.without_copy,
        )
        return PluginUninstallPayload(removal=PluginRemoval.of(gone))


def equipment(info: Info) -> Equipment:
    """What plugins are tried out and asked with."""
    context = info.context
    return Equipment(context.unit_of_work, Outbound(context.reach), context.accounts)
