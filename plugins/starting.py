"""Setting a fresh business up as its trade usually is: looked at first, done, and taken back."""

from dataclasses import dataclass

from domain import business
from domain.errors import NotFound
from domain.work import UnitOfWork
from plugins.registry import Registry
from plugins.setting_up import TemplatePlugins
from plugins.vertical import Vertical
from tenants.organizations.setting_up import set_up


@dataclass(frozen=True)
class Started:
    """What had to be done, and between which versions of the receptionist."""

    changes: list[str]
    before: int
    """The number of the version as it was: `business.restore` goes back to it."""
    after: int


async def preview(uow: UnitOfWork, registry: Registry, plugin: str) -> list[str]:
    """What the starter of a trade would do; nothing changes. Raises as `apply`."""
    changes: list[str] = []
    async with uow.only_trying():
        changes += await _set_up(uow, registry, plugin)
    return changes


async def apply(uow: UnitOfWork, registry: Registry, plugin: str) -> Started:
    """Set the business up and switch the plugin on. What is so already is left alone.

    Raises `UnknownPlugin`, `NotFound` for a plugin that brings no trade, and `InvalidInput`.
    """
    before, _ = await business.pin(uow)
    changes = await _set_up(uow, registry, plugin)
    after, _ = await business.pin(uow)
    return Started(changes, before.number, after.number)


async def _set_up(uow: UnitOfWork, registry: Registry, plugin: str) -> list[str]:
    uow.require("business:write")
    starter = _vertical(registry, plugin).starter
    return await set_up(uow, starter, TemplatePlugins(lambda: registry))


def _vertical(registry: Registry, plugin: str) -> Vertical:
    registry.manifest(plugin)
    if plugin not in registry.verticals:
        raise NotFound(f"{plugin} brings no trade")
    return registry.verticals[plugin]
