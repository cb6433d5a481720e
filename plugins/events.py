"""What happens to plugins and to deliveries."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.events import Event


@dataclass(frozen=True, kw_only=True)
class DeliveryDead(Event):
    """A handler failed for the last time; later events of its aggregate go ahead without it."""

    name: ClassVar[str] = "delivery.dead"
    aggregate: ClassVar[str] = "delivery_id"
    delivery_id: UUID
    event_id: UUID
    handler: str
    attempts: int
    error: str


@dataclass(frozen=True, kw_only=True)
class PluginEnabled(Event):
    """A plugin was switched on, by somebody who was shown which personal data it handles."""

    name: ClassVar[str] = "plugin.enabled"
    aggregate: ClassVar[str] = "plugin_installation_id"
    plugin_installation_id: UUID
    plugin: str
    data: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PluginDisabled(Event):
    """A plugin was switched off."""

    name: ClassVar[str] = "plugin.disabled"
    aggregate: ClassVar[str] = "plugin_installation_id"
    plugin_installation_id: UUID
    plugin: str


@dataclass(frozen=True, kw_only=True)
class PluginConfigured(Event):
    """The settings of a plugin were changed; `changed` names them and holds no value."""

    name: ClassVar[str] = "plugin.configured"
    aggregate: ClassVar[str] = "plugin_installation_id"
    plugin_installation_id: UUID
    plugin: str
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PluginUninstalled(Event):
    """A plugin was taken out, and what it had kept was deleted."""

    name: ClassVar[str] = "plugin.uninstalled"
    aggregate: ClassVar[str] = "plugin_installation_id"
    plugin_installation_id: UUID
    plugin: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class PluginRested(Event):
    """A plugin failed again and again, and is left alone for a while."""

    name: ClassVar[str] = "plugin.rested"
    aggregate: ClassVar[str] = "plugin_installation_id"
    plugin_installation_id: UUID
    plugin: str
    error: str
